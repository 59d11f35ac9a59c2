"""The seam at which a kind of model spec is plugged in: an owner's words into backends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from inference.backends.base import Backend
from inference.config import EngineConfig
from inference.remote.account import Account


class ModelSpecError(ValueError):
    """The owner asked for a model by words nothing here understands."""


class UnknownSpecError(ModelSpecError):
    """The words are of no kind of spec at all. The text names all kinds, for a terminal."""


class SpecReader(Protocol):
    """One kind of spec."""

    @property
    def example(self) -> str:
        """What such a spec looks like, for the sentence about one that is not understood."""
        ...

    def reads(self, spec: str) -> bool:
        """Whether the spec is of this kind. Cheap; asks nothing of the network."""
        ...

    def open(self, spec: str, config: EngineConfig, account: Account | None) -> Iterator[Backend]:
        """The models that the spec means, none of them loaded. `account` is the provider's that the
        owner chose; None leaves it to the environment. Raises `ModelSpecError`.
        """
        ...
