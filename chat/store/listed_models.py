"""Queries of the models that the owner added, and of the default model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chat.models import Household, ListedModel

_COLUMNS = ("id", "spec", "name", "provider_id", "owner_only", "trusted_code")


@dataclass(frozen=True, slots=True)
class StoredModel:
    """`id` is the engine's. `provider` is the account that it uses; None if it needs none or uses
    the key in the environment. If `name` is empty, the model's own is shown.
    """

    id: str
    spec: str
    name: str = ""
    provider: str | None = None
    owner_only: bool = False
    trusted_code: str = ""


def list_models() -> list[StoredModel]:
    """All models that were added, the oldest first."""
    rows = ListedModel.objects.order_by("created_at", "id").values_list(*_COLUMNS)
    return [StoredModel(*row) for row in rows]


def add_model(model: StoredModel) -> None:
    """Raises `IntegrityError` if the id exists."""
    ListedModel.objects.create(
        id=model.id,
        spec=model.spec,
        name=model.name,
        provider_id=model.provider,
        owner_only=model.owner_only,
        trusted_code=model.trusted_code,
    )


def change_model(model: str, fields: Mapping[str, Any]) -> None:
    """Set `owner_only`, `name` or `trusted_code`. Ignores models that are not listed."""
    ListedModel.objects.filter(pk=model).update(**fields)


def remove_model(model: str) -> None:
    """Remove the row, also as the default. Ignores models that are not listed."""
    ListedModel.objects.filter(pk=model).delete()
    Household.objects.filter(default_model=model).update(default_model="")


def default_model() -> str:
    """The owner's choice; empty for the first model of the settings."""
    return Household.objects.get_or_create(place=1)[0].default_model


def choose_default_model(model: str) -> None:
    """Set the default; empty for the first model of the settings."""
    Household.objects.get_or_create(place=1)
    Household.objects.filter(place=1).update(default_model=model)
