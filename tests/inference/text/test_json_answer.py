"""An answer that has to be JSON is held to it, also from the middle on."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.errors import InferenceError, InferenceErrorCode
from inference.response_format import ResponseFormat
from inference.text.json_answer import answer_grammar
from tests.inference.text.test_grammar_rest import allows

CITY: dict[str, Any] = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "people": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        "tags": {"type": "array", "items": {"enum": ["old", "新"]}, "maxItems": 2},
    },
    "required": ["name", "people"],
}
cities = st.fixed_dictionaries(
    {"name": st.text(max_size=6), "people": st.none() | st.integers(-(10**9), 10**9)},
    optional={"tags": st.lists(st.sampled_from(["old", "新"]), max_size=2)},
)
objects = st.dictionaries(
    st.text(max_size=3),
    st.none() | st.booleans() | st.text(max_size=3) | st.lists(st.integers(0, 99), max_size=3),
    max_size=3,
)


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "")


def _format(schema: object) -> ResponseFormat:
    return ResponseFormat(json.dumps(schema))


@given(cities, st.integers(0, 60))
def test_a_schema_is_held_from_any_place_on(city: dict[str, Any], cut: int) -> None:
    text = _written({name: city[name] for name in CITY["properties"] if name in city})
    rest = answer_grammar(_format(CITY), text[:cut])
    if text[cut:]:
        assert allows(rest, text[cut:])
        assert not allows(rest, text[cut:] + "}")


@given(objects, st.integers(1, 40))
def test_any_object_is_one_without_a_schema(value: dict[str, Any], cut: int) -> None:
    text = _written(value)
    rest = answer_grammar(ResponseFormat(), text[:cut])
    assert not text[cut:] or allows(rest, text[cut:])


@pytest.mark.parametrize("text", ["[1]", '"a"', "{'a': 1}", '{"a": 1} ', "Here: {}"])
def test_nothing_else_is(text: str) -> None:
    assert not allows(answer_grammar(ResponseFormat()), text)


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ({"properties": {"a": {"not": {}}}}, "schema of answer.a: 'not' is not supported"),
        ({"type": "frob"}, "schema of answer: unknown type 'frob'"),
        ({"properties": 5}, "the JSON schema cannot be read"),
        ({"type": "object", "required": 5, "properties": {"a": True}}, "the JSON schema cannot"),
    ],
)
def test_a_schema_that_is_not_understood_is_refused(schema: Any, reason: str) -> None:
    with pytest.raises(InferenceError) as raised:
        answer_grammar(_format(schema))
    assert raised.value.code is InferenceErrorCode.INVALID_REQUEST
    assert str(raised.value.detail["reason"]).startswith(reason)


def test_an_answer_so_far_that_is_no_such_json_is_refused() -> None:
    with pytest.raises(InferenceError) as raised:
        answer_grammar(ResponseFormat(), "Paris is")
    assert raised.value.code is InferenceErrorCode.INVALID_REQUEST
