"""What `manage.py` sees to before Django is imported, for `django-admin` and `python -m django`.

Standard library only: it comes before it is known whether the packages are there.
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
    """Turn flags into settings, mean the server that runs, and have whatever is refused told in a
    sentence.
    """
    flags_to_environment(argv[1:], environ)
    tidy_environment(environ)
    follow_running_server(argv, environ, places(environ).data)
    sys.excepthook = tell


def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """`sys.excepthook`: of what is meant for people the sentence alone."""
    # Django may be what is missing, so its exception is known by its name.
    if issubclass(kind, Refusal) or kind.__name__ == "ImproperlyConfigured":
        print(error, file=sys.stderr)
    else:
        sys.__excepthook__(kind, error, trace)
