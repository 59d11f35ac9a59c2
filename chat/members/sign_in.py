"""Signing in by a name and a password: as a member, in place of a code."""

from __future__ import annotations

from functools import lru_cache

from chat.conf import conf
from chat.errors import ChatError, ErrorCode
from chat.members.hashing import hashing
from chat.members.pairing import Paired, admit
from chat.members.passwords import matches
from chat.members.rate_limit import Attempts
from chat.store import in_database
from chat.store.members import find_password
from chat.text.names import clean


async def sign_in(member: str, password: str, name: str, address: str) -> Paired:
    """A new device called `name`, for a caller who knows the password of `member`.

    Raises `ChatError`: `wrong_password`, `bad_field`, `too_many_attempts`, `overloaded`.
    """
    member, name = clean(member), clean(name)
    attempt = attempts().take(address, f"member {member}")
    try:
        key, kept = await in_database(find_password, member) or ("", None)
        is_right = await hashing().run(matches, password, kept)
    except ChatError:
        attempts().withdraw(attempt)
        raise
    if not is_right:
        raise ChatError(ErrorCode.WRONG_PASSWORD)
    attempts().succeed(attempt)
    return await admit(key, name)


@lru_cache(maxsize=1)
def attempts() -> Attempts:
    """All passwords of this process, those of the admin site's accounts included."""
    return Attempts(conf().pairing_attempts_per_address, conf().pairing_attempts)
