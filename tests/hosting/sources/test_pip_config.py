import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from hosting.sources.pip_config import pip_setting

posix = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="where Linux keeps them")


@pytest.fixture
def environ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A person's environment, without configuration outside `tmp_path`."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "venv").mkdir()
    return {"HOME": str(tmp_path), "XDG_CONFIG_DIRS": str(tmp_path / "xdg")}


def write(file: Path, index: str, section: str = "global") -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as opened:
        opened.write(f"[{section}]\nindex_url = {index}\n")


def index(environ: Mapping[str, str], tmp_path: Path) -> str:
    return pip_setting("index-url", environ, tmp_path / "venv")


def ours(found: str) -> str:
    """Without the entries of the computer's own /etc/pip.conf."""
    return "" if found.startswith("http") else found


@posix
def test_files_count_in_pips_order(environ: dict[str, str], tmp_path: Path) -> None:
    assert ours(index(environ, tmp_path)) == ""
    for place in (".pip/pip.conf", ".config/pip/pip.conf", "venv/pip.conf"):
        write(tmp_path / place, place)
        assert index(environ, tmp_path) == place
    environ["PIP_INDEX_URL"] = "environ"
    assert index(environ, tmp_path) == "environ"


@posix
def test_a_named_file_replaces_the_persons_own(environ: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path / ".config/pip/pip.conf", "own")
    environ["PIP_CONFIG_FILE"] = str(tmp_path / "named")
    assert index(environ, tmp_path) == "own"  # while it does not exist
    write(tmp_path / "named", "named")
    assert index(environ, tmp_path) == "named"
    environ["PIP_CONFIG_FILE"] = os.devnull
    assert index(environ, tmp_path) == ""


@posix
def test_the_section_for_installing_is_preferred(environ: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path / ".pip/pip.conf", "installing", "install")
    write(tmp_path / ".config/pip/pip.conf", "global")
    assert index(environ, tmp_path) == "installing"


def test_a_file_that_cannot_be_read_names_nothing(environ: dict[str, str], tmp_path: Path) -> None:
    environ["PIP_CONFIG_FILE"] = str(tmp_path / "named")
    (tmp_path / "named").write_bytes(b"\xff\xfeno section\n")
    assert ours(index(environ, tmp_path)) == ""


@posix
def test_pip_itself_reads_the_same(environ: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path / ".config/pip/pip.conf", "own")
    write(tmp_path / "xdg" / "pip" / "pip.conf", "of this computer")
    command = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
    shown = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == pip_setting("index-url", environ, Path(sys.prefix)) == "own"
