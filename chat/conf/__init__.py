"""The chat application's settings: `conf().pairing` is `MYLLM["PAIRING"]` of Django's settings."""

from __future__ import annotations

from chat.conf.chat_settings import ChatSettings
from chat.conf.current import Current

__all__ = ["ChatSettings", "conf"]

conf = Current(ChatSettings, "MYLLM")
