"""One grammar for the calls of several tools, as llama.cpp samples by it.

Facts of xllamacpp 2026.10.11549, by trial: `handle_chat_completions` and `handle_completions` both
read `grammar`, `grammar_lazy`, `grammar_triggers` and `preserved_tokens`. A trigger of type 1 is a
word anywhere in the answer; of type 3, a regular expression for the whole answer so far. From the
trigger on the grammar holds, and it must allow the trigger itself. A plain completion whose trigger
of type 1 is a single token, not among `preserved_tokens`, ends with error 400.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from inference.errors import InferenceError, InferenceErrorCode
from inference.text.tool_calls.argument_rules import argument_rules
from inference.text.tool_calls.call_format import CallFormat
from inference.text.tool_calls.gbnf import choice
from inference.text.tool_calls.tool import Tool

_WORD = 1
_PATTERN_FULL = 3
"""llama.cpp's `common_grammar_trigger_type`: a word anywhere, a regular expression for all of the
text so far, whose first group is where the grammar begins.
"""


@dataclass(frozen=True, slots=True)
class ToolGrammar:
    """`text` is in the format GBNF, its first rule `root`, and allows calls alone.

    If `lazy`, it holds from the first of `triggers` on, which `text` allows too; with `only_first`
    a trigger counts at the beginning of the answer alone. Else it holds from the first token.
    """

    text: str
    lazy: bool = False
    triggers: tuple[str, ...] = ()
    only_first: bool = False

    def llama_fields(self) -> dict[str, Any]:
        """The fields of a completion. A trigger that is one token must also be preserved, or
        llama.cpp refuses it; preserving one that is several tokens has no effect.
        """
        if not self.lazy:
            return {"grammar": self.text}
        return {
            "grammar": self.text,
            "grammar_lazy": True,
            "grammar_triggers": self._llama_triggers(),
            "preserved_tokens": list(self.triggers),
        }

    def _llama_triggers(self) -> list[dict[str, Any]]:
        if not self.only_first:
            return [{"type": _WORD, "value": trigger} for trigger in self.triggers]
        either = "|".join(re.escape(trigger) for trigger in self.triggers)
        return [{"type": _PATTERN_FULL, "value": rf"\s*((?:{either})[\s\S]*)"}]


def tool_grammar(
    used: CallFormat,
    tools: Sequence[Tool],
    choose: Literal["auto", "required"] = "auto",
    *,
    named: str | None = None,
    parallel: bool = True,
) -> ToolGrammar:
    """The grammar for one call, or for several if `parallel`; `named`: of that tool alone.

    Raises `InferenceError` (`invalid_request`) where `tools` has no such tool, or where a schema
    is not supported, naming the place in it.
    """
    allowed = [tool for tool in tools if named in (None, tool.name)]
    if not allowed:
        code, detail = InferenceErrorCode.INVALID_REQUEST, {"reason": "tool_choice"}
        raise InferenceError(code, f"no tool {named or ''}".strip(), detail={**detail})
    rules: dict[str, str] = {}
    root = _root(used, allowed, rules, parallel=parallel)
    text = "\n".join(f"{name} ::= {rule}" for name, rule in ({"root": root} | rules).items())
    if choose == "required" or named is not None:
        return ToolGrammar(f"{text}\n")
    triggers = tuple(dict.fromkeys(used.trigger(tool.name) for tool in allowed))
    return ToolGrammar(f"{text}\n", True, triggers, used.only_first)


def _root(used: CallFormat, tools: Sequence[Tool], rules: dict[str, str], *, parallel: bool) -> str:
    written = used.grammar
    for number, tool in enumerate(tools):
        arguments = argument_rules(tool, written.arguments, rules, f"tool{number}")
        rules[f"tool{number}"] = written.call(tool, arguments)
    rules["call"] = choice([f"tool{number}" for number in range(len(tools))])
    more = f" ({written.between} call)*" if parallel else ""
    return f"{written.opening} call{more} {written.closing}"
