from pathlib import Path

import pytest

from chat.terminal import language
from chat.terminal.progress import ProgressLine
from MyLLM.bootstrap.environment import Environment
from MyLLM.bootstrap.pip_view import PipView


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(language, "prefers_chinese", lambda: False)
    lines: list[str] = []
    monkeypatch.setattr(ProgressLine, "show", lambda _, detail="": lines.append(detail))
    return lines


def test_downloads_are_counted_in_packages_and_megabytes(tmp_path: Path, shown: list[str]) -> None:
    own = Environment(tmp_path / ".venv")
    view = PipView(own, 2, "title")
    view.see("Collecting apple==1.0")
    unpacking = own.downloads / "pip-unpack-x"
    unpacking.mkdir(parents=True)
    (unpacking / "apple.whl").write_bytes(bytes(3_000_000))
    view.see("")
    view.see("Collecting pear==2.0 (from basket)")
    view.see("Collecting seed>=1")
    assert shown == [
        "1/2 apple==1.0 · 0 MB",
        "1/2 apple==1.0 · 3 MB",
        "2/2 pear==2.0 · 3 MB",
        "3 seed>=1 · 3 MB",
    ]


def test_writing_is_counted_in_packages(tmp_path: Path, shown: list[str]) -> None:
    own = Environment(tmp_path / ".venv")
    view = PipView(own, 2, "title")
    view.see("Installing collected packages: apple, Pear-Tree")
    (own.folder / "lib/python3.11/site-packages/pear_tree-2.0.dist-info").mkdir(parents=True)
    view.see("")
    assert shown == ["writing 0/2", "writing 1/2"]


def test_another_source_restarts_the_count(tmp_path: Path, shown: list[str]) -> None:
    view = PipView(Environment(tmp_path / ".venv"), 2, "title")
    for _ in range(2):
        view.begin()
        view.see("Collecting apple==1.0")
    assert shown == ["1/2 apple==1.0 · 0 MB"] * 2
