"""The Dockerfile, as far as it can be checked without a Docker engine."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.live.live_server import ROOT, LiveServer

DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
IGNORED = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()


def sources() -> list[str]:
    """What the last stage copies from the clone."""
    *_, image = DOCKERFILE.split("\nFROM ")
    lines = re.findall(r"^COPY (?!--from)(.+) \S+$", image, re.MULTILINE)
    return [name for line in lines for name in line.split()]


def test_what_is_copied_is_enough_to_serve(tmp_path: Path) -> None:
    image = tmp_path / "app"
    image.mkdir()
    for name in sources():
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, image / name)
    command = (str(image / "manage.py"), "serve")
    with LiveServer(tmp_path, command, MODELS="scripted") as server:
        assert server.get("/healthz") == {"status": "ok"}


def test_nothing_that_is_copied_is_ignored() -> None:
    wanted = {f"!{name}" for name in (*sources(), "client-uniapp")}
    assert wanted == {line for line in IGNORED if line.startswith("!")}
