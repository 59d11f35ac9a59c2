import subprocess
import sys
import time
from pathlib import Path

import pytest

from chat.terminal import lock
from chat.terminal.lock import held_lock
from chat.terminal.refusal import Refusal


def test_the_lock_is_free_again_afterwards(tmp_path: Path) -> None:
    for _ in range(2):
        with held_lock(tmp_path / "var" / "lock", "waiting"):
            pass


@pytest.mark.skipif(sys.platform == "win32", reason="Windows hands no lock on to children")
def test_a_child_left_behind_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "lock"
    with held_lock(file, "waiting") as descriptor:
        child = subprocess.Popen(["cat"], stdin=subprocess.PIPE, pass_fds=[descriptor])
    tries = []

    def end_child(seconds: float) -> None:
        tries.append(seconds)
        child.communicate()

    monkeypatch.setattr(time, "sleep", end_child)
    with held_lock(file, "waiting"):
        assert tries == [lock.SECONDS_BETWEEN_TRIES]


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where the folder should be")
    with pytest.raises(Refusal, match="var"), held_lock(tmp_path / "var" / "lock", "waiting"):
        pass
