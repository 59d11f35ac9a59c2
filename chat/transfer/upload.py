"""What was uploaded: recognised by its content, and read twice, first to see that all of it can
be imported, then conversation by conversation to be stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from msgspec.structs import replace

from chat.transfer import chatgpt, own_format
from chat.transfer.alternation import OPENING, Joined, alternate
from chat.transfer.bounds import ImportBounds
from chat.transfer.json_reader import JsonReader
from chat.transfer.outline import OutlinedConversation
from chat.transfer.portable import PortableConversation, PortableMessage
from chat.transfer.refusal import reading
from chat.transfer.repair import Names
from chat.transfer.unpacked import Unpacked


class Format(Protocol):
    """What a module for one kind of file offers. All of it raises as `Upload.check` does."""

    def conversations(
        self, reader: JsonReader, bounds: ImportBounds
    ) -> Iterator[OutlinedConversation]:
        """All of a text."""

    def conversation(
        self, reader: JsonReader, bounds: ImportBounds, place: str
    ) -> OutlinedConversation:
        """The one that the reader stands before."""

    def message(self, text: bytes) -> PortableMessage:
        """A message that was outlined before, with its texts."""


@dataclass(frozen=True, slots=True)
class ReadConversation:
    """A conversation as it is to be stored, but for the texts; `repaired` counts its repairs."""

    heading: PortableConversation
    messages: list[Joined]
    repaired: int
    format: Format


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a conversation stands, and its id, which no other one of its text has."""

    format: Format
    at: int
    end: int
    key: str


class Upload:
    """Everything here computes or reads a file: not for an event loop's thread."""

    def __init__(self, unpacked: Unpacked, bounds: ImportBounds) -> None:
        self._unpacked = unpacked
        self._bounds = bounds
        self._found: list[_Found] = []

    def check(self) -> None:
        """Read all of it. Raises `ChatError`: `bad_import` naming the place, `body_too_large` or
        `import_too_long`.
        """
        count = size = 0
        for begin, end in self._unpacked.parts:
            names = Names(())
            for kind, one in self._conversations(begin, end):
                key = names.new(one.heading.id)
                self._found.append(_Found(kind, one.at, end, key))
                read = _read(kind, one, key)
                count += 1 + len(read.messages)
                self._bounds.check_messages(count)
                size += _size(read.messages, self._bounds)
                self._bounds.check_size(size)

    def conversations(self) -> Iterator[ReadConversation]:
        """Those that were checked, one at a time."""
        for found in self._found:
            reader = JsonReader(self._unpacked.text, found.at, found.end)
            one = found.format.conversation(reader, self._bounds, "$")
            yield _read(found.format, one, found.key)

    def message(self, conversation: ReadConversation, joined: Joined) -> PortableMessage:
        """The message with its texts."""
        if joined.row is None:
            return PortableMessage(joined.id, joined.role, OPENING)
        text = self._unpacked.text
        said = [
            conversation.format.message(text[one.at : one.at + one.size])
            for one in joined.row.messages()
        ]
        content = "\n\n".join(one.content for one in said if one.content)
        reasoning = "\n\n".join(one.reasoning for one in said if one.reasoning)
        return replace(said[-1], content=content, reasoning=reasoning)

    def _conversations(self, begin: int, end: int) -> Iterator[tuple[Format, OutlinedConversation]]:
        reader = JsonReader(self._unpacked.text, begin, end)
        with reading("$"):
            kind: Format = chatgpt if reader.is_array() else own_format
            for one in kind.conversations(reader, self._bounds):
                yield kind, one


def _read(kind: Format, one: OutlinedConversation, key: str) -> ReadConversation:
    repaired = one.repaired + (key != one.heading.id)
    return ReadConversation(replace(one.heading, id=key), alternate(one.messages), repaired, kind)


def _size(messages: list[Joined], bounds: ImportBounds) -> int:
    """The bytes of all of them, where one side's messages in a row are joined."""
    total = 0
    for one in messages:
        size = one.row.size if one.row else 0
        bounds.check_message(size, one.id)
        total += size
    return total
