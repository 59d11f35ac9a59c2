"""One model that the owner added."""

from __future__ import annotations

from dataclasses import dataclass

from chat.errors import Detail
from chat.store.listed_models import StoredModel
from inference import InferenceError, InferenceErrorCode, ModelCard, ModelState


@dataclass(frozen=True, slots=True)
class Entry:
    """`model` is the engine's id. A model that could not be opened has a card with the reason, and
    is not in the engine.
    """

    row: StoredModel
    model: str
    failed: ModelCard | None = None


def failed_entry(row: StoredModel, detail: Detail) -> Entry:
    """An entry with a card that has the `reason` of the detail."""
    name = row.name or row.spec
    reason = str(detail["reason"])
    error = InferenceError(
        InferenceErrorCode.MODEL_UNSUITABLE, reason, detail={**detail, "model": name}
    )
    card = ModelCard(row.id, name, "", 0, state=ModelState.FAILED, error=error)
    return Entry(row, row.id, card)
