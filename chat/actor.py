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
    """The caller of a use case: `owner` is the member whose data is used, `device` the key for
    limits. `is_owner` is true if the login says that the caller is an owner.
    """

    owner: str
    device: str
    is_owner: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """An authenticated caller.

    `owner` is the member whose data is used. `device` is the key for limits: the paired device or
    API key, or without one the caller's address. With `is_key` the caller is a program.
    """

    owner: str
    device: str
    role: Role
    is_paired: bool = False
    is_key: bool = False


TERMINAL = Identity(OWNER, "terminal", Role.OWNER)
"""The caller of commands on the computer itself."""


def actor_of(caller: Identity) -> Actor:
    """The actor for use cases that need no role. The owner's API keys have the owner's rights."""
    return Actor(caller.owner, caller.device, caller.role is Role.OWNER)
