"""`manage.py purge`: remove for good what was deleted longer ago than MYLLM_PURGE_DAYS, and
guests whose day is over. In small transactions: a server may be running beside it.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from chat.removal import purge
from chat.terminal.language import pick


class Command(BaseCommand):
    """What every start of the server does, for servers that seldom start."""

    help = "Remove conversations that were deleted longer ago than MYLLM_PURGE_DAYS."

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        gone = purge()
        if verbosity:
            self.stdout.write(
                pick(f"已彻底清除 {gone} 个对话。", f"{gone} conversations are gone for good.")
            )
