"""The format of an export, recognised by its content, never by its file name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from sys import maxsize
from typing import Protocol

from chat.errors import ChatError, ErrorCode
from chat.transfer import chatgpt, claude, lobehub, open_webui, own_format
from chat.transfer.bounds import ImportBounds
from chat.transfer.json_reader import JsonReader
from chat.transfer.outline import OutlinedConversation
from chat.transfer.portable import PortableMessage
from chat.transfer.refusal import reading, refused
from chat.transfer.skipped import Skipped, or_skipped


class Format(Protocol):
    """The interface of a module that reads one program's conversations."""

    def message(self, text: bytes) -> PortableMessage:
        """A message that was outlined before, with its texts."""

    def conversation(
        self, reader: JsonReader, bounds: ImportBounds, place: str
    ) -> OutlinedConversation:
        """Read the conversation at the reader's position. Raises `ChatError`."""


Read = tuple[Format, OutlinedConversation | Skipped]

_CONVERSATIONS: Mapping[str, Format] = {
    "mapping": chatgpt,
    "chat_messages": claude,
    "chat": open_webui,
    "history": open_webui,
}
_OTHERS: Mapping[str, str] = {
    "indexedDB": "Cherry Studio",
    "chat-next-web-store": "NextChat",
    "chat-sessions-list": "Chatbox",
    "chat-sessions": "Chatbox",
    "conversationId": "LibreChat",
    "chunkedPrompt": "Google AI Studio",
    "responses": "Grok",
    "activityControls": "Gemini",
    "usePerChatPredictionConfig": "LM Studio",
    "systemPurposeId": "big-AGI",
    "chatTitle": "TypingMind",
}
"""Keys of programs whose files cannot be read."""
_OWN = frozenset({"format", "conversations"})
_LOBEHUB = frozenset({"state", "data", "exportedAt"})
_DECISIVE = frozenset({*_CONVERSATIONS, *_OTHERS, *_OWN, *_LOBEHUB})


def conversations(reader: JsonReader, bounds: ImportBounds) -> Iterator[Read]:
    """All conversations of a text, each with its format. Raises `ChatError`: `bad_import` if the
    text is not JSON or not a known export, `unsupported_import` if the program is known but its
    exports cannot be read, `import_too_long`.
    """
    with reading("$"):
        if not (reader.is_array() or reader.is_object()):
            raise ChatError(ErrorCode.UNKNOWN_IMPORT)
        if reader.is_array():
            yield from _listed(reader, bounds)
            return
        keys = _keys(reader)
        inner = _inner_keys(reader, keys)
    if "data" in keys and "chats" in inner:
        raise ChatError(ErrorCode.UNSUPPORTED_IMPORT, program="TypingMind")
    _of(inner)
    if keys & _OWN:
        yield from ((own_format, one) for one in own_format.conversations(reader, bounds))
    elif keys & _LOBEHUB:
        yield from ((lobehub, one) for one in lobehub.conversations(reader, bounds))
    else:
        yield from _single(reader, bounds, keys)


def _inner_keys(reader: JsonReader, keys: set[str]) -> set[str]:
    """The keys of what other programs keep under a key that our formats use too: of the first of
    Grok's `conversations`, or of TypingMind's `data`.
    """
    began = reader.at
    outer = next((key for key in ("conversations", "data") if key in keys), None)
    try:
        for key in reader.members() if outer else ():
            if key == outer:
                return _first_keys(reader)
            reader.skip(maxsize)
    finally:
        reader.at = began
    return set()


def _first_keys(reader: JsonReader) -> set[str]:
    if not reader.is_array():
        return _keys(reader)
    return next((_keys(reader) for _ in reader.elements()), set())


def _listed(reader: JsonReader, bounds: ImportBounds) -> Iterator[Read]:
    began = reader.at
    for number in reader.elements():
        keys = _keys(reader)
        if number == 0 and {"role", "content"} <= keys:
            reader.at = began
            yield from ((lobehub, one) for one in lobehub.conversations(reader, bounds))
            return
        yield _element(reader, bounds, f"$[{number}]", keys)
    reader.finish()


def _element(reader: JsonReader, bounds: ImportBounds, place: str, keys: set[str]) -> Read:
    kind = _of(keys)
    return kind, or_skipped(reader, place, lambda: _non_empty(kind, reader, bounds, place))


def _single(reader: JsonReader, bounds: ImportBounds, keys: set[str]) -> Iterator[Read]:
    with reading("$"):
        yield _element(reader, bounds, "$", keys)
        reader.finish()


def _non_empty(
    kind: Format, reader: JsonReader, bounds: ImportBounds, place: str
) -> OutlinedConversation:
    found = kind.conversation(reader, bounds, place)
    if not found.messages:
        raise refused(f"it has no messages - at `{place}`", "empty")
    return found


class _Unknown:
    """The format of what is not a known program's conversation."""

    def conversation(
        self, reader: JsonReader, bounds: ImportBounds, place: str
    ) -> OutlinedConversation:
        """Raises `ChatError` with `bad_import`."""
        raise refused(f"no conversation of a program that is known - at `{place}`", "unknown")

    def message(self, text: bytes) -> PortableMessage:
        """Never called, as no conversation is read."""
        raise NotImplementedError


def _of(keys: set[str]) -> Format:
    known = (kind for mark, kind in _CONVERSATIONS.items() if mark in keys)
    if (found := next(known, None)) is not None:
        return found
    other = next((program for mark, program in _OTHERS.items() if mark in keys), None)
    if other is not None:
        raise ChatError(ErrorCode.UNSUPPORTED_IMPORT, program=other)
    return _Unknown()


def _keys(reader: JsonReader) -> set[str]:
    """The keys of the object at the reader's position; empty if it is not an object."""
    began = reader.at
    found: set[str] = set()
    try:
        if not reader.is_object():
            return found
        for key in reader.members():
            found.add(key)
            if key in _DECISIVE:
                break
            reader.skip(maxsize)
    finally:
        reader.at = began
    return found
