"""The settings that only hosting reads, from `MYLLM_HOSTING` in Django's settings."""

from __future__ import annotations

from chat.conf.current import Current
from hosting.conf.hosting_settings import HostingSettings

__all__ = ["HostingSettings", "hosting_conf"]

hosting_conf = Current(HostingSettings, "MYLLM_HOSTING")
