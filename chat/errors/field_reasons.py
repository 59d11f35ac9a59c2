"""Why a field cannot be read, in Chinese; msgspec says it in English."""

from __future__ import annotations

import re

from chat.errors.codes import Detail

_TYPES = {
    "int": "整数",
    "float": "数",
    "str": "文字",
    "bool": "true 或 false",
    "array": "数组",
    "object": "对象",
}
_RELATIONS = {">=": "不小于", "<=": "不大于", ">": "大于", "<": "小于"}
_PLACE = re.compile(r"(?P<what>.*?)(?: - at `(?P<place>[^`]*)`)?", re.DOTALL)
_BOUND = re.compile(r"Expected `[^`]*` (?P<length>of length )?(?P<than>[<>]=?) (?P<bound>\S+)")
_TYPE = re.compile(r"Expected `(?P<wanted>[^`]*)`(?:, got `(?P<got>[^`]*)`)?")
_OTHERS = (
    (re.compile(r"Invalid enum value (?P<value>.*)", re.DOTALL), "不能是 {value}"),
    (re.compile(r"Expected `str` matching regex .*", re.DOTALL), "含有不能用的字符"),
    (re.compile(r"Number out of range"), "数太大"),
    (re.compile(r"Object missing required field (?P<name>`.*`)"), "缺少 {name}"),
    (
        re.compile(r"`json_schema` belongs to the type `json_schema`, and to no other"),
        "`json_schema` 和类型 `json_schema` 缺一不可",
    ),
    (re.compile(r"`type` or `message` is missing"), "缺少 `type` 或 `message`"),
)


def with_field_reason(detail: Detail, *, chinese: bool) -> Detail:
    """The detail of `bad_field`; a reason that is none of msgspec's stays as it is."""
    reason = detail.get("reason")
    if not chinese or not isinstance(reason, str):
        return detail
    found = _PLACE.fullmatch(reason)
    words = _words(found["what"]) if found else None
    if not found or words is None:
        return detail
    place = f"`{found['place']}` " if found["place"] else ""
    return detail | {"reason": place + words}


def _words(what: str) -> str | None:
    if bound := _BOUND.fullmatch(what):
        subject = "的长度应" if bound["length"] else "应"
        return f"{subject}{_RELATIONS[bound['than']]} {bound['bound']}"
    if kind := _TYPE.fullmatch(what):
        got = f"，不能是{_types(kind['got'])}" if kind["got"] else ""
        return f"应为{_types(kind['wanted'])}{got}"
    for pattern, words in _OTHERS:
        if other := pattern.fullmatch(what):
            return words.format_map(other.groupdict())
    return None


def _types(names: str) -> str:
    """Of a value; that a field may be null, too, is no help to whoever wanted to fill it."""
    several = [name for name in names.split(" | ") if name != "null"] or ["null"]
    return "或".join(f" {_TYPES.get(name, name)} " for name in several).rstrip()
