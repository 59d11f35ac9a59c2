"""The caller: the member, the device, and the rights."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

OWNER = "everyone"
"""The id of the first member, the owner of the computer. Versions without pairing stored all data
under this id.
"""
VISITORS = "visitors"
"""The owner id of the data that unpaired callers of an open server share."""
REMOVED = "removed"
"""The owner id of conversations that are being deleted; no member has it."""


class Role(StrEnum):
    """Roles, the one with the most rights first."""

    OWNER = "owner"
    MEMBER = "member"
    GUEST = "guest"
    VISITOR = "visitor"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: `owner` is whose conversations they are, `device` what limits count. With
    `is_owner` the login says that an owner asks.
    """

    owner: str
    device: str
    is_owner: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """An authenticated caller.

    `owner` is the member whose conversations are meant. `device` is what limits count: the
    paired device or key, or without one the caller's address. With `is_key` a program calls.
    """

    owner: str
    device: str
    role: Role
    is_paired: bool = False
    is_key: bool = False


TERMINAL = Identity(OWNER, "terminal", Role.OWNER)
"""Whoever runs a command on the computer itself."""


def actor_of(caller: Identity) -> Actor:
    """The caller as use cases know them that ask for no role. Keys of the owner's use what the
    owner may.
    """
    return Actor(caller.owner, caller.device, caller.role is Role.OWNER)
