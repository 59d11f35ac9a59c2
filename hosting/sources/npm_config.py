"""npm's configuration, read from npm's files without starting npm."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

_VARIABLE = re.compile(r"\$\{([^}]+)\}")


def npm_setting(name: str, environ: Mapping[str, str], client: Path) -> str:
    """An option such as `registry` of an npm that runs in the folder `client`, else ""."""
    variable = f"npm_config_{name.replace('-', '_')}"
    for given, value in environ.items():
        if given.lower() == variable and value:
            return value
    return next((value for file in _files(environ, client) if (value := _value(file, name))), "")


def _value(file: Path, name: str) -> str:
    try:
        lines = file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError:
        return ""
    found = ""
    for line in lines:
        key, equals, value = line.partition("=")
        if equals and key.strip() == name:
            found = value.strip().strip("\"'")
    return _VARIABLE.sub(lambda match: os.environ.get(match[1], ""), found)


def _files(environ: Mapping[str, str], client: Path) -> Iterator[Path]:
    """In order of precedence, the highest first."""
    lowered = {name.lower(): value for name, value in environ.items()}
    yield client / ".npmrc"
    yield Path(lowered.get("npm_config_userconfig") or "~/.npmrc").expanduser()
    if configured := lowered.get("npm_config_globalconfig"):
        yield Path(configured)
    if sys.platform == "win32" and "appdata" in lowered:
        yield Path(lowered["appdata"], "npm", "etc", "npmrc")
    if node := shutil.which("node", path=environ.get("PATH")):
        folder = Path(node).resolve().parent
        yield (folder if sys.platform == "win32" else folder.parent) / "etc" / "npmrc"
    if sys.platform != "win32":
        yield from (Path("/usr/local/etc/npmrc"), Path("/etc/npmrc"))
