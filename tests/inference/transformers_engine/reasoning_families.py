"""Tokenizers of models that reason, real ones and small ones with the same tags."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from transformers import AutoTokenizer, PreTrainedTokenizerFast

from inference.text.reasoning_tags import (
    COMMAND,
    HARMONY,
    KIMI,
    MISTRAL,
    SEED,
    THINK,
    ReasoningTags,
)
from tests.inference.transformers_engine.made_tokenizers import CHATML, byte_level
from tests.inference.transformers_engine.real_tokenizers import tokenizer_folder

_HARMONY = (
    "{% for m in messages %}<|start|>{{ m.role }}<|message|>{{ m.content }}<|end|>{% endfor %}"
    "<|start|>assistant{# <|channel|>analysis<|message|> #}"
)
_MISTRAL = "<s>{% for m in messages %}[INST]{{ m.content }}[/INST]{% endfor %}{# [THINK] #}"
_COMMAND = (
    "<BOS_TOKEN>{% for m in messages %}<|START_OF_TURN_TOKEN|>{{ m.content }}"
    "<|END_OF_TURN_TOKEN|>{% endfor %}<|START_OF_TURN_TOKEN|>{# <|START_THINKING|> #}"
)
_SEED = (
    "{% for m in messages %}<seed:bos>{{ m.role }}\n{{ m.content }}<seed:eos>{% endfor %}"
    "<seed:bos>assistant\n{# <seed:think> #}"
)
_SPECIAL: Mapping[str, tuple[tuple[str, ...], str]] = {
    "harmony": (
        ("<|startoftext|>", "<|return|>", "<|start|>", "<|channel|>", "<|message|>", "<|end|>"),
        _HARMONY,
    ),
    "mistral": (("<s>", "</s>", "[INST]", "[/INST]", "[THINK]", "[/THINK]"), _MISTRAL),
    "command": (
        (
            "<BOS_TOKEN>",
            "<|END_OF_TURN_TOKEN|>",
            "<|START_OF_TURN_TOKEN|>",
            "<|START_THINKING|>",
            "<|END_THINKING|>",
            "<|START_RESPONSE|>",
            "<|END_RESPONSE|>",
        ),
        _COMMAND,
    ),
    "seed": (("<seed:bos>", "<seed:eos>", "<seed:think>", "</seed:think>"), _SEED),
    "special_think": (("<|im_start|>", "<|im_end|>", "<think>", "</think>"), CHATML),
    "kimi": (("<|im_start|>", "<|im_end|>"), CHATML + "{# ◁think▷ #}"),
}
_TAGS: Mapping[str, ReasoningTags] = {
    "harmony": HARMONY,
    "gptoss": HARMONY,
    "mistral": MISTRAL,
    "command": COMMAND,
    "seed": SEED,
    "kimi": KIMI,
}
REAL = ("qwen3", "deepseek", "gptoss")
FAMILIES = (*_SPECIAL, *REAL)


@dataclass(frozen=True, slots=True)
class Family:
    """A tokenizer whose template ends before the reasoning, or has `opened` it."""

    tokenizer: Any
    tags: ReasoningTags
    opened: bool

    @property
    def end(self) -> int:
        """The token that ends an answer."""
        return int(self.tokenizer.eos_token_id)

    @property
    def control(self) -> str:
        """A special token that no tag consists of."""
        return str(self.tokenizer.bos_token or "<|im_start|>")

    def special(self, text: str) -> int | None:
        """The number of a special token with this text."""
        added = self.tokenizer.added_tokens_decoder.items()
        return next((n for n, token in added if token.special and token.content == text), None)

    def text(self, reasoning: str, answer: str) -> str:
        """What such a model writes after its prompt."""
        opening = "" if self.opened else self.tags.opening
        return opening + reasoning + self.tags.before_answer + answer


@cache
def family(name: str, *, opened: bool) -> Family:
    """Not to be changed: all tests have the same one."""
    tokenizer = _made(name) if name in _SPECIAL else _real(name)
    tags = _TAGS.get(name, THINK)
    if opened:
        tokenizer.chat_template += "{{ '" + tags.opening.replace("\n", "\\n") + "' }}"
    return Family(tokenizer, tags, opened)


def _made(name: str) -> PreTrainedTokenizerFast:
    tokenizer = byte_level(*_SPECIAL[name])
    if name == "kimi":
        tokenizer.add_tokens(["◁think▷", "◁/think▷"])
    return tokenizer


def _real(name: str) -> Any:
    read: Callable[..., Any] = AutoTokenizer.from_pretrained
    tokenizer = read(tokenizer_folder(name))
    tokenizer.chat_template = tokenizer.chat_template or _HARMONY
    return tokenizer
