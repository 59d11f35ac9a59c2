"""What decides where other programs keep their models: environment, home folder, system."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`platform` as in `sys.platform`."""

    environ: Mapping[str, str]
    home: Path
    platform: str

    @classmethod
    def of_this_process(cls) -> Surroundings:
        """As they are now; a home that is not known is the root, where nothing will be found."""
        try:
            home = Path.home()
        except RuntimeError:
            home = Path(os.sep)
        return cls(dict(os.environ), home, sys.platform)

    def named(self, *variables: str) -> list[Path]:
        """The folders that these variables name, where they are set."""
        values = (self.environ.get(name, "").strip().strip("\"'") for name in variables)
        return [self.expanded(value) for value in values if value]

    def expanded(self, typed: str) -> Path:
        """The path with this home in the place of `~`."""
        first, *rest = Path(typed).parts or ("",)
        return self.home.joinpath(*rest) if first == "~" else Path(typed)

    @property
    def cache(self) -> Path:
        """Where programs of the Unix kind keep their caches, on Windows too."""
        return next(iter(self.named("XDG_CACHE_HOME")), self.home / ".cache")
