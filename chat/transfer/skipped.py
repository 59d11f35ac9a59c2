"""Conversations that are left out of an import, because they cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from sys import maxsize

import msgspec

from chat.text.storable import storable
from chat.transfer.json_reader import JsonReader, MalformedJsonError
from chat.transfer.outline import OutlinedConversation
from chat.transfer.refusal import RefusedError, Why, reading

_TITLE = 100
_TITLES = ("title", "name")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A conversation that was left out: its `title` if it has one, its `place` in the file, the
    kind of the reason in `why`, and the details in `reason`.
    """

    place: str
    title: str
    why: Why
    reason: str


def or_skipped(
    reader: JsonReader, place: str, read: Callable[[], OutlinedConversation]
) -> OutlinedConversation | Skipped:
    """The result of `read`; a conversation that cannot be imported is skipped.

    Raises `ChatError` if the text is not JSON at all, or exceeds the bounds.
    """
    began = reader.at
    try:
        return read()
    except RefusedError as error:
        reader.at = began
        title = _title(reader)
        reader.at = began
        with reading(place):
            reader.skip(maxsize)
        return Skipped(place, title, error.why, error.reason)


def _title(reader: JsonReader) -> str:
    try:
        for key in reader.members():
            if key in _TITLES:
                return storable(reader.value(str))[:_TITLE]
            reader.skip(maxsize)
    except (MalformedJsonError, msgspec.MsgspecError):
        return ""
    return ""
