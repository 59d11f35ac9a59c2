"""Generates the reference page `docs/settings.md` from the settings' declarations."""

from __future__ import annotations

from collections.abc import Iterator

from chat.conf import ChatSettings
from chat.conf.declaration import Declaration, declarations
from chat.conf.group import Group
from hosting.conf import HostingSettings
from hosting.reference.settings_text import INTRODUCTION, LIMITS, PROJECT_VARIABLES, Row

_VARIABLES = "| variable | default | 说明 | meaning |\n|---|---|---|---|"
_LIMITS = "| limit | default | 说明 | meaning |\n|---|---|---|---|"


def render() -> str:
    """Every group with its environment variables, then all limits."""
    declared = [*declarations(ChatSettings), *declarations(HostingSettings)]
    known = [one for one in declared if not one.setting.is_internal]
    groups = [_group(group, known) for group in Group if group is not Group.LIMITS]
    limits = [_row(_described(one.name, one)) for one in known if one.is_limit]
    title = f"## {Group.LIMITS.chinese} {Group.LIMITS.english}"
    return "\n".join([INTRODUCTION, *groups, title, "", LIMITS, _LIMITS, *limits, ""])


def _group(group: Group, known: list[Declaration]) -> str:
    rows = [_described(one.variable, one) for one in known if one.group is group]
    rows += PROJECT_VARIABLES.get(group, ())
    return "\n".join([f"## {group.chinese} {group.english}\n", _VARIABLES, *map(_row, rows), ""])


def _described(name: str, one: Declaration) -> Row:
    setting = one.setting
    return Row(name, setting.shown or _code(one.default), setting.zh, setting.en)


def _row(row: Row) -> str:
    cells = (f"`{row.name}`", row.default, row.zh, row.en)
    return "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"


def _code(default: object) -> str:
    """As it is written in a variable."""
    shown = ",".join(_words(default))
    return f"`{shown}`" if shown else ""


def _words(default: object) -> Iterator[str]:
    if isinstance(default, tuple):
        yield from default
    elif default is not None:
        yield str(int(default) if isinstance(default, bool) else default)
