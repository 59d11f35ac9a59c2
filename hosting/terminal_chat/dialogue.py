"""Questions and answers, one after the other."""

from __future__ import annotations

import sys
from contextlib import suppress

from chat.terminal.language import pick
from chat.terminal.refusal import Refusal
from hosting.terminal_chat.chosen_model import chosen_model, model_lines
from hosting.terminal_chat.interrupts import Interrupts
from hosting.terminal_chat.printer import AnswerPrinter
from hosting.terminal_chat.session import ChatSession

INTERRUPTED = 130
"""The exit code of shells for a command that Ctrl-C ended."""
_FAILED = 1


class Dialogue:
    """`model` answers; None is the default."""

    def __init__(self, session: ChatSession, printer: AnswerPrinter, model: str | None) -> None:
        self._session = session
        self._printer = printer
        self._model = model

    def answer(self, question: str) -> int:
        """Returns the exit code. The first Ctrl-C stops the answer, the second is raised."""
        self._printer.begin()
        with Interrupts() as interrupts:
            self._session.ask(question, self._model)
            while not self._printer.status:
                if frame := self._session.receive():
                    self._printer.show(frame, self._model)
                if interrupts.take():
                    self._session.stop()
        if self._printer.status == "completed":
            return 0
        return INTERRUPTED if self._printer.status == "cancelled" else _FAILED

    def talk(self) -> None:
        """Read questions until `/exit`, the end of the input, or Ctrl-C at the prompt."""
        with suppress(ImportError):
            import readline  # noqa: F401, PLC0415 - adds editing and history to `input`
        print(_help(), file=sys.stderr)
        while (typed := _typed()) not in (None, "/exit", "/bye", "/quit"):
            if typed.startswith("/model"):
                self._choose(typed.removeprefix("/model").strip())
            elif typed:
                with suppress(KeyboardInterrupt):
                    self.answer(typed)

    def _choose(self, name: str) -> None:
        """Without a name, list the models."""
        models = self._session.models()
        if not name:
            print("\n".join(model_lines(models, self._model)), file=sys.stderr)
            return
        try:
            self._model = chosen_model(models, name)
        except Refusal as refusal:
            print(refusal, file=sys.stderr)


def _help() -> str:
    return pick(
        "输入问题开始；/model 列出模型，/model 名称 换模型，/exit 退出，Ctrl-C 停止回答。",
        "Type a question. /model lists the models, /model NAME changes it, /exit leaves, Ctrl-C "
        "stops an answer.",
    )


def _typed() -> str | None:
    """None at the end of the input, and for Ctrl-C."""
    try:
        return input(">>> ").strip()
    except (EOFError, KeyboardInterrupt):
        print(file=sys.stderr)
        return None
