"""The error that every use case raises for a request that cannot be served."""

from __future__ import annotations

from chat.errors.codes import Detail, ErrorCode
from chat.errors.table import KINDS


class ChatError(Exception):
    """A request that cannot be served: `code` says why, `detail` fills the sentence."""

    def __init__(self, code: ErrorCode, **detail: str | int) -> None:
        super().__init__(code.value)
        self.code = code
        self.detail: Detail = detail

    @property
    def retryable(self) -> bool:
        """Whether the same request may succeed later."""
        return KINDS[self.code].retryable
