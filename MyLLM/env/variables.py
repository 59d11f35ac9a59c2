"""The environment variable of each setting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.exceptions import ImproperlyConfigured

from chat.conf.declaration import Declaration
from chat.terminal.language import pick
from MyLLM.env.typed import Typed
from MyLLM.limits import VARIABLE, limits_in


def typed_in(environ: Mapping[str, str], declared: Declaration) -> Typed | None:
    """The text for a setting, None if it is not set. `MYLLM_LIMITS` takes precedence for limits."""
    limits = limits_in(environ) if declared.is_limit else {}
    if declared.name in limits:
        return Typed(f"{VARIABLE}: {declared.name}", limits[declared.name])
    text = environ.get(declared.variable)
    return None if text is None else Typed(declared.variable, text)


def check_limits(environ: Mapping[str, str], known: Iterable[Declaration]) -> None:
    """Raises `ImproperlyConfigured` for an unknown name in `MYLLM_LIMITS`."""
    names = {declared.name for declared in known if declared.is_limit}
    for name in limits_in(environ):
        if name not in names:
            raise ImproperlyConfigured(
                f"{VARIABLE}：没有 {name!r} 这一项限制，见 docs/settings.md。 "
                f"(there is no limit {name!r}, see docs/settings.md)"
            )


def notices(environ: Mapping[str, str], known: Iterable[Declaration]) -> tuple[str, ...]:
    """Sentences about limits that are set by their own variables, with the new spelling, in the
    terminal's language.
    """
    old = [one for one in known if one.is_limit and one.variable in environ]
    if not old:
        return ()
    limits = {one.name: environ[one.variable] for one in old} | limits_in(environ)
    names = ", ".join(one.variable for one in old)
    spelling = ",".join(f"{name}={value}" for name, value in limits.items())
    return (
        pick(
            f'{names} 仍然有效，今后请写成 {VARIABLE}="{spelling}"。',
            f'{names} still count; from now on write {VARIABLE}="{spelling}".',
        ),
    )
