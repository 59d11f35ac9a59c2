"""The page that version 0.1 built, made again by

    npm --prefix ../myllm-0.1/client-uniapp ci
    npm --prefix ../myllm-0.1/client-uniapp run build:h5
    python -m tests.upgrade.old_page ../myllm-0.1

The library of diagrams and most fonts of formulas, two thirds of its size, are left out: the page
fetches them when an answer needs them, and no answer of the tests does.
"""

from __future__ import annotations

import json
import sys
import tarfile
from pathlib import Path
from typing import Any

from tests.upgrade.old_data import HERE, Device, without_names

ARCHIVE = HERE / "page.tar.gz"
_LEFT_OUT = ("mermaid", "KaTeX_")
_FONTS = ("KaTeX_Main-Regular", "KaTeX_Math-Italic", "KaTeX_Size1", "KaTeX_Size2")


def unpack_page(folder: Path) -> Path:
    """The folder to be served."""
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(folder, filter="data")
    return folder


def keep_page(built: Path) -> None:
    with tarfile.open(ARCHIVE, "w:gz") as archive:
        for file in sorted(built.rglob("*")):
            if file.is_file() and _is_needed(file.name):
                archive.add(file, str(file.relative_to(built)), filter=without_names)


def _is_needed(name: str) -> bool:
    return name.startswith(_FONTS) or not name.startswith(_LEFT_OUT)


def storage(origin: str, device: Device) -> dict[str, Any]:
    """What a browser holds for the page of 0.1 that was paired at `origin`, as Playwright takes it:
    uni-app writes a text as an object with its type.
    """
    kept = {"token": device.token, "device": device.listing["me"]["device"]}
    items = [
        {"name": f"myllm.{key}.{origin}", "value": json.dumps({"type": "string", "data": value})}
        for key, value in kept.items()
    ]
    return {"cookies": [], "origins": [{"origin": origin, "localStorage": items}]}


if __name__ == "__main__":
    keep_page(Path(sys.argv[1]) / "client-uniapp" / "dist" / "build" / "h5")
