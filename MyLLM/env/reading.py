"""Reads all settings of an application from the environment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from chat.conf.declaration import Declaration, declarations
from chat.conf.kind import Kind
from hosting.sources.indexes import npm_registries, pip_indexes
from MyLLM.env.folder import folder
from MyLLM.env.models import models
from MyLLM.env.network import hosts, origin, origins, proxies
from MyLLM.env.plain import flag, number, option, word
from MyLLM.env.sources import sources
from MyLLM.env.typed import Typed
from MyLLM.env.variables import typed_in

_BY_DECLARATION: Mapping[Kind, Callable[[Declaration, Typed], object]] = {
    Kind.NUMBER: number,
    Kind.OPTION: option,
}
_READERS: Mapping[Kind, Callable[[Typed], object]] = {
    Kind.FLAG: flag,
    Kind.TEXT: lambda typed: typed.text.strip(),
    Kind.NAMES: lambda typed: typed.items,
    Kind.MODELS: models,
    Kind.FOLDER: folder,
    Kind.ORIGIN: origin,
    Kind.ORIGINS: origins,
    Kind.HOSTS: hosts,
    Kind.PROXIES: proxies,
}
_SOURCES = {"pip_indexes": pip_indexes, "npm_registries": npm_registries}
_EMPTY_IS_UNSET = frozenset({Kind.CHOICE, Kind.DEVICE, Kind.FOLDER, Kind.MODELS, Kind.SITE})
"""A file of settings has an empty value (Docker Compose writes it so) where nothing was chosen."""


def read(
    settings: type, environ: Mapping[str, str], usual: Mapping[str, str] | None = None
) -> dict[str, object]:
    """The keys of the dataclass `settings` whose variables are set. `usual` has texts by key for
    variables that are not set.

    Raises `ImproperlyConfigured` with the name of a variable that has an invalid value.
    """
    return dict(_each(settings, environ, usual or {}))


def _each(
    settings: type, environ: Mapping[str, str], usual: Mapping[str, str]
) -> Iterator[tuple[str, object]]:
    for declared in declarations(settings):
        kind = declared.setting.kind
        if kind is Kind.SOURCES:
            yield declared.key, sources(environ, _SOURCES[declared.name])
            continue
        typed = typed_in(environ, declared)
        if typed is None or (kind in _EMPTY_IS_UNSET and not typed.word):
            typed = _usual(declared, usual)
        if typed is not None:
            yield declared.key, value(declared, typed)


def value(declared: Declaration, typed: Typed) -> object:
    """The typed value in the declared type. Raises `ImproperlyConfigured`."""
    if plain := _READERS.get(declared.setting.kind):
        return plain(typed)
    return _BY_DECLARATION.get(declared.setting.kind, word)(declared, typed)


def _usual(declared: Declaration, usual: Mapping[str, str]) -> Typed | None:
    text = usual.get(declared.key)
    return None if text is None else Typed(declared.variable, text)
