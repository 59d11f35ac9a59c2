"""Prepares a provider's message for display and logs: short, in one line, without a key."""

from __future__ import annotations

import re

_MOST = 200
_KEY = re.compile(
    r"""(?:Bearer\s+\S+)                                  # a header
      | (?:\b(?:sk|gsk|xai|rk|pk|ak|tp|bce-v3|AIza)[-_/A-Za-z0-9*.]{6,})  # keys by their beginnings
      | (?:\b[0-9A-Za-z_]{32,}(?:[.:][0-9A-Za-z_]+)?)     # any other long secret
    """,
    re.VERBOSE,
)
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_HIDDEN = "***"


def quoted(text: str, key: str = "") -> str:
    """At most 200 characters, without `key` and without whatever else looks like one."""
    if key:
        text = text.replace(key, _HIDDEN)
    text = _KEY.sub(_HIDDEN, text[: 16 * _MOST])
    line = _CONTROL.sub(" ", text).strip()
    return line if len(line) <= _MOST else f"{line[: _MOST - 1]}…"
