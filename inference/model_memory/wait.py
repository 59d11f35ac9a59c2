"""Whether a model may admit runs, as far as memory is concerned."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MemoryWait:
    """`blocked_by` is the display name of the model whose memory this one's runs wait for, "" for
    none. A model that `stops_admitting` gives its memory to another as soon as its runs end.
    """

    blocked_by: str = ""
    stops_admitting: bool = False


NO_WAIT = MemoryWait()
