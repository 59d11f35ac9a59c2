"""The sources of packages."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.core.exceptions import ImproperlyConfigured

from chat.terminal.refusal import Refusal
from hosting.sources.candidates import Candidates

Found = Callable[[Mapping[str, str]], Candidates]


def sources(environ: Mapping[str, str], found: Found) -> tuple[str, ...]:
    """URLs of package sources, the first to be tried first: the variable's, else `found`. Raises
    `ImproperlyConfigured` for a variable with anything else.
    """
    try:
        return found(environ).all
    except Refusal as refusal:
        raise ImproperlyConfigured(str(refusal)) from None
