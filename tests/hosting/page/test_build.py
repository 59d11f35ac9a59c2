"""Builds with a substitute for npm; `manage.py test` itself uses a real one."""

import sys
import threading
from pathlib import Path

import pytest

from chat.terminal.lock import held_lock
from chat.terminal.refusal import Refusal
from hosting.page import build, client_packages
from hosting.page.build import build_page, ensure_page, is_fresh
from hosting.page.node import Node

FAKE_NPM = """
import os, pathlib, sys
if pathlib.Path("damaged").exists():
    sys.exit("Error: Cannot find module 'vite'")
if pathlib.Path("fail").exists():
    sys.exit("error: cannot resolve ./x.vue")
out = pathlib.Path(os.environ["UNI_OUTPUT_DIR"])
out.mkdir(parents=True)
(out / "index.html").write_text(pathlib.Path("src/main.ts").read_text())
"""


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    npm = tmp_path / "npm.py"
    npm.write_text(FAKE_NPM)
    node = Node((sys.executable, str(npm)), tmp_path)
    monkeypatch.setattr(build, "find_node", lambda keep: node)
    monkeypatch.setattr(client_packages, "are_installed", lambda client: True)
    folder = tmp_path / "client"
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "main.ts").write_text("one")
    return folder


@pytest.fixture
def page(client: Path) -> Path:
    return client / "dist" / "build" / "h5"


def ensure(client: Path, page: Path) -> str:
    ensure_page(client, page, client / "node")
    return (page / "index.html").read_text()


def test_a_missing_page_is_built(client: Path, page: Path) -> None:
    assert not is_fresh(client, page)
    assert ensure(client, page) == "one"
    assert is_fresh(client, page)


def test_a_fresh_page_is_left_alone(client: Path, page: Path) -> None:
    ensure(client, page)
    (client / "src" / "main.ts").touch()
    (client / "node_modules").mkdir()
    (client / "node_modules" / "new").write_text("not a source")
    (page / "index.html").write_text("kept")
    assert ensure(client, page) == "kept"


@pytest.mark.parametrize("change", ["edited", "added", "removed"])
def test_a_changed_source_is_built_again(client: Path, page: Path, change: str) -> None:
    (client / "src" / "other.ts").write_text("x")
    ensure(client, page)
    if change == "edited":
        (client / "src" / "main.ts").write_text("two")
    if change == "added":
        (client / "src" / "new.ts").write_text("")
    if change == "removed":
        (client / "src" / "other.ts").unlink()
    assert not is_fresh(client, page)
    ensure(client, page)
    assert is_fresh(client, page)


def test_a_failed_build_leaves_nothing_and_has_its_reason(client: Path, page: Path) -> None:
    (client / "fail").touch()
    with pytest.raises(Refusal, match=r"cannot resolve \./x\.vue"):
        ensure(client, page)
    assert not page.parent.exists() or list(page.parent.iterdir()) == []


def test_damaged_packages_are_reinstalled(
    client: Path, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (client / "damaged").touch()
    monkeypatch.setattr(
        client_packages, "install", lambda client, node: (client / "damaged").unlink()
    )
    assert ensure(client, page) == "one"


def test_a_failed_rebuild_keeps_the_older_page(
    client: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ensure(client, page)
    (client / "fail").touch()
    assert ensure(client, page) == "one"
    assert "cannot resolve" in capsys.readouterr().err
    assert [entry.name for entry in page.parent.iterdir()] == ["h5"]


def test_a_build_that_makes_no_page_has_failed(
    client: Path, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    idle = Node((sys.executable, "-c", "print('error: nothing to do')"), client)
    monkeypatch.setattr(build, "find_node", lambda keep: idle)
    with pytest.raises(Refusal, match="nothing to do"):
        build_page(client, page, client / "node")


def test_without_sources_a_built_page_is_enough(tmp_path: Path) -> None:
    page = tmp_path / "h5"
    assert not is_fresh(tmp_path / "no-client", page)
    page.mkdir()
    (page / "index.html").write_text("")
    assert is_fresh(tmp_path / "no-client", page)


def test_what_a_killed_build_left_is_gone_after_the_next_start(client: Path, page: Path) -> None:
    ensure(client, page)
    (page.parent / ".h5-4711" / "assets").mkdir(parents=True)
    assert ensure(client, page) == "one"
    assert [entry.name for entry in page.parent.iterdir()] == ["h5"]


def test_an_interrupted_replacement_is_undone(client: Path, page: Path) -> None:
    ensure(client, page)
    page.rename(page.with_name(".h5-old"))
    page.mkdir()
    (client / "fail").touch()
    assert ensure(client, page) == "one"


def test_one_process_builds_at_a_time(client: Path, page: Path) -> None:
    with held_lock(client / "dist" / "build.lock", "another"):
        second = threading.Thread(target=ensure, args=(client, page))
        second.start()
        (client / "src" / "main.ts").write_text("two")
        assert not (page / "index.html").exists()
    second.join()
    assert (page / "index.html").read_text() == "two"


def test_without_sources_nothing_is_written(tmp_path: Path) -> None:
    page = tmp_path / "h5"
    page.mkdir()
    (page / "index.html").write_text("")
    (tmp_path / ".h5-old").mkdir()
    ensure_page(tmp_path / "no-client", page, tmp_path / "node")
    assert not (tmp_path / "no-client").exists()
