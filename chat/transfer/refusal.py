"""A file that cannot be imported, and where in it the reason stands."""

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
"""What may be wrong with one conversation of a file."""


class RefusedError(ChatError):
    """`bad_import`, and in one word why."""

    def __init__(self, reason: str, why: Why) -> None:
        self.reason = storable(reason)[:500]
        super().__init__(ErrorCode.BAD_IMPORT, reason=self.reason, why=why)
        self.why: Why = why


def refused(reason: str, why: Why = "unreadable") -> RefusedError:
    """`bad_import`; a longer reason is cut."""
    return RefusedError(reason, why)


@contextmanager
def reading(place: str) -> Iterator[None]:
    """What is no JSON, or not of the expected shape, is refused as something at `place`."""
    try:
        yield
    except msgspec.ValidationError as error:
        what, _, inner = str(error).partition(_INNER)
        raise refused(f"{what} - at `{place}{inner.rstrip('`')}`") from None
    except UnexpectedValueError as error:
        raise refused(f"Expected `{error.expected}` - at `{place}`") from None
    except (msgspec.DecodeError, MalformedJsonError, RecursionError, UnicodeError) as error:
        raise refused(f"not valid JSON at `{place}` ({error})") from None
