"""`manage.py apikey`, on a database that is migrated first."""

from __future__ import annotations

from chat.management.commands import apikey
from hosting.management.migrated import Migrated


class Command(Migrated, apikey.Command):
    """The chat's own command; another project runs `migrate` itself."""
