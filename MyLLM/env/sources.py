"""Where packages come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.core.exceptions import ImproperlyConfigured

from chat.terminal.refusal import Refusal
from hosting.sources.candidates import Candidates

Found = Callable[[Mapping[str, str]], Candidates]


def sources(environ: Mapping[str, str], found: Found) -> tuple[str, ...]:
    """URLs that packages may come from, the first to be asked first: the variable's, else what is
    `found`. Raises `ImproperlyConfigured` for a variable that holds something else.
    """
    try:
        return found(environ).all
    except Refusal as refusal:
        raise ImproperlyConfigured(str(refusal)) from None
