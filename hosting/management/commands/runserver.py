"""`manage.py runserver`: daphne's, for development, on a database that is migrated."""

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
    """Replaces Django's own, which does not serve WebSockets."""

    def inner_run(self, *args: Any, **options: Any) -> None:
        """Runs in the serving process, which the autoreloader restarts after each change."""
        try:
            own_data(served_at(self.addr, self.port))
            ensure_schema()
        except Refusal as refusal:
            if os.environ.get(DJANGO_AUTORELOAD_ENV) != "true":
                raise
            self.stderr.write(str(refusal))
            # In a thread other than the main one sys.exit would not end the process.
            os._exit(refusal.exit_code)
        super().inner_run(*args, **options)
