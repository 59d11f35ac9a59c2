"""A file of a repository, as a hub lists it."""

from __future__ import annotations

from dataclasses import dataclass

from inference.catalog.digest import Digest


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """`path` is inside the repository; `digest` is None where the hub has none."""

    path: str
    size: int
    digest: Digest | None

    @property
    def name(self) -> str:
        """Without folders."""
        return self.path.rpartition("/")[2]
