"""Digests of files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

_BLOCK_BYTES = 1 << 20


class _Hash(Protocol):
    def update(self, data: bytes, /) -> None: ...

    def hexdigest(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Digest:
    """`sha256` of the content, or `git`: the id that Git gives a file of its own, the SHA-1 of the
    content after a header (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects), the only
    digest that Hugging Face has of a small file. In lower-case hexadecimal.
    """

    kind: Literal["sha256", "git"]
    value: str

    def matches(self, file: Path) -> bool:
        """Whether the file has this content; reads all of it."""
        made = self._new(file.stat().st_size)
        with file.open("rb") as source:
            while block := source.read(_BLOCK_BYTES):
                made.update(block)
        return made.hexdigest() == self.value

    def _new(self, size: int) -> _Hash:
        if self.kind == "sha256":
            return hashlib.sha256()
        return hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)
