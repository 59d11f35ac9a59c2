"""The error for a file that cannot be imported, with the place of the reason."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import msgspec

from chat.errors import ChatError, ErrorCode
from chat.text.storable import storable
from chat.transfer.json_reader import MalformedJsonError, UnexpectedValueError

_INNER = " - at `$"


Why = Literal["unreadable", "too_large", "empty", "unknown"]
"""Why one conversation of a file cannot be imported."""


class RefusedError(ChatError):
    """`bad_import` with the kind of the reason."""

    def __init__(self, reason: str, why: Why) -> None:
        self.reason = storable(reason)[:500]
        super().__init__(ErrorCode.BAD_IMPORT, reason=self.reason, why=why)
        self.why: Why = why


def refused(reason: str, why: Why = "unreadable") -> RefusedError:
    """A `bad_import` error; long reasons are cut."""
    return RefusedError(reason, why)


@contextmanager
def reading(place: str) -> Iterator[None]:
    """Turns errors of syntax and of types inside the block into `bad_import` at `place`."""
    try:
        yield
    except msgspec.ValidationError as error:
        what, _, inner = str(error).partition(_INNER)
        raise refused(f"{what} - at `{place}{inner.rstrip('`')}`") from None
    except UnexpectedValueError as error:
        raise refused(f"Expected `{error.expected}` - at `{place}`") from None
    except (msgspec.DecodeError, MalformedJsonError, RecursionError, UnicodeError) as error:
        raise refused(f"not valid JSON at `{place}` ({error})") from None
