"""The grammar has a rule for all that it names, and refuses what it cannot keep."""

from __future__ import annotations

import re

import pytest

from inference.errors import InferenceError, InferenceErrorCode
from inference.text.tool_calls.grammar import ToolGrammar, tool_grammar
from inference.text.tool_calls.tool import Tool
from tests.inference.text.tool_calls.written import BY_NAME, TOOLS

_QUIET = re.compile(r'"(?:[^"\\]|\\.)*"|\[(?:[^]\\]|\\.)*\]|\{[\d,]+\}')


def _undefined(grammar: ToolGrammar) -> set[str]:
    rules = dict(line.split(" ::= ", 1) for line in grammar.text.splitlines())
    used = {
        word for rule in rules.values() for word in re.findall(r"[a-z][\w-]*", _QUIET.sub("", rule))
    }
    return used - set(rules)


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_every_rule_that_is_named_is_there(name: str) -> None:
    assert _undefined(tool_grammar(BY_NAME[name], TOOLS)) == set()


def test_a_schema_may_refer_to_itself() -> None:
    node = {"type": "object", "properties": {"next": {"$ref": "#/$defs/node"}}}
    schema = {"properties": {"list": {"$ref": "#/$defs/node"}}, "$defs": {"node": node}}
    assert _undefined(tool_grammar(BY_NAME["hermes"], [Tool("f", parameters=schema)])) == set()


@pytest.mark.parametrize(
    ("schema", "place"),
    [
        ({"not": {}}, "f.x"),
        ({"type": "array", "items": {"patternProperties": {}}}, "f.x[]"),
        ({"$ref": "#/nowhere"}, "f.x"),
        ({"$ref": "#/properties/x"}, "f.x"),
        ({"anyOf": [{"type": "null"}, {"$ref": "#/properties/x"}]}, "f.x"),
        ({"anyOf": []}, "f.x"),
        ({"type": "file"}, "f.x"),
    ],
)
def test_what_is_not_supported_is_refused_with_its_place(
    schema: dict[str, object], place: str
) -> None:
    tool = Tool("f", parameters={"type": "object", "properties": {"x": schema}})
    with pytest.raises(InferenceError) as raised:
        tool_grammar(BY_NAME["hermes"], [tool])
    assert raised.value.code is InferenceErrorCode.INVALID_REQUEST
    assert raised.value.detail == {"reason": "tool_schema", "place": place}


def test_a_grammar_waits_for_a_trigger_unless_a_call_is_required() -> None:
    assert tool_grammar(BY_NAME["hermes"], TOOLS).llama_fields()["grammar_lazy"] is True
    assert set(tool_grammar(BY_NAME["hermes"], TOOLS, "required").llama_fields()) == {"grammar"}


def test_a_named_tool_is_the_only_one() -> None:
    text = tool_grammar(BY_NAME["hermes"], TOOLS, named="now").text
    assert "weather" not in text
    with pytest.raises(InferenceError):
        tool_grammar(BY_NAME["hermes"], TOOLS, named="other")
