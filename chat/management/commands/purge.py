"""`manage.py purge`: delete for good what was deleted longer ago than MYLLM_PURGE_DAYS, and expired
guests. In small transactions, as a server may be running.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from chat.removal import purge
from chat.terminal.language import pick


class Command(BaseCommand):
    """Does the same as every start of a server, for servers that are seldom restarted."""

    help = "Remove conversations that were deleted longer ago than MYLLM_PURGE_DAYS."

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        count = purge()
        if verbosity:
            self.stdout.write(
                pick(f"已彻底清除 {count} 个对话。", f"{count} conversations are gone for good.")
            )
