"""Creates a wheel, and its entry in an index."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

WHEEL = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def write_wheel(folder: Path, name: str, files: Mapping[str, str]) -> str:
    """NAME 1.0 with these files, in `folder`; its digest as requirement files have it."""
    metadata = {
        "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        "WHEEL": WHEEL,
        "RECORD": "",
    }
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)
        for path, text in metadata.items():
            wheel.writestr(f"{name}-1.0.dist-info/{path}", text)
    return f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}"
