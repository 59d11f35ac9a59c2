"""The limits of one import."""

from __future__ import annotations

from dataclasses import dataclass

from chat.errors import ChatError, ErrorCode
from chat.transfer.refusal import refused


@dataclass(frozen=True, slots=True)
class ImportBounds:
    """`size` and `message_size` are in bytes of JSON; `messages` counts conversations as well, and
    `setting` names the setting that it comes from.
    """

    size: int
    messages: int
    message_size: int
    setting: str

    def check_size(self, size: int) -> None:
        """Raises `ChatError` with `body_too_large`."""
        if size > self.size:
            setting = "import_bytes"
            raise ChatError(ErrorCode.BODY_TOO_LARGE, limit=self.size, setting=setting)

    def check_messages(self, count: int) -> None:
        """Raises `ChatError` with `import_too_long`."""
        if count > self.messages:
            setting = self.setting
            raise ChatError(ErrorCode.IMPORT_TOO_LONG, limit=self.messages, setting=setting)

    def check_message(self, size: int, place: str) -> None:
        """Raises `ChatError` with `bad_import`."""
        if size > self.message_size:
            limit = f"{self.message_size} bytes (import_message_bytes)"
            raise refused(f"what is at `{place}` has more than {limit}", "too_large")
