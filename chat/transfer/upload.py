"""An uploaded file, read twice: first to check all of it, then conversation by conversation to
store them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from msgspec.structs import replace

from chat.errors import ChatError, ErrorCode
from chat.text.storable import storable
from chat.transfer.alternation import OPENING, Joined, alternate
from chat.transfer.bounds import ImportBounds
from chat.transfer.formats import Format, Read, conversations
from chat.transfer.json_reader import JsonReader
from chat.transfer.outline import OutlinedConversation
from chat.transfer.portable import PortableConversation, PortableMessage
from chat.transfer.refusal import RefusedError, reading, refused
from chat.transfer.repair import Names
from chat.transfer.skipped import Skipped
from chat.transfer.unpacked import Unpacked


@dataclass(frozen=True, slots=True)
class ReadConversation:
    """A conversation to be stored, without its texts; `repaired` counts its corrections."""

    heading: PortableConversation
    messages: list[Joined]
    repaired: int
    format: Format


@dataclass(frozen=True, slots=True)
class _Found:
    """A checked conversation: its id, unique in its text, and how to read it again."""

    read: Callable[[], OutlinedConversation]
    format: Format
    key: str


class Upload:
    """All methods block. After `check`, `messages` is the number of messages, and `skipped` the
    conversations that are left out.
    """

    def __init__(self, unpacked: Unpacked, bounds: ImportBounds) -> None:
        self.messages = 0
        self.skipped: list[Skipped] = []
        self._unpacked = unpacked
        self._bounds = bounds
        self._found: list[_Found] = []
        self._size = 0

    def check(self) -> None:
        """Read all of it. Raises `ChatError`: `bad_import` with the place of the error if nothing
        can be read, `unknown_import`, `unsupported_import`, `body_too_large`, `import_too_long`.
        """
        for begin, end in self._unpacked.parts:
            names = Names(())
            for kind, one in self._conversations(begin, end):
                if isinstance(one, Skipped):
                    self.skipped.append(one)
                    self._bounds.check_messages(self._count)
                else:
                    self._check(kind, one, names, end)
        if not self._found:
            self._check_skipped()

    def conversations(self) -> Iterator[ReadConversation]:
        """The checked conversations, read one at a time."""
        for found in self._found:
            yield _read(found.format, found.read(), found.key)

    def message(self, conversation: ReadConversation, joined: Joined) -> PortableMessage:
        """The message with its texts."""
        if joined.row is None:
            return PortableMessage(joined.id, joined.role, OPENING)
        text = self._unpacked.text
        parts = [
            conversation.format.message(text[one.at : one.at + one.size])
            for one in joined.row.messages()
        ]
        content = "\n\n".join(one.content for one in parts if one.content)
        reasoning = "\n\n".join(one.reasoning for one in parts if one.reasoning)
        return replace(parts[-1], content=content, reasoning=reasoning)

    def _conversations(self, begin: int, end: int) -> Iterator[Read]:
        reader = JsonReader(self._unpacked.text, begin, end)
        with reading("$"):
            yield from conversations(reader, self._bounds)

    def _check(self, kind: Format, one: OutlinedConversation, names: Names, end: int) -> None:
        key = names.new(one.heading.id)
        read = _read(kind, one, key)
        self._bounds.check_messages(self._count + 1 + len(read.messages))
        try:
            size = _size(read.messages, self._bounds)
        except RefusedError as error:
            title = storable(one.heading.title)[:100]
            self.skipped.append(Skipped(one.heading.id, title, error.why, error.reason))
            return
        self._size += size
        self._bounds.check_size(self._size)
        self.messages += len(read.messages)
        self._found.append(_Found(self._reading(kind, one, end), kind, key))

    @property
    def _count(self) -> int:
        """Conversations and messages, including those left out, as all are held in memory."""
        return len(self._found) + len(self.skipped) + self.messages

    def _reading(
        self, kind: Format, one: OutlinedConversation, end: int
    ) -> Callable[[], OutlinedConversation]:
        if one.at is None:
            return lambda: one
        return partial(self._read_again, kind, one.at, end)

    def _read_again(self, kind: Format, at: int, end: int) -> OutlinedConversation:
        reader = JsonReader(self._unpacked.text, at, end)
        return kind.conversation(reader, self._bounds, "$")

    def _check_skipped(self) -> None:
        known = [one for one in self.skipped if one.why != "unknown"]
        if self.skipped and not known:
            raise ChatError(ErrorCode.UNKNOWN_IMPORT)
        reason = next((one.reason for one in known if one.why != "empty"), None)
        if reason is not None:
            raise refused(reason)


def _read(kind: Format, one: OutlinedConversation, key: str) -> ReadConversation:
    repaired = one.repaired + (key != one.heading.id)
    return ReadConversation(replace(one.heading, id=key), alternate(one.messages), repaired, kind)


def _size(messages: list[Joined], bounds: ImportBounds) -> int:
    """The bytes of all messages. Checks each, as joining may make it too large."""
    total = 0
    for one in messages:
        size = one.row.size if one.row else 0
        bounds.check_message(size, one.id)
        total += size
    return total
