"""All settings of the chat application."""

from __future__ import annotations

from dataclasses import dataclass

from chat.conf.access import AccessSettings
from chat.conf.answers import AnswerSettings
from chat.conf.data import DataSettings
from chat.conf.downloads import DownloadSettings
from chat.conf.members import MemberSettings
from chat.conf.model_limits import ModelLimits
from chat.conf.models import ModelSettings
from chat.conf.pairing_limits import PairingLimits
from chat.conf.request_limits import RequestLimits
from chat.conf.run_limits import RunLimits


@dataclass(frozen=True)
class ChatSettings(
    AccessSettings,
    ModelSettings,
    AnswerSettings,
    MemberSettings,
    DataSettings,
    DownloadSettings,
    ModelLimits,
    RunLimits,
    RequestLimits,
    PairingLimits,
):
    """The keys of `MYLLM` in Django's settings, in lower case. Every one has a default."""
