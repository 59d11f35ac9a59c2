"""The settings of an application out of one dictionary of Django's settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured

from chat.conf.declaration import Declaration, declarations
from chat.conf.values import checked
from chat.conf.wrong_value import WrongValueError

S = TypeVar("S")


def read_settings(settings: type[S], name: str, given: object) -> S:
    """An instance of the dataclass `settings`; what `given`, the value of Django's setting `name`,
    leaves out has its default.

    Raises `ImproperlyConfigured` with all keys that are unknown or have a wrong value.
    """
    if not isinstance(given, Mapping):
        raise ImproperlyConfigured(f"{name}：请用字典。 (use a dictionary)")
    known = {declared.key: declared for declared in declarations(settings)}
    wrong = list(_wrong(known, name, given))
    if wrong:
        raise ImproperlyConfigured("\n".join(wrong))
    return settings(**{known[key].name: checked(known[key], given[key]) for key in given})


def _wrong(
    known: Mapping[str, Declaration], name: str, given: Mapping[object, object]
) -> Iterator[str]:
    for key, value in given.items():
        if not isinstance(key, str) or key not in known:
            yield f"{name}[{key!r}]：没有这一项设置。 (there is no such setting)"
            continue
        try:
            checked(known[key], value)
        except WrongValueError as error:
            yield f"{name}[{key!r}] = {value!r} 无效：{error.chinese}。 ({error.english})"
