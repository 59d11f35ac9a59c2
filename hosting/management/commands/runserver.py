"""`manage.py runserver`: daphne's, for development, on a database that is up to date."""

from __future__ import annotations

import os
from typing import Any

from daphne.management.commands.runserver import Command as DaphneCommand
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV

from chat.ownership.own_data import own_data
from chat.ownership.owner import served_at
from chat.terminal.refusal import Refusal
from hosting.schema import ensure_schema


class Command(DaphneCommand):  # type: ignore[misc]  # daphne has no types
    """Takes the place of Django's own, which cannot serve a WebSocket."""

    def inner_run(self, *args: Any, **options: Any) -> None:
        """In the process that serves, which the autoreloader starts again after each change."""
        try:
            own_data(served_at(self.addr, self.port))
            ensure_schema()
        except Refusal as refusal:
            if os.environ.get(DJANGO_AUTORELOAD_ENV) != "true":
                raise
            self.stderr.write(str(refusal))
            # This is not the main thread, so that sys.exit would end nothing.
            os._exit(refusal.exit_code)
        super().inner_run(*args, **options)
