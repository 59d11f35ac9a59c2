"""Errors of the chat as errors of commands."""

from __future__ import annotations

from chat.errors import ChatError
from chat.errors.sentences import sentence
from chat.terminal.language import pick
from chat.terminal.refusal import Refusal


def refused(error: ChatError, exit_code: int = 1) -> Refusal:
    """The error's sentence, in the language of the terminal."""
    return Refusal(sentence(error.code, error.detail, pick("zh", "en")), exit_code=exit_code)
