"""All values are found, and invalid JSON is refused."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some

from chat.transfer import json_reader
from chat.transfer.json_reader import JsonReader, MalformedJsonError

_LEAVES = some.none() | some.booleans() | some.integers() | some.text(max_size=20)
_JSON: some.SearchStrategy[Any] = some.recursive(
    _LEAVES,
    lambda inner: (
        some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=9), inner, max_size=4)
    ),
    max_leaves=15,
)


def _reader(text: bytes) -> JsonReader:
    return JsonReader(text, 0, len(text))


def _elements(text: bytes) -> list[Any]:
    reader = _reader(text)
    found = [json.loads(reader.raw()) for _ in reader.elements()]
    reader.finish()
    return found


@given(some.lists(_JSON, max_size=5), some.sampled_from([None, 1]), some.booleans())
def test_the_elements_of_an_array(values: list[Any], indent: int | None, ascii_alone: bool) -> None:
    text = json.dumps(values, indent=indent, ensure_ascii=ascii_alone).encode(errors="replace")
    assert _elements(text) == json.loads(text)


@given(some.dictionaries(some.text(max_size=9), _JSON, max_size=5))
def test_the_members_of_an_object(values: dict[str, Any]) -> None:
    reader = _reader(json.dumps(values).encode())
    found = {key: json.loads(reader.raw()) for key in reader.members()}
    reader.finish()
    assert found == values


@given(some.binary(max_size=40) | some.text('[]{}",:\\ 1ae', max_size=40).map(str.encode))
def test_what_is_no_json_is_refused_or_found_wanting_by_msgspec(text: bytes) -> None:
    try:
        reader = _reader(text)
        for _ in reader.elements():
            msgspec.json.decode(reader.raw())
        reader.finish()
    except (MalformedJsonError, msgspec.DecodeError):
        return
    assert isinstance(json.loads(text), list)


@pytest.mark.parametrize("text", [b"", b"[", b"[1", b"[1,", b'["', b"[1 2]", b"[,1]", b"[1]]"])
def test_half_a_text_is_refused(text: bytes) -> None:
    with pytest.raises(MalformedJsonError):
        _elements(text)


def test_depth_has_a_limit() -> None:
    assert len(_elements(b"[" * 150 + b"]" * 150)) == 1
    with pytest.raises(MalformedJsonError):
        _elements(b"[" * 100_000 + b"]" * 100_000)


def test_blanks_may_be_longer_than_a_step_and_texts_may_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(json_reader, "_LONGEST_TOKEN", 8)
    assert _elements(b"[" + b" " * 50 + b"1]") == [1]
    assert _elements(b"[[1,[2,[3,[4]]],5]]") == [[1, [2, [3, [4]]], 5]]
    with pytest.raises(MalformedJsonError):
        _elements(b'["123456789"]')


def test_many_escapes_take_no_memory_each() -> None:
    text = b'["' + rb"\n" * 1_000_000 + b'"]'
    assert len(_elements(text)[0]) == 1_000_000
