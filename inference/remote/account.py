"""Where a provider's API is reached, and as whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

ApiKey = Callable[[], str]
"""The key as it is now, "" for none: the owner may replace it while the server runs."""


@dataclass(frozen=True, slots=True)
class Account:
    """`preset` names how the provider is spoken to, `name` is for people. An empty `base_url` is
    the preset's own. The key is never shown, logged, or sent to anybody but the provider.
    """

    preset: str
    name: str
    base_url: str = ""
    key: ApiKey = field(default=lambda: "", repr=False)
