"""Queries of accounts at providers. Their keys are encrypted by the caller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chat.errors import ChatError, ErrorCode
from chat.models import Provider

_COLUMNS = ("id", "preset", "name", "base_url", "key")


@dataclass(frozen=True, slots=True)
class StoredProvider:
    """An account; `key` is encrypted, and empty if none was entered."""

    id: str
    preset: str
    name: str
    base_url: str
    key: str = field(repr=False)


def list_providers() -> list[StoredProvider]:
    """All accounts, the oldest first."""
    rows = Provider.objects.order_by("created_at", "id").values_list(*_COLUMNS)
    return [StoredProvider(*row) for row in rows]


def find_provider(provider: str) -> StoredProvider:
    """Raises `ChatError` with `unknown_provider`."""
    row = Provider.objects.filter(pk=provider).values_list(*_COLUMNS).first()
    if row is None:
        raise ChatError(ErrorCode.UNKNOWN_PROVIDER)
    return StoredProvider(*row)


def add_provider(preset: str, name: str, base_url: str, key: str) -> StoredProvider:
    made = Provider.objects.create(preset=preset, name=name, base_url=base_url, key=key)
    return find_provider(made.id)


def change_provider(provider: str, fields: Mapping[str, Any]) -> StoredProvider:
    """Set `name`, `base_url` or the encrypted `key`. Raises `ChatError`: `unknown_provider`."""
    if fields:
        Provider.objects.filter(pk=provider).update(**fields)
    return find_provider(provider)


def remove_provider(provider: str) -> None:
    """Remove it with its models. Raises `ChatError`: `unknown_provider`."""
    if not Provider.objects.filter(pk=provider).delete()[0]:
        raise ChatError(ErrorCode.UNKNOWN_PROVIDER)
