"""The grammar of a schema allows the JSON that it describes, and no other."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.text.tool_calls.arguments import problems
from inference.text.tool_calls.call_events import ToolCall
from inference.text.tool_calls.json_schema_grammar import JsonSchemaGrammar
from inference.text.tool_calls.tool import Tool
from tests.inference.text.test_grammar_rest import allows

Case = tuple[dict[str, Any], Any]
_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x7f"), max_size=4)
_KEYS = st.sampled_from(["a", "键", 'say "hi"', "back\\slash", "/~", "new\nline", ""])


def _strings(least: int) -> st.SearchStrategy[Case]:
    schema = {"type": "string", "minLength": least, "maxLength": 4}
    return _TEXTS.filter(lambda text: len(text) >= least).map(lambda text: (schema, text))


def _integers(most: int) -> st.SearchStrategy[Case]:
    schema = {"type": "integer", "minimum": -most, "maximum": most}
    return st.integers(-most, most).map(lambda number: (schema, number))


def _any_of(case: Case) -> Case:
    return {"anyOf": [{"type": "null"}, case[0]]}, case[1]


def _array(case: Case, count: int) -> Case:
    schema = {"type": "array", "items": case[0], "minItems": count, "maxItems": 2}
    return schema, [case[1]] * count


def _object(cases: dict[str, tuple[Case, bool, bool]]) -> Case:
    """Of each key its case, whether it is required, and whether it is there all the same."""
    schema = {
        "type": "object",
        "properties": {key: case[0] for key, (case, _, _) in cases.items()},
        "required": [key for key, (_, required, _) in reversed(cases.items()) if required],
        "additionalProperties": False,
    }
    value = {key: case[1] for key, (case, required, there) in cases.items() if required or there}
    return schema, value


def _inner(cases: st.SearchStrategy[Case]) -> st.SearchStrategy[Case]:
    members = st.dictionaries(_KEYS, st.tuples(cases, st.booleans(), st.booleans()), max_size=3)
    arrays = st.builds(_array, cases, st.integers(0, 2))
    return arrays | members.map(_object) | cases.map(_any_of)


_LEAVES = (
    st.integers(0, 3).flatmap(_strings)
    | st.sampled_from([0, 9, 10, 4096]).flatmap(_integers)
    | st.booleans().map(lambda value: ({"type": "boolean"}, value))
    | st.sampled_from(["a", 1, None, "新", ["x", 'q"']]).map(
        lambda value: ({"enum": ["a", 1, None, "新", ["x", 'q"']]}, value)
    )
)
CASES = st.recursive(_LEAVES, _inner, max_leaves=6)


def _grammar(schema: dict[str, Any]) -> str:
    rules: dict[str, str] = {}
    root = JsonSchemaGrammar(schema, rules, "r").value(schema, "x")
    return "".join(f"{name} ::= {rule}\n" for name, rule in ({"root": root} | rules).items())


def _unbounded(schema: Any) -> Any:
    """Without the bounds of numbers, which the grammar holds by their digits alone."""
    if isinstance(schema, list):
        return [_unbounded(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: each for key, each in schema.items() if key not in ("minimum", "maximum")}
    return {key: _unbounded(each) for key, each in kept.items()}


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


@given(CASES)
def test_what_the_schema_describes_is_allowed(case: Case) -> None:
    schema, value = case
    assert allows(_grammar(schema), _written(value))


@given(CASES, st.data())
def test_what_is_allowed_but_for_one_character_is_json_of_the_schema(
    case: Case, data: st.DataObject
) -> None:
    schema, value = case
    text = _written(value)
    at = data.draw(st.integers(0, len(text)))
    near = (
        text[:at] + data.draw(st.sampled_from(["", "}", '"', ",", "0", "a", "-"])) + text[at + 1 :]
    )
    if allows(_grammar(schema), near):
        tool = Tool("f", parameters={"properties": {"x": _unbounded(schema)}})
        assert problems(ToolCall("f", {"x": json.loads(near)}), tool) == []


_NODE = {"properties": {"next": {"$ref": "#/$defs/a~1b"}}, "required": []}
_LIST = {"$ref": "#/$defs/a~1b", "$defs": {"a/b": _NODE}}
_PAIR = {"properties": {"b": {"type": "null"}, "a": {"type": "null"}}, "required": ["a", "b"]}


@pytest.mark.parametrize(
    ("schema", "text", "is_allowed"),
    [
        (_LIST, '{"next": {"next": {}}}', True),
        (_LIST, '{"next": {"next": 1}}', False),
        (_PAIR, '{"b": null, "a": null}', True),
        (_PAIR, '{"a": null, "b": null}', False),
        (_PAIR, '{"b": null}', False),
        (_PAIR, '{"b": null, "a": null, "c": null}', False),
        ({"type": "string", "pattern": "^a$"}, '"b"', True),
        ({"type": "string", "minLength": 2}, '"a"', False),
        ({"type": "integer", "minimum": 0, "maximum": 9}, "10", False),
        ({"type": "integer", "minimum": 0, "maximum": 9}, "-1", False),
        ({"type": "integer", "minimum": 5, "maximum": 9}, "3", True),
        ({"type": "object", "additionalProperties": {"type": "null"}}, '{"x": null}', True),
        ({"type": "object", "additionalProperties": {"type": "null"}}, '{"x": 1}', False),
        ({"type": "object", "additionalProperties": False}, '{"x": 1}', False),
    ],
)
def test_a_schema_holds_what_is_documented(
    schema: dict[str, Any], text: str, is_allowed: bool
) -> None:
    assert allows(_grammar(schema), text) is is_allowed
