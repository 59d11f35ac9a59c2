"""The error of a model that does not fit into memory, naming one that does."""

from __future__ import annotations

from collections.abc import Iterable

from inference.errors import Detail, InferenceError, InferenceErrorCode
from inference.types import Ability, ModelCard

_GB = 1_000_000_000
_MB = 1_000_000


def too_large(card: ModelCard, free: int, listed: Iterable[ModelCard]) -> InferenceError:
    """`smaller_model_fits` with the largest of `listed` that fits, else `model_too_large`."""
    detail: Detail = {
        "model": card.name,
        "needed": readable_size(card.memory or 0),
        "free": readable_size(free),
    }
    message = f"{card.id} needs {detail['needed']}, and {detail['free']} can be had"
    smaller = _largest(card, free, listed)
    if smaller is None:
        return InferenceError(InferenceErrorCode.MODEL_TOO_LARGE, message, detail=detail)
    detail["smaller"] = smaller.name
    return InferenceError(InferenceErrorCode.SMALLER_MODEL_FITS, message, detail=detail)


def readable_size(size: int) -> str:
    """A number of bytes as people read it, decimal as disks are sold: `4.7 GB`, `310 MB`."""
    return f"{size / _GB:.1f} GB" if size >= _GB else f"{size / _MB:.0f} MB"


def _largest(card: ModelCard, free: int, listed: Iterable[ModelCard]) -> ModelCard | None:
    others = (other for other in listed if other.id != card.id and _chats(other))
    fitting = [other for other in others if (other.memory or 0) <= free]
    return max(fitting, key=lambda other: other.memory or 0, default=None)


def _chats(card: ModelCard) -> bool:
    is_chat = not card.is_base and Ability.EMBEDDINGS not in card.abilities
    return card.is_counted and is_chat
