"""A model as a provider lists it, with its properties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from inference.types import Ability
from inference.whole_text import whole_text

_CONTEXT_FIELDS = (
    "max_model_len",  # vLLM, SGLang
    "context_length",  # OpenRouter, Moonshot
    "context_window",  # Groq
    "max_context_length",  # LM Studio, Mistral
    "max_context_tokens",
    "context_size",
)
_EMBEDS = re.compile(r"embed|\bbge\b|\bgte\b|\be5\b")
_OTHERS = re.compile(
    r"rerank|whisper|\btts\b|speech|audio|voice|realtime|dall-e|image|imagen|stable-diffusion|flux"
    r"|kolors|cogview|cogvideo|video|\bveo\b|wanx|\bwan-?\d|sora|moderation|\bocr\b|transcrib"
    r"|davinci-002|babbage-002"
)


@dataclass(frozen=True, slots=True)
class ProviderModel:
    """`id` is what the provider is asked with, `name` is for people. `context_tokens` is None, and
    `abilities` empty, where the list does not have them. One that cannot chat makes embeddings.
    """

    id: str
    name: str
    context_tokens: int | None = None
    abilities: tuple[Ability, ...] = ()
    can_chat: bool = True


def read_model(listed: Any) -> ProviderModel | None:
    """None for what is no model, or one of pictures, speech and the like."""
    if isinstance(listed, str):
        listed = {"id": listed}
    if not isinstance(listed, Mapping):
        return None
    asked = listed.get("id") or listed.get("model") or listed.get("name")
    if not isinstance(asked, str) or not asked or whole_text(asked) != asked:
        return None
    words = asked.lower()
    embeds = bool(_EMBEDS.search(words)) or listed.get("type") in ("embeddings", "embedding")
    if not embeds and (_OTHERS.search(words) or _is_other(listed)):
        return None
    abilities = (Ability.EMBEDDINGS,) if embeds else tuple(_abilities(listed))
    return ProviderModel(
        asked, _name(listed, asked), _context(listed), abilities, can_chat=not embeds
    )


def _name(listed: Mapping[str, Any], asked: str) -> str:
    named = listed.get("display_name") or listed.get("name")
    return whole_text(named) if isinstance(named, str) and named else asked.removeprefix("models/")


def _context(listed: Mapping[str, Any]) -> int | None:
    """llama-server has the training context in `meta`."""
    meta = listed.get("meta")
    found = [listed.get(name) for name in _CONTEXT_FIELDS]
    found.append(meta.get("n_ctx_train") if isinstance(meta, Mapping) else None)
    return next((n for n in found if _is_count(n)), None)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 1 << 40


def _is_other(listed: Mapping[str, Any]) -> bool:
    """OpenRouter's and Azure's lists have the outputs."""
    outputs = _mapping(listed, "architecture").get("output_modalities")
    if isinstance(outputs, list) and outputs and "text" not in outputs:
        return True
    return _mapping(listed, "capabilities").get("chat_completion") is False


def _abilities(listed: Mapping[str, Any]) -> Iterator[Ability]:
    """OpenRouter has lists of inputs and parameters, Moonshot flags, Mistral capabilities."""
    can = _mapping(listed, "capabilities")
    takes = listed.get("supported_parameters")
    names = takes if isinstance(takes, list) else []
    inputs = _mapping(listed, "architecture").get("input_modalities")
    if listed.get("supports_reasoning") is True or "reasoning" in names:
        yield Ability.REASONING
    sees = listed.get("supports_image_in") is True or can.get("vision") is True
    if sees or listed.get("type") == "vlm" or (isinstance(inputs, list) and "image" in inputs):
        yield Ability.VISION
    if "tools" in names or can.get("function_calling") is True:
        yield Ability.TOOLS


def _mapping(listed: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = listed.get(name)
    return value if isinstance(value, Mapping) else {}
