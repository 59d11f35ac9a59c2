from __future__ import annotations

import shutil
import threading
from pathlib import Path

from hosting.terminal.pip_downloads import megabytes


def test_what_lies_below_the_folder_is_counted(tmp_path: Path) -> None:
    (tmp_path / "pip-unpack-x").mkdir()
    (tmp_path / "pip-unpack-x" / "a.whl").write_bytes(bytes(1_500_000))
    (tmp_path / "pip-unpack-x" / "b.whl").write_bytes(bytes(600_000))
    assert megabytes(tmp_path) == 2


def test_a_missing_folder_has_no_bytes(tmp_path: Path) -> None:
    assert megabytes(tmp_path / "nowhere") == 0


def test_folders_may_vanish_while_they_are_counted(tmp_path: Path) -> None:
    over = threading.Event()

    def come_and_go() -> None:
        while not over.is_set():
            for number in range(20):
                (tmp_path / f"pip-build-{number}" / "deep").mkdir(parents=True, exist_ok=True)
            for number in range(20):
                shutil.rmtree(tmp_path / f"pip-build-{number}")

    churn = threading.Thread(target=come_and_go)
    churn.start()
    try:
        assert {megabytes(tmp_path) for _ in range(300)} == {0}
    finally:
        over.set()
        churn.join()
