"""What the model is given: the conversation's path as messages, a system prompt before it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise

from chat.store import StoredMessage
from inference import ChatMessage


def build(path: Sequence[StoredMessage], system_prompt: str) -> tuple[ChatMessage, ...]:
    """The messages in order, the last being the one to be answered.

    A question whose answer has no text is left out with it: shown an empty turn a model
    imitates it, and one question that was too long would spoil every later one. So is an answer
    without a question, as imported conversations have them: many templates refuse such turns.
    All turns are built; what does not fit the model is left out by the engine, which can count.
    """
    opening = [ChatMessage("system", system_prompt)] if system_prompt else []
    *earlier, last = path
    answered = chain.from_iterable(turn for turn in pairwise(earlier) if _is_turn(*turn))
    return (*opening, *(_message(message) for message in (*answered, last)))


def _is_turn(question: StoredMessage, answer: StoredMessage) -> bool:
    return question.role == "user" and answer.role != "user" and bool(answer.content)


def _message(message: StoredMessage) -> ChatMessage:
    return ChatMessage("user" if message.role == "user" else "assistant", message.content)
