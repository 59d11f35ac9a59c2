"""One forward pass: pieces of sequences in their slots."""

from __future__ import annotations

from dataclasses import dataclass

from inference.transformers_engine.scheduling.sequence import Sequence
from inference.transformers_engine.scheduling.slots import PrefixCopy


@dataclass(frozen=True, slots=True)
class Piece:
    """Compute `tokens[begin:end]` of a sequence; `samples` if its next token follows."""

    sequence: Sequence
    begin: int
    end: int

    @property
    def samples(self) -> bool:
        return self.end == len(self.sequence.tokens)

    @property
    def tokens(self) -> list[int]:
        return self.sequence.tokens[self.begin : self.end]


@dataclass(frozen=True, slots=True)
class Step:
    """One forward pass: pieces of one token are decodes, ordered by slot, longer ones prefills.

    `copies` come before it, once and in their order; a repeated pass leaves them out.
    """

    decodes: tuple[Piece, ...]
    prefills: tuple[Piece, ...]
    copies: tuple[PrefixCopy, ...] = ()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return self.decodes + self.prefills

    @property
    def tokens(self) -> int:
        return sum(piece.end - piece.begin for piece in self.pieces)

    @property
    def singles(self) -> tuple[Step, ...]:
        """A step for each piece, without copies."""
        decodes = (Step((piece,), ()) for piece in self.decodes)
        return (*decodes, *(Step((), (piece,)) for piece in self.prefills))

    def __bool__(self) -> bool:
        return bool(self.decodes or self.prefills)
