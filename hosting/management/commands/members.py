"""`manage.py members`, on a database that is migrated first."""

from __future__ import annotations

from chat.management.commands import members
from hosting.management.migrated import Migrated


class Command(Migrated, members.Command):
    """The chat's own command; another project runs `migrate` itself."""
