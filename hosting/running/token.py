"""A token for one command, if the server does not treat this computer as its owner."""

from __future__ import annotations

from chat.actor import OWNER
from chat.members.tokens import digest, new_token
from chat.store.devices import create_device, revoke_device
from chat.store.members import ensure_owner

_NAME = "manage.py"


class TemporaryToken:
    """Blocks. It grants nothing new: the command can write to the database."""

    def __init__(self) -> None:
        self.made: str | None = None
        self._device = ""

    def make(self) -> bool:
        """Returns whether a token was created now."""
        if self.made is not None:
            return False
        ensure_owner()
        token = new_token()
        self._device = create_device(OWNER, _NAME, digest(token)).id
        self.made = token
        return True

    def revoke(self) -> None:
        """Make the token invalid."""
        if self.made is not None:
            revoke_device(self._device, None)
            self.made = None
