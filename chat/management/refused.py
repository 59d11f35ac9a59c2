"""The chat's own errors, as commands tell them."""

from __future__ import annotations

from chat.errors import ChatError
from chat.management.terminal.language import pick
from chat.management.terminal.refusal import Refusal
from chat.sentences import sentence


def refused(error: ChatError, exit_code: int = 1) -> Refusal:
    """The error's sentence, in the language of whoever sits at this computer."""
    return Refusal(sentence(error.code, error.detail, pick("zh", "en")), exit_code=exit_code)
