"""A file that cannot be imported, and where in it the reason stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from chat.errors import ChatError, ErrorCode
from chat.storable import storable
from chat.transfer.json_reader import MalformedJsonError

_INNER = " - at `$"


def refused(reason: str) -> ChatError:
    """`bad_import`; a longer reason is cut."""
    return ChatError(ErrorCode.BAD_IMPORT, reason=storable(reason)[:500])


@contextmanager
def reading(place: str) -> Iterator[None]:
    """What is no JSON, or not of the expected shape, is refused as something at `place`."""
    try:
        yield
    except msgspec.ValidationError as error:
        what, _, inner = str(error).partition(_INNER)
        raise refused(f"{what} - at `{place}{inner.rstrip('`')}`") from None
    except (msgspec.DecodeError, MalformedJsonError, RecursionError, UnicodeError) as error:
        raise refused(f"not valid JSON at `{place}` ({error})") from None
