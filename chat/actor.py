"""Who calls: whose things are asked for, from which device, and with what rights."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

OWNER = "everyone"
"""The id of the first member. Everything belonged to this id before devices could be paired, so
it all belongs to the owner of the computer now and nothing had to be moved.
"""
VISITORS = "visitors"
"""Whose things they are that unpaired callers of an open server share."""
REMOVED = "removed"
"""The owner of conversations whose rows are yet to be deleted; no member has this id."""


class Role(StrEnum):
    """What somebody may do, beginning with whoever may do all."""

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
    """A caller who was let in.

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
