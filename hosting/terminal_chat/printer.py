"""Prints an answer's frames as text in the terminal."""

from __future__ import annotations

from typing import TextIO

from chat.terminal.language import pick
from chat.terminal.progress import ProgressLine
from chat.text.names import on_one_line
from hosting.terminal_chat.session import Frame

_DIM, _PLAIN = "\x1b[2m", "\x1b[0m"
_MEGABYTE = 1_000_000


class AnswerPrinter:
    """The answer goes to `out`, messages about it to `err`. Reasoning is dimmed on a terminal, and
    left out if the answer goes to a file or a program.
    """

    def __init__(self, out: TextIO, err: TextIO) -> None:
        self._out = out
        self._err = err
        self._waiting: ProgressLine | None = None
        self._channel = ""
        self.status = ""

    def begin(self) -> None:
        """Another answer follows."""
        self.status, self._channel = "", ""

    def show(self, frame: Frame, model: str | None) -> None:
        """`model` is the one that answers, None for the default. Once the answer has ended,
        `status` is its status.
        """
        match frame["type"]:
            case "queued":
                self._wait(_waiting_for(frame))
            case "models":
                self._show_loading(frame["models"], model)
            case "start":
                self._start(frame["provider"])
            case "stream":
                self._write(frame["channel"], frame["content"])
            case "snapshot":
                self._write("answer", frame["content"])
            case "error":
                self._fail(frame["message"])
            case "end":
                self._end(frame["status"])

    def _wait(self, detail: str) -> None:
        if self._waiting is None:
            self._waiting = ProgressLine(pick("等待", "Waiting"), self._err)
        self._waiting.show(detail)

    def _show_loading(self, models: list[Frame], model: str | None) -> None:
        chosen = (one for one in models if (one["id"] == model if model else one["default"]))
        found = next(chosen, None)
        if found is not None and found["state"] in ("fetching", "loading") and not self._channel:
            self._wait(_loading(found))

    def _start(self, provider: str) -> None:
        self._stop_waiting()
        if provider:
            name = on_one_line(provider)
            notice = pick(
                f"（由 {name} 回答，问题会离开这台电脑）",
                f"({name} answers: it leaves this computer)",
            )
            print(notice, file=self._err, flush=True)

    def _write(self, channel: str, text: str) -> None:
        self._stop_waiting()
        if channel == "reasoning" and not self._out.isatty():
            return
        if channel != self._channel:
            self._change_to(channel)
        self._out.write(text)
        self._out.flush()

    def _change_to(self, channel: str) -> None:
        if self._channel == "reasoning":
            self._out.write(f"{_PLAIN}\n\n")
        if channel == "reasoning":
            self._out.write(_DIM)
        self._channel = channel

    def _fail(self, sentence: str) -> None:
        self._stop_waiting()
        self._close()
        print(on_one_line(sentence), file=self._err, flush=True)
        self.status = self.status or "failed"

    def _end(self, status: str) -> None:
        self._stop_waiting()
        self._close()
        self.status = status

    def _close(self) -> None:
        if self._channel == "reasoning":
            self._out.write(_PLAIN)
        if self._channel:
            self._out.write("\n")
            self._out.flush()
        self._channel = ""

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.done()
            self._waiting = None


def _waiting_for(frame: Frame) -> str:
    match frame["waiting_for"]:
        case "model":
            return pick("模型加载中", "the model is loading")
        case "memory":
            other = on_one_line(frame["model"])
            return pick(f"等 {other} 回答完，让出内存", f"for {other} to finish and leave memory")
        case _:
            return pick(f"前面还有 {frame['position']} 个", f"number {frame['position']} in line")


def _loading(model: Frame) -> str:
    name, download = on_one_line(model["name"]), model["download"]
    if model["state"] == "fetching" and download:
        done, total = download["done"] // _MEGABYTE, download["total"] // _MEGABYTE
        return pick(f"下载 {name}：{done}/{total} MB", f"downloading {name}: {done}/{total} MB")
    share = "" if model["progress"] is None else f" {model['progress']:.0%}"
    return pick(f"加载 {name}{share}", f"loading {name}{share}")
