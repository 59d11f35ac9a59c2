"""Whether a model may admit runs, as far as memory is concerned."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MemoryWait:
    """While the model named `blocked_by`, for people, has the memory that a model's runs need, they
    wait for that. A model that `stops_admitting` gives its own to another as soon as its runs end.
    """

    blocked_by: str = ""
    stops_admitting: bool = False


NO_WAIT = MemoryWait()
