"""The models that the owner added to those of the settings, and which one is the default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chat.models import Household, ListedModel

_COLUMNS = ("id", "spec", "name", "provider_id", "owner_only", "trusted_code")


@dataclass(frozen=True, slots=True)
class StoredModel:
    """`id` is the engine's, `provider` the account it is asked with, None where it needs none or
    the environment's. An empty `name` leaves it to the model itself.
    """

    id: str
    spec: str
    name: str = ""
    provider: str | None = None
    owner_only: bool = False
    trusted_code: str = ""


def list_models() -> list[StoredModel]:
    """In the order of their adding."""
    rows = ListedModel.objects.order_by("created_at", "id").values_list(*_COLUMNS)
    return [StoredModel(*row) for row in rows]


def add_model(model: StoredModel) -> None:
    """Raises `IntegrityError` where its id is taken."""
    ListedModel.objects.create(
        id=model.id,
        spec=model.spec,
        name=model.name,
        provider_id=model.provider,
        owner_only=model.owner_only,
        trusted_code=model.trusted_code,
    )


def change_model(model: str, fields: Mapping[str, Any]) -> None:
    """Set `owner_only`, `name` or `trusted_code`. Nothing for a model that is not listed."""
    ListedModel.objects.filter(pk=model).update(**fields)


def remove_model(model: str) -> None:
    """Nothing for a model that is not listed. It is the default no more."""
    ListedModel.objects.filter(pk=model).delete()
    Household.objects.filter(default_model=model).update(default_model="")


def default_model() -> str:
    """The owner's choice; empty for the first of the settings."""
    return Household.objects.get_or_create(place=1)[0].default_model


def choose_default_model(model: str) -> None:
    """An empty one is the first of the settings again."""
    Household.objects.get_or_create(place=1)
    Household.objects.filter(place=1).update(default_model=model)
