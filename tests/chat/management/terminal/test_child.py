import sys
from pathlib import Path

import pytest

from chat.management.terminal.child import follow


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_lines_and_the_exit_code_come_back() -> None:
    lines: list[str] = []
    outcome = follow(python("import sys; print('一', flush=True); sys.exit('two')"), lines.append)
    assert [line for line in lines if line] == ["一", "two"]
    assert (outcome.code, outcome.output) == (1, "一\ntwo\n")


def test_a_silent_child_ticks(tmp_path: Path) -> None:
    goes_on = tmp_path / "goes-on"
    waits = f"import os, time\nwhile not os.path.exists({str(goes_on)!r}): time.sleep(0.01)"
    ticks: list[str] = []

    def see(line: str) -> None:
        ticks.append(line)
        goes_on.touch()

    assert follow(python(waits), see).code == 0
    assert ticks == [""]


def test_a_child_gets_no_input() -> None:
    assert follow(python("input()"), lambda _: None).code == 1


def test_a_program_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        follow([tmp_path / "nothing"], lambda _: None)
