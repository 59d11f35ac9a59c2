"""The address and the key of a provider's API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

ApiKey = Callable[[], str]
"""The current key, "" for none: the owner may replace it while the server runs."""


@dataclass(frozen=True, slots=True)
class Account:
    """`preset` is the id of the provider's preset, `name` is for people. An empty `base_url` is the
    preset's own. The key is never shown or logged, and sent only to the provider.
    """

    preset: str
    name: str
    base_url: str = ""
    key: ApiKey = field(default=lambda: "", repr=False)
