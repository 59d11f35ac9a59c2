"""`manage.py purge`, on a database that is migrated first."""

from __future__ import annotations

from chat.management.commands import purge
from hosting.management.migrated import Migrated


class Command(Migrated, purge.Command):
    """The chat's own command; another project runs `migrate` itself."""
