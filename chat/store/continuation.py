"""Answers that are continued after their end: which ones may be, and what is counted again."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from chat.models import Run
from chat.store.revisions import Revision, touch

_TOKENS_BEFORE = "tokens_before"
"""A key in `Run.options` beside the sampling options, as it is also for the process that continues
the run."""
_CONTINUABLE = (
    Q(status=Run.Status.INTERRUPTED)
    | Q(status=Run.Status.CANCELLED)
    | Q(status=Run.Status.COMPLETED, finish_reason="length")
)


def reopen(run: str, device: str) -> Revision | None:
    """Set an interrupted, stopped or length-limited run to running, in a new epoch and with a new
    allowance of tokens. Its text stays. Any other run is left unchanged, and None is returned.
    """
    with transaction.atomic():
        row = Run.objects.select_related("message").filter(_CONTINUABLE, pk=run).first()
        if row is None:
            return None
        row.epoch += 1
        row.device = device
        row.options = {**row.options, _TOKENS_BEFORE: row.tokens}
        _forget_end(row)
        row.save()
        return touch(row.message.conversation_id)


def tokens_before(row: Run) -> int:
    """Tokens of the text that the current allowance does not count."""
    return int(row.options.get(_TOKENS_BEFORE, 0))


def _forget_end(row: Run) -> None:
    row.status = Run.Status.RUNNING
    row.ended_at = row.usage = row.timings = None
    row.finish_reason = row.error_code = ""
    row.error_detail = {}
