"""`manage.py chat`: chat with a model in the terminal."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from chat.ownership.own_data import own_data
from hosting.running.api import ServerApi
from hosting.running.server import running_server
from hosting.schema import ensure_schema
from hosting.terminal_chat.chosen_model import chosen_model
from hosting.terminal_chat.dialogue import Dialogue
from hosting.terminal_chat.printer import AnswerPrinter
from hosting.terminal_chat.session import ChatSession


class Command(BaseCommand):
    """Uses the server that runs on the data folder; without one it loads the model itself. The
    conversation is the owner's, and the page shows it. Piped input is appended to the question.
    """

    help = "Ask a question, or chat, in the terminal. Ctrl-C stops an answer."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("question", nargs="?", help="asked at once; without it a chat begins")
        parser.add_argument("--model", metavar="NAME", help="a model of the list (model list)")

    def handle(self, *args: Any, question: str | None, model: str | None, **_: Any) -> None:
        prompt = "\n\n".join(part for part in (question, _piped()) if part)
        ensure_schema()
        with ExitStack() as opened:
            session, chosen = _session(opened, model)
            dialogue = Dialogue(session, AnswerPrinter(sys.stdout, sys.stderr), chosen)
            if not prompt:
                dialogue.talk()
            elif code := dialogue.answer(prompt):
                sys.exit(code)


def _session(opened: ExitStack, model: str | None) -> tuple[ChatSession, str | None]:
    """The session, and the id of the named model."""
    if server := running_server():
        # A chat without a server needs none of its imports.
        from hosting.terminal_chat.server_session import ServerSession  # noqa: PLC0415

        through = opened.enter_context(ServerSession(opened.enter_context(ServerApi(server))))
        return through, chosen_model(through.models(), model) if model else None
    from hosting.terminal_chat.local_session import LocalSession  # noqa: PLC0415

    own_data()
    here = opened.enter_context(LocalSession())
    chosen = chosen_model(here.models(), model) if model else None
    here.begin(chosen)
    return here, chosen


def _piped() -> str:
    return "" if sys.stdin is None or sys.stdin.isatty() else sys.stdin.read().strip()
