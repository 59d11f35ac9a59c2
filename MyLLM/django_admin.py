"""Prepares a process of `django-admin` or `python -m django` as `manage.py` would.

Standard library only: the packages may be missing.
"""

from __future__ import annotations

import sys
from collections.abc import MutableMapping, Sequence
from pathlib import Path
from types import TracebackType

from chat.terminal.refusal import Refusal
from hosting.terminal.flags import flags_to_environment
from hosting.terminal.typed import tidy_environment
from MyLLM.places import places
from MyLLM.running import follow_running_server


def is_django_admin(argv: Sequence[str]) -> bool:
    """Whether the process was started by Django's own command."""
    path = Path(argv[0]) if argv else Path()
    return path.stem == "django-admin" or path.parts[-2:] == ("django", "__main__.py")


def prepare(argv: Sequence[str], environ: MutableMapping[str, str]) -> None:
    """Apply flags and the running server's address to `environ`; print refusals as sentences."""
    flags_to_environment(argv[1:], environ)
    tidy_environment(environ)
    follow_running_server(argv, environ, places(environ).data)
    sys.excepthook = report


def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A `sys.excepthook` that prints errors for people without a traceback."""
    # Django may be missing, so its exception is recognised by its name.
    if issubclass(kind, Refusal) or kind.__name__ == "ImproperlyConfigured":
        print(error, file=sys.stderr)
    else:
        sys.__excepthook__(kind, error, trace)
