"""What the owner of this server has set for runs."""

from __future__ import annotations

from dataclasses import dataclass, field

from chat.store.allowance import Limits
from chat.store.model_access import UsualAccess
from chat.text.titles import TitleMode
from chat.wire.protocol import Options


@dataclass(frozen=True, slots=True)
class Policy:
    """Limits of 0 are none. `options` hold where neither a request nor its conversation has
    chosen; `crashes` is how often the process has died of late.
    """

    system_prompt: str
    runs_per_device: int
    keep_events: int
    checkpoint_seconds: float = 1.5
    waiting_per_conversation: int = 8
    limits: Limits = field(default_factory=Limits)
    access: UsualAccess = field(default_factory=UsualAccess)
    messages_per_device: int = 0
    titles: TitleMode = "local"
    options: Options = field(default_factory=Options)
    crashes: int = 0
