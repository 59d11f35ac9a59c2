"""The properties of a model that Ollama reports (`POST /api/show`). Pure.

The fields: https://github.com/ollama/ollama/blob/main/docs/api.md#show-model-information
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inference.types import Ability

CONTEXT_TOKENS = 8192
"""Of a model that can take more, if the owner chose nothing. Ollama's own choice is 4096 on most
computers, too little for a conversation; all that a model was trained for may not fit the memory.
"""

_ABILITIES = {
    "thinking": Ability.REASONING,
    "vision": Ability.VISION,
    "tools": Ability.TOOLS,
    "embedding": Ability.EMBEDDINGS,
}
_NUM_CTX = re.compile(r"^num_ctx\s+(\d+)\s*$", re.MULTILINE)
_OWN_RENDERER = re.compile(r"^(RENDERER|PARSER)\s", re.MULTILINE)
_LAST_LEFT_OPEN = re.compile(r"if\s+not\s+(\$last|\(\s*eq\s+\(\s*len\s+\(\s*slice\s+\$\.Messages)")
_NO_NEW_TURN = re.compile(r'ne\s+\.Role\s+"assistant"')


@dataclass(frozen=True, slots=True)
class OllamaFacts:
    """`context_tokens` is what it is to be served with. `writes`: it answers at all. `continues`: a
    last message of the assistant is continued. `is_cloud`: Ollama passes requests on to its own
    cloud.
    """

    context_tokens: int
    abilities: tuple[Ability, ...] = ()
    quantisation: str = ""
    writes: bool = True
    continues: bool = False
    is_cloud: bool = False

    @property
    def thinks(self) -> bool:
        """Whether reasoning can be switched on and off."""
        return Ability.REASONING in self.abilities


def facts(name: str, shown: Mapping[str, Any], bound: int) -> OllamaFacts:
    """`shown` is the answer; `bound` is the context that the owner chose, 0 for none."""
    info = shown.get("modelinfo") or {}
    can = tuple(shown.get("capabilities") or ("completion",))
    abilities = tuple(ability for word, ability in _ABILITIES.items() if word in can)
    details = shown.get("details") or {}
    return OllamaFacts(
        context_tokens=_context(info, shown.get("parameters") or "", bound),
        abilities=abilities,
        quantisation=details.get("quantization_level") or "",
        writes="completion" in can,
        continues=Ability.REASONING not in abilities and _continues(shown),
        is_cloud=is_cloud(name) or bool(info and "general.parameter_count" not in info),
    )


def is_cloud(name: str) -> bool:
    """Whether the name is one of a model that runs on the servers of Ollama's maker."""
    tag = name.rpartition("/")[2].partition(":")[2]
    return tag == "cloud" or tag.endswith("-cloud")


def _context(info: Mapping[str, Any], parameters: str, bound: int) -> int:
    """The context that the model's publisher chose (`PARAMETER num_ctx`)."""
    if chosen := _NUM_CTX.search(parameters):
        return int(chosen[1])
    wanted = bound or CONTEXT_TOKENS
    trained = info.get(f"{info.get('general.architecture')}.context_length")
    return min(trained, wanted) if isinstance(trained, int) and trained > 0 else wanted


def _continues(shown: Mapping[str, Any]) -> bool:
    """Whether the template leaves a last message of the assistant open; False where that is
    uncertain.

    Go templates without `.Messages` are cut after `.Response` by Ollama itself, Jinja's are run by
    llama.cpp's server, which goes on. A renderer in Ollama's program is not to be read from here.
    """
    template = shown.get("template") or ""
    if _OWN_RENDERER.search(shown.get("modelfile") or ""):
        return False
    if "{%" in template:
        return True
    if ".Messages" not in template:
        return ".Response" in template
    return bool(_LAST_LEFT_OPEN.search(template) and _NO_NEW_TURN.search(template))
