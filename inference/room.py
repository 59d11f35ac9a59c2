"""Whether a model may admit runs, as far as memory is concerned."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Room:
    """While another model, named `holder` for people, has the memory that a model's runs need, they
    wait for that. A model that `yields` its own admits no more runs meanwhile.
    """

    holder: str = ""
    yields: bool = False


FREE = Room()
