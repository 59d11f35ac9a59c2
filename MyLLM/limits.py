"""The limits in one environment variable: `MYLLM_LIMITS="frame_bytes=65536,restarts=3"`.

Standard library only: the guard reads them without Django.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

VARIABLE = "MYLLM_LIMITS"
_SEPARATORS = re.compile(r"[\s,;，；、]+")


def limits_in(environ: Mapping[str, str]) -> dict[str, str]:
    """The limits by their names in lower case, as they were typed; "" without a `=`."""
    pairs = (
        part.partition("=") for part in _SEPARATORS.split(environ.get(VARIABLE, "").strip("\"' "))
    )
    return {_name(name): value for name, _, value in pairs if name}


def limit_in(environ: Mapping[str, str], name: str) -> str | None:
    """One limit as it was typed, from its own variable if `MYLLM_LIMITS` does not have it; None if
    neither does.
    """
    return limits_in(environ).get(name, environ.get(f"MYLLM_{name.upper()}"))


def _name(typed: str) -> str:
    return typed.lower().removeprefix("myllm_")
