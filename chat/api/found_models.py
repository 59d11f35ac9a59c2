"""Found models, as the routes return them."""

from __future__ import annotations

from dataclasses import dataclass

from chat.catalog.found import Found
from chat.errors.model_reasons import reason
from chat.errors.sentences import is_chinese
from inference import FoundServer


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """`spec` adds it by `POST /models`. `address` is set for a server's model. `unsuitable` is the
    reason why a model cannot chat. `listed` is its id if it is on the list.
    """

    spec: str
    name: str
    origin: str
    size: int | None
    quantisation: str
    address: str | None
    listed: str | None
    unsuitable: str | None


@dataclass(frozen=True, slots=True)
class FoundModels:
    """Models of servers first."""

    found: list[FoundEntry]


def shown_found(found: Found, locale: str) -> FoundEntry:
    """The entry, with the reason in the language of `locale`."""
    model, unsuitable = found.model, found.model.unsuitable
    return FoundEntry(
        spec=model.spec,
        name=model.name,
        origin=model.origin.value,
        size=model.size,
        quantisation=model.quantisation,
        address=model.address if isinstance(model, FoundServer) else None,
        listed=found.listed,
        unsuitable=reason(unsuitable, chinese=is_chinese(locale)) if unsuitable else None,
    )
