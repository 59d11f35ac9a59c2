"""What can befall a journal between the death of its server and the next start."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from chat.runs.journal.header import decode_header, encode_header
from chat.runs.journal.record import HEAD_BYTES, unframe
from chat.runs.journal.segment import SUFFIX

Damage = Callable[[Path], None]
"""What happens to the data folder between a death and the start after it."""
_OTHER_BOOT = "00000000-0000-4000-8000-000000000000"


def no_damage(folder: Path) -> None:
    """The folder is left as the dead server left it."""


def damages(dice: random.Random) -> Mapping[str, Damage]:
    """By name; each takes the data folder, and does nothing where there is no record."""
    return {
        "cut": lambda folder: _cut(folder, dice),
        "flipped": lambda folder: _flip(folder, dice),
        "missing": _remove,
        "other_boot": _move_to_another_boot,
    }


def _cut(folder: Path, dice: random.Random) -> None:
    """The last record without some of its bytes, as a power cut may leave it."""
    for file, data, begin in _last_records(folder):
        file.write_bytes(data[: dice.randint(begin + 1, len(data) - 1)])


def _flip(folder: Path, dice: random.Random) -> None:
    """One bit of the last record is another one."""
    for file, data, begin in _last_records(folder):
        at = dice.randrange(begin, len(data))
        flipped = data[at] ^ 1 << dice.randrange(8)
        file.write_bytes(data[:at] + bytes([flipped]) + data[at + 1 :])


def _remove(folder: Path) -> None:
    for file in _segments(folder):
        file.unlink()


def _move_to_another_boot(folder: Path) -> None:
    """The computer was started again meanwhile."""
    for file in _segments(folder):
        data = file.read_bytes()
        found = decode_header(data)
        if found is not None:
            header, begin = found
            file.write_bytes(encode_header(replace(header, boot=_OTHER_BOOT)) + data[begin:])


def _last_records(folder: Path) -> list[tuple[Path, bytes, int]]:
    """The newest segment with a record, its bytes, and where its last record begins."""
    for file in reversed(_segments(folder)):
        data = file.read_bytes()
        found = decode_header(data)
        if found is None:
            continue
        header, begin = found
        sizes = [HEAD_BYTES + len(one) for one in unframe(data, begin, header.seed).payloads]
        if sizes:
            return [(file, data, begin + sum(sizes[:-1]))]
    return []


def _segments(folder: Path) -> list[Path]:
    """The oldest first."""
    return sorted((folder / "journal").glob(f"*{SUFFIX}"))
