"""One model that the owner added."""

from __future__ import annotations

from dataclasses import dataclass

from chat.store.listed_models import StoredModel
from inference import InferenceError, InferenceErrorCode, ModelCard, ModelState


@dataclass(frozen=True, slots=True)
class Entry:
    """`model` is the engine's id. One that could not be opened has a card that says why, and is
    not in the engine.
    """

    row: StoredModel
    model: str
    failed: ModelCard | None = None


def failed_entry(row: StoredModel, reason: str) -> Entry:
    """The row with a card that shows its reason."""
    name = row.name or row.spec
    detail: dict[str, str | int] = {"model": name, "reason": reason}
    error = InferenceError(InferenceErrorCode.MODEL_UNSUITABLE, reason, detail=detail)
    card = ModelCard(row.id, name, "", 0, state=ModelState.FAILED, error=error)
    return Entry(row, row.id, card)
