"""Providers' accounts with the keys that they have now."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from chat.encryption import decrypt
from chat.store.providers import StoredProvider
from inference import Account, environment_account, find_preset

logger = logging.getLogger(__name__)


class Accounts:
    """Keys are in memory alone, and read by models at every request: one that is replaced counts
    from the next request on. One is sent only to the address that it was stored with.
    """

    def __init__(self) -> None:
        self._keys: dict[str, tuple[str, str]] = {}
        """Each with its account's address."""

    def remember(self, providers: Iterable[StoredProvider]) -> None:
        """Their keys as they are stored now. Blocks: keys are decrypted."""
        for provider in providers:
            key = decrypt(provider.key)
            if key is None:
                logger.warning(
                    "the key of provider %s cannot be decrypted with this server's secret key; "
                    "it has to be entered again",
                    provider.name,
                )
            self._keys[provider.id] = (provider.base_url, key or "")

    def forget(self, provider: str) -> None:
        """The provider was removed."""
        self._keys.pop(provider, None)

    def has_stored_key(self, provider: str) -> bool:
        """Whether a key was entered that can be read."""
        return bool(self._keys.get(provider, ("", ""))[1])

    def account(self, provider: StoredProvider) -> Account:
        """How its models are asked. Without a key of its own it has the environment's."""
        preset = find_preset(provider.preset)
        inherited = environment_account(preset, provider.base_url).key if preset else lambda: ""

        def key() -> str:
            base_url, stored = self._keys.get(provider.id, ("", ""))
            return (stored if base_url == provider.base_url else "") or inherited()

        return Account(provider.preset, provider.name, provider.base_url, key)
