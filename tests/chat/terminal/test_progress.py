import io

import pytest

from chat.terminal import progress
from chat.terminal.progress import ProgressLine


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_terminal_shows_one_line_that_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    terminal, clock = Terminal(), Clock()
    line = ProgressLine("下载", terminal, clock)
    line.show("a long detail")
    clock.now = 2
    line.done()
    first, second = terminal.getvalue().removesuffix("\n").split("\r")[1:3]
    assert first == "下载 · a long detail · 0 s"
    assert second.rstrip() == "下载 · 2 s"
    assert len(second) == len(first), "the blanks cover what stood there"


def test_a_narrow_terminal_is_not_overrun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "11")
    terminal = Terminal()
    ProgressLine("下载模型下载模型", terminal).show()
    assert terminal.getvalue() == "\r下载模型下"


def test_a_log_is_not_flooded() -> None:
    log, clock = io.StringIO(), Clock()
    line = ProgressLine("Installing", log, clock)
    for clock.now in range(11):
        line.show(f"{clock.now:.0f} MB")
    line.done("finished")
    assert log.getvalue().splitlines() == [
        "Installing · 0 MB · 0 s",
        "Installing · 5 MB · 5 s",
        "Installing · 10 MB · 10 s",
        "Installing · finished · 10 s",
    ]
    assert progress.SECONDS_BETWEEN_LINES == 5


def test_a_sentence_stays_above_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    terminal = Terminal()
    line = ProgressLine("Installing", terminal, Clock())
    line.show()
    line.note("Nothing comes.")
    line.show()
    _, shown, cleared, sentence = terminal.getvalue().split("\r", 3)
    assert len(cleared) == len(shown)
    assert not cleared.strip()
    assert sentence == "Nothing comes.\n\rInstalling · 0 s"


def test_a_sentence_is_a_line_of_a_log() -> None:
    log = io.StringIO()
    line = ProgressLine("Installing", log, Clock())
    line.show()
    line.note("Nothing comes.")
    assert log.getvalue() == "Installing · 0 s\nNothing comes.\n"
