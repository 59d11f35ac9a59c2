"""The data folder that version 0.1 has left, and what 0.1 itself listed of it."""

from __future__ import annotations

import json
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

HERE = Path(__file__).parent / "from_0_1"
ARCHIVE = HERE / "data.tar.gz"
EXPECTED = HERE / "expected.json"


@dataclass(frozen=True, slots=True)
class Device:
    """`token` in clear, as the device itself keeps it; `listing` is what it was shown of all that
    was finished.
    """

    token: str
    listing: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A run that 0.1 was writing (`content` is its saved text) or had waiting when killed."""

    device: str
    run: str
    conversation: str
    message: str
    status: str
    content: str


@dataclass(frozen=True, slots=True)
class Expected:
    """`commit` is the one whose code filled the folder; `password` is the member's, `key` the
    one that a program of the owner's shows.
    """

    commit: str
    member: str
    password: str
    key: str
    devices: dict[str, Device]
    unfinished: list[Unfinished]


def expected() -> Expected:
    return msgspec.json.decode(EXPECTED.read_bytes(), type=Expected)


def unpack(folder: Path) -> None:
    """The files as `kill -9` left them, the write-ahead log among them."""
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(folder, filter="data")


def keep(folder: Path, found: Expected) -> None:
    """Write both files of the fixture; logs and the page are left out."""
    HERE.mkdir(exist_ok=True)
    with tarfile.open(ARCHIVE, "w:gz") as archive:
        for file in sorted(folder.iterdir()):
            if file.is_file() and file.suffix != ".log":
                archive.add(file, file.name, filter=without_names)
    EXPECTED.write_text(
        json.dumps(msgspec.to_builtins(found), ensure_ascii=False, indent=1) + "\n", "utf-8"
    )


def without_names(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """A filter that keeps the machine's users out of an archive."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member
