"""Whether a value is one that a setting may have."""

from __future__ import annotations

import re
from pathlib import Path

from chat.conf.declaration import Declaration
from chat.conf.kind import Kind
from chat.conf.options import checked_option
from chat.conf.wrong_value import WrongValueError
from chat.network.origin import parse_origin

_DEVICE = re.compile(r"auto|cpu|mps|cuda(:[0-9]{1,3})?")
_KEEP_ALIVE = re.compile(r"(-?\d+(\.\d+)?|-?(\d+(\.\d+)?(h|m|s|ms))+)?")
_LOCAL_NAME = re.compile(r"([a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?\.local)?")
_SITE = re.compile(
    r"https?://([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(:[0-9]{1,5})?(/[A-Za-z0-9._~%@:+-]+)*"
)
_ANY = re.compile(r".*", re.DOTALL)
_FORMS = {
    Kind.DEVICE: (_DEVICE, "auto, cpu, cuda, cuda:1, mps", "auto, cpu, cuda, cuda:1, mps"),
    Kind.KEEP_ALIVE: (_KEEP_ALIVE, "30m、3600 或 -1", "30m, 3600, or -1"),
    Kind.LOCAL_NAME: (_LOCAL_NAME, "myllm.local 这样的名称", "a name such as myllm.local"),
}
_LISTS = frozenset({Kind.NAMES, Kind.MODELS, Kind.HOSTS, Kind.PROXIES, Kind.SOURCES, Kind.ORIGINS})


def checked(declared: Declaration, value: object) -> object:
    """The value as the settings' dataclass has it. Raises `WrongValueError`."""
    match declared.setting.kind:
        case Kind.NUMBER:
            return _number(declared, value)
        case Kind.FLAG:
            return _flag(value)
        case Kind.OPTION:
            return None if value is None else checked_option(declared.name, value)
        case Kind.FOLDER:
            return _folder(value)
        case kind if kind in _LISTS:
            return _listed(kind, value)
    return _word(declared, value)


def checked_number(declared: Declaration, value: int) -> int:
    """Raises `WrongValueError` unless it is within the bounds."""
    low, high = declared.setting.low, declared.setting.high
    if not low <= value <= high:
        raise _outside(low, high)
    return value


def checked_word(declared: Declaration, value: str) -> str:
    """Raises `WrongValueError` unless the text has the form of the setting's kind."""
    setting = declared.setting
    if setting.kind is Kind.CHOICE and value not in setting.choices:
        raise _not_one_of("、".join(setting.choices), ", ".join(setting.choices))
    if setting.kind is Kind.SITE and not _SITE.fullmatch(value):
        raise _not_one_of(
            f"{declared.default} 这样的地址", f"an address such as {declared.default}"
        )
    form, chinese, english = _FORMS.get(setting.kind, (_ANY, "", ""))
    if not form.fullmatch(value):
        raise _not_one_of(chinese, english)
    return value


def checked_origin(value: str) -> str:
    """Raises `WrongValueError` for what no page of a browser or an App has for its origin."""
    if str(parse_origin(value)) != value:
        raise _not_one_of("https://a.example", "https://a.example")
    return value


def _number(declared: Declaration, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _outside(declared.setting.low, declared.setting.high)
    return checked_number(declared, value)


def _word(declared: Declaration, value: object) -> str:
    if not isinstance(value, str):
        raise WrongValueError("请用文字", "use a string")
    if declared.setting.kind is Kind.ORIGIN:
        return value and checked_origin(value)
    return checked_word(declared, value)


def _folder(value: object) -> Path:
    if not isinstance(value, str | Path) or not str(value):
        raise WrongValueError("请用文件夹的路径", "use a folder's path")
    return Path(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise WrongValueError("请用 True 或 False", "use True or False")
    return value


def _listed(kind: Kind, value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise WrongValueError("请用文字的列表", "use a list of strings")
    return tuple(map(checked_origin, value)) if kind is Kind.ORIGINS else tuple(value)


def _outside(low: int, high: int) -> WrongValueError:
    return WrongValueError(
        f"请用 {low} 到 {high} 的整数", f"use a whole number from {low} to {high}"
    )


def _not_one_of(chinese: str, english: str) -> WrongValueError:
    return WrongValueError(f"请用 {chinese}", f"use {english}")
