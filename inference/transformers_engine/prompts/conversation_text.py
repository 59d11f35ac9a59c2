"""Renders messages as one text, by a chat template that is tried before it is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from jinja2 import TemplateError

from inference.errors import InferenceError, InferenceErrorCode
from inference.types import ChatMessage

_SYSTEM = "5d41402a"
"""The system message in a trial of the template."""
_QUESTION = ChatMessage("user", "?")
_TURNS = (_QUESTION, ChatMessage("assistant", "!"), _QUESTION)


class TemplateFaultError(Exception):
    """The template cannot be applied to any conversation."""


class ConversationText:
    """A tokenizer's template, or `template` in its place; both are Jinja's."""

    def __init__(self, tokenizer: Any, template: str | None, *, has_switch: bool) -> None:
        """Raises `TemplateFaultError` for a template that fails with one question, or otherwise
        than by refusing with a conversation.
        """
        self._tokenizer = tokenizer
        self._template = template
        self._try_turns(has_switch=has_switch)
        self._takes_system = self._tried_system()

    def render(self, messages: Sequence[ChatMessage], **switches: bool) -> str:
        """The prompt, ready for the answer to follow.

        Where the template takes no system message, or none at that place, its text begins the
        question that follows. Raises `InferenceError` with `invalid_request`, and the template's
        own reason, for messages that it refuses.
        """
        refusals: list[InferenceError] = []
        for asked in self._orders(messages):
            try:
                return self._apply(asked, **switches)
            except Exception as error:  # noqa: BLE001 - a template's expressions raise anything
                refusals.append(_refused(error))
        raise refusals[0]

    def _orders(self, messages: Sequence[ChatMessage]) -> Iterator[Sequence[ChatMessage]]:
        if self._takes_system:
            yield messages
        if not self._takes_system or any(message.role == "system" for message in messages):
            yield folded(messages)

    def _apply(self, messages: Sequence[ChatMessage], **switches: bool) -> str:
        text: str = self._tokenizer.apply_chat_template(
            [{"role": message.role, "content": message.content} for message in messages],
            chat_template=self._template,
            add_generation_prompt=True,
            tokenize=False,
            **switches,
        )
        return text

    def _try_turns(self, *, has_switch: bool) -> None:
        tried: list[dict[str, bool]] = [{}]
        if has_switch:
            tried += [{"enable_thinking": True}, {"enable_thinking": False}]
        for switches in tried:
            self._try([_QUESTION], may_refuse=False, **switches)
            self._try(_TURNS, may_refuse=True, **switches)

    def _try(self, messages: Sequence[ChatMessage], *, may_refuse: bool, **switches: bool) -> None:
        try:
            self._apply(messages, **switches)
        except Exception as error:
            if not (may_refuse and _is_refusal(error)):
                raise TemplateFaultError(_reason(error)) from error

    def _tried_system(self) -> bool:
        """Whether a system message reaches the prompt: some templates refuse one, some drop it."""
        try:
            return _SYSTEM in self._apply([ChatMessage("system", _SYSTEM), _QUESTION])
        except Exception as error:
            if _is_refusal(error):
                return False
            raise TemplateFaultError(_reason(error)) from error


def folded(messages: Sequence[ChatMessage]) -> list[ChatMessage]:
    """System messages as the beginning of the question that follows them, or as one at the end."""
    return list(_questions(messages))


def _questions(messages: Sequence[ChatMessage]) -> Iterator[ChatMessage]:
    waiting: list[str] = []
    for message in messages:
        if message.role == "system":
            waiting.append(message.content)
        elif message.role == "user" and waiting:
            yield replace(message, content="\n\n".join([*waiting, message.content]))
            waiting = []
        else:
            yield message
    if waiting:
        yield ChatMessage("user", "\n\n".join(waiting))


def _is_refusal(error: Exception) -> bool:
    """Whether the template itself called `raise_exception`; faults have classes of their own."""
    return type(error) is TemplateError


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__


def _refused(error: Exception) -> InferenceError:
    reason = _reason(error)
    return InferenceError(InferenceErrorCode.INVALID_REQUEST, reason, detail={"reason": reason})
