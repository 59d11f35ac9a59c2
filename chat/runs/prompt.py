"""What the model is given: the conversation's path as messages, a system prompt before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chat.store import StoredMessage
from chat.text.visible import has_visible
from chat.transfer.alternation import OPENING
from inference import ChatMessage


def build(path: Sequence[StoredMessage], system_prompt: str) -> tuple[ChatMessage, ...]:
    """The messages in order, the last being the one to be answered.

    An answer without text is left out: shown an empty turn a model imitates it. Its question
    stays, as the page shows it, and several in a row are joined by the engine once it has left
    out what does not fit the model. Where a conversation begins with an answer, as some imported
    ones did, a question stands before it: many templates refuse an answer at the beginning.
    """
    opening = [ChatMessage("system", system_prompt)] if system_prompt else []
    *earlier, last = path
    return (*opening, *_with_question(list(_said(earlier))), _message(last))


def _said(path: Sequence[StoredMessage]) -> Iterator[ChatMessage]:
    for message in path:
        if message.role == "user" or has_visible(message.content):
            yield _message(message)


def _with_question(messages: list[ChatMessage]) -> list[ChatMessage]:
    if not messages or messages[0].role == "user":
        return messages
    return [ChatMessage("user", OPENING), *messages]


def _message(message: StoredMessage) -> ChatMessage:
    return ChatMessage("user" if message.role == "user" else "assistant", message.content)
