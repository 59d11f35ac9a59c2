"""pip's configuration, read from pip's files without starting pip."""

from __future__ import annotations

import configparser
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

_SECTIONS = ("global", "install")
"""The second one takes precedence, in whichever file it is."""


def pip_setting(name: str, environ: Mapping[str, str], prefix: Path) -> str:
    """An option such as `index-url` of the pip in the environment `prefix`, else ""."""
    if value := environ.get(f"PIP_{name.upper().replace('-', '_')}", ""):
        return value
    found: dict[str, str] = {}
    for file in _files(environ, prefix):
        found |= _values(file, name)
    return next((found[section] for section in reversed(_SECTIONS) if section in found), "")


def _values(file: Path, name: str) -> dict[str, str]:
    """By section; empty for a file that cannot be read: pip itself reports the reason."""
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(file.read_text(encoding="utf-8-sig", errors="replace"))
    except (OSError, configparser.Error):
        return {}
    return {
        section: value.strip()
        for section in _SECTIONS
        if parser.has_section(section)
        for key, value in parser.items(section)
        if key.replace("_", "-").removeprefix("--") == name and value.strip()
    }


def _files(environ: Mapping[str, str], prefix: Path) -> Iterator[Path]:
    """In order of precedence, the highest last."""
    named = environ.get("PIP_CONFIG_FILE", "")
    if named == os.devnull:
        return
    yield from _global_files(environ)
    if not named or not Path(named).exists():
        yield from _user_files(environ)
    yield prefix / _name()
    if named:
        yield Path(named)


def _name() -> str:
    return "pip.ini" if sys.platform == "win32" else "pip.conf"


def _global_files(environ: Mapping[str, str]) -> Iterator[Path]:
    if sys.platform == "win32":
        yield Path(environ.get("PROGRAMDATA", r"C:\ProgramData"), "pip", "pip.ini")
    elif sys.platform == "darwin":
        yield Path("/Library/Application Support/pip/pip.conf")
    else:
        folders = environ.get("XDG_CONFIG_DIRS") or "/etc/xdg"
        yield from (Path(folder, "pip", "pip.conf") for folder in folders.split(os.pathsep))
        yield Path("/etc/pip.conf")


def _user_files(environ: Mapping[str, str]) -> Iterator[Path]:
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - `Path.home` raises where there is none
    if sys.platform == "win32":
        yield home / "pip" / "pip.ini"
        yield Path(environ.get("APPDATA") or home / "AppData" / "Roaming", "pip", "pip.ini")
        return
    yield home / ".pip" / "pip.conf"
    apple = home / "Library" / "Application Support" / "pip"
    if sys.platform == "darwin" and apple.is_dir():
        yield apple / "pip.conf"
    else:
        yield Path(environ.get("XDG_CONFIG_HOME") or home / ".config", "pip", "pip.conf")
