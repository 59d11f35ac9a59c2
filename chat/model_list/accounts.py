"""Accounts at providers with their current keys."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from chat.encryption import decrypt
from chat.store.providers import StoredProvider
from inference import Account, environment_account, find_preset

logger = logging.getLogger(__name__)


class Accounts:
    """Decrypted keys, kept in memory. Models read the key at every request, so a new one is used
    from the next request on. A key is only sent to the address that it was stored with.
    """

    def __init__(self) -> None:
        self._keys: dict[str, tuple[str, str]] = {}
        """The keys with the addresses of their accounts."""

    def remember(self, providers: Iterable[StoredProvider]) -> None:
        """Decrypt and keep their keys. Blocks."""
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
        """Delete the key of a removed provider."""
        self._keys.pop(provider, None)

    def has_stored_key(self, provider: str) -> bool:
        """Whether it has a key that can be decrypted."""
        return bool(self._keys.get(provider, ("", ""))[1])

    def account(self, provider: StoredProvider) -> Account:
        """The account for its models. Without a stored key it uses the one in the environment."""
        preset = find_preset(provider.preset)
        inherited = environment_account(preset, provider.base_url).key if preset else lambda: ""

        def key() -> str:
            base_url, stored = self._keys.get(provider.id, ("", ""))
            return (stored if base_url == provider.base_url else "") or inherited()

        return Account(provider.preset, provider.name, provider.base_url, key)
