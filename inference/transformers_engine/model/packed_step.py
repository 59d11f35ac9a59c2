"""Computes any step: decodes and pieces of prompts packed into one row of tokens."""

from __future__ import annotations

import torch

from inference.transformers_engine.model.attention import Prefill, StepLayout, decodes, prefill
from inference.transformers_engine.model.slot_model import Placed, SlotModel
from inference.transformers_engine.sampling.upload import upload
from inference.transformers_engine.scheduling.step import Piece, Step


def packed_logits(model: SlotModel, step: Step) -> torch.Tensor:
    """(sampling pieces of the step in its order, vocabulary), in float32."""
    states = model.hidden(_placed(step, model.device), _layout(step, model))
    return model.head(states[upload(_ends(step), torch.long, model.device)])


def _placed(step: Step, device: torch.device) -> Placed:
    rows = [
        (token, column, piece.sequence.slot or 0, column)
        for piece in step.pieces
        for token, column in zip(piece.tokens, range(piece.begin, piece.end), strict=True)
    ]
    return Placed(*upload(rows, torch.long, device).t().contiguous())


def _layout(step: Step, model: SlotModel) -> StepLayout:
    keys, shape = model.cache.keys[0], model.cache.shape
    lengths = {piece.sequence.slot or 0: piece.end for piece in step.decodes}
    return StepLayout(decodes(lengths, shape.groups, keys), _prefills(step, keys))


def _prefills(step: Step, keys: torch.Tensor) -> tuple[Prefill, ...]:
    found, at = [], len(step.decodes)
    for piece in step.prefills:
        tokens = piece.end - piece.begin
        found.append(prefill(piece.sequence.slot or 0, at, tokens, piece.begin, keys))
        at += tokens
    return tuple(found)


def _ends(step: Step) -> list[int]:
    """The positions that are sampled: only they need logits, the widest matrix of all."""
    ends, at = [], 0
    for piece in step.pieces:
        at += _length(piece)
        if piece.samples:
            ends.append(at - 1)
    return ends


def _length(piece: Piece) -> int:
    return piece.end - piece.begin
