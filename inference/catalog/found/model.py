"""A model that was found on this computer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from inference.catalog.found.candidate import Origin
from inference.catalog.found.unsuitable import Unsuitable


@dataclass(frozen=True, slots=True)
class FoundModel:
    """`spec` opens it. `name` is for people and differs from all others of one listing. `size` is
    in bytes, `context_tokens` what it was trained for, `parameters` their number; None where that
    is not known. `projector` is the file that reads images for it. `unsuitable` is the reason why
    it cannot chat.
    """

    spec: str
    name: str
    origin: Origin
    path: Path
    size: int | None = None
    quantisation: str = ""
    architecture: str = ""
    context_tokens: int | None = None
    parameters: int | None = None
    has_chat_template: bool = False
    projector: Path | None = None
    unsuitable: Unsuitable | None = None


@dataclass(frozen=True, slots=True)
class FoundServer:
    """A model that a server on this computer offers, at `address`."""

    spec: str
    name: str
    origin: Origin
    address: str
    size: int | None = None
    quantisation: str = ""
    unsuitable: Unsuitable | None = None
