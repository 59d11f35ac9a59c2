"""Commands of the chat application that need current tables."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from hosting.schema import ensure_schema


class Migrated(BaseCommand):
    """Applies all migrations first. Raises `Refusal` if the database cannot be used."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        ensure_schema()
        return super().execute(*args, **options)
