"""`manage.py runserver`: daphne's, for development, on a database that is up to date."""

from __future__ import annotations

from typing import Any

from daphne.management.commands.runserver import Command as DaphneCommand

from chat.management.schema import ensure_schema


class Command(DaphneCommand):  # type: ignore[misc]  # daphne has no types
    """Takes the place of Django's own, which cannot serve a WebSocket."""

    def inner_run(self, *args: Any, **options: Any) -> None:
        ensure_schema()
        super().inner_run(*args, **options)
