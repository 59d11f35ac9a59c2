"""The settings that an application declares, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields

from chat.conf.group import Group
from chat.conf.setting import SETTING, Setting


@dataclass(frozen=True, slots=True)
class Declaration:
    """A setting with its name and its group. `default` is None where it depends on the project."""

    name: str
    group: Group
    setting: Setting
    default: object

    @property
    def key(self) -> str:
        """Its name in the dictionary of Django's settings."""
        return self.name.upper()

    @property
    def variable(self) -> str:
        """The environment variable that our own project reads it from."""
        return self.setting.variable or f"MYLLM_{self.key}"

    @property
    def is_limit(self) -> bool:
        """Whether it is one of those that hardly anybody changes."""
        return self.group is Group.LIMITS and not self.setting.is_internal


def declarations(settings: type) -> tuple[Declaration, ...]:
    """All of a dataclass whose bases are groups: each has a `GROUP` and its own fields."""
    owners = (owner for owner in settings.__mro__ if "GROUP" in vars(owner))
    return tuple(declared for owner in owners for declared in _of(owner))


def _of(owner: type) -> Iterator[Declaration]:
    for one in fields(owner):
        default = None if one.default is MISSING else one.default
        yield Declaration(one.name, vars(owner)["GROUP"], one.metadata[SETTING], default)
