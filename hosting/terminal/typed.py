r"""Values as people type and paste them. Standard library only: the bootstrap reads some as well.

cmd's `set NAME="value"  # comment` keeps the quotes and the comment, and passes `"C:\models\"` on
as `C:\models"`, its last backslash taken for an escape.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from pathlib import Path

_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’"}
_COMMENT = re.compile(r"(^|\s+)#.*$", re.DOTALL)
_QUOTED = re.compile(r"""(["'“‘])(?P<value>.*?)(["'”’])(\s+#.*)?""", re.DOTALL)
FREE_TEXT = frozenset({"MYLLM_SYSTEM_PROMPT", "MYLLM_SECRET_KEY"})
"""Every character of these may be intended."""
_LISTS = frozenset({"MYLLM_MODELS"})
_OTHERS = frozenset({"HF_ENDPOINT"})
"""The libraries that download read these, too."""


def tidy(value: str) -> str:
    """Without surrounding blanks, one pair of quotes or a `"` at one end, and a comment, which is a
    `#` after a blank. Text between quotes is kept, including `#`.
    """
    value = value.strip()
    quoted = _QUOTED.fullmatch(value)
    if quoted and _QUOTES[quoted[1]] == quoted[3] and quoted[3] not in quoted["value"]:
        return quoted["value"].strip()
    bare = _COMMENT.sub("", value)
    if bare.count('"') == 1:
        bare = bare.removeprefix('"').removesuffix('"')
    return bare.strip()


def tidy_list(value: str) -> list[str]:
    """The items of a comma separated list, each tidy, without empty ones."""
    parts = (tidy_name(part) for part in tidy_name(value).split(","))
    return [part for part in parts if part]


def tidy_name(value: str) -> str:
    """As `tidy` for a value that may be a file or folder: unchanged if one of exactly this name
    exists.
    """
    return value.strip() if _exists(value.strip()) else tidy(value)


def tidy_environment(environ: MutableMapping[str, str]) -> None:
    """Make MyLLM's own variables tidy, except free text. Idempotent."""
    for name, value in list(environ.items()):
        if (name.startswith("MYLLM_") and name not in FREE_TEXT) or name in _OTHERS:
            made = ",".join(tidy_list(value)) if name in _LISTS else tidy_name(value)
            environ[name] = made if tidy(made) == made else value


def _exists(name: str) -> bool:
    try:
        return bool(name) and Path(name).expanduser().exists()
    except (OSError, ValueError, RuntimeError):
        return False  # an invalid name, or the home of an unknown user
