"""Models as lines in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from chat.terminal.language import pick
from chat.text.names import on_one_line
from hosting.model_list.access import Entry

_STATES = {
    "absent": ("未下载", "not downloaded"),
    "unloaded": ("未加载", "not loaded"),
    "fetching": ("下载中", "downloading"),
    "loading": ("加载中", "loading"),
    "ready": ("可用", "ready"),
    "failed": ("失败", "failed"),
}
_VERDICTS = {
    "fits": ("放得下", "fits"),
    "tight": ("勉强放得下", "tight"),
    "too_large": ("放不下", "too large"),
    "no_disk": ("磁盘不够", "not enough disk"),
}


def listed_line(model: Entry) -> str:
    """The default is marked with `*`."""
    mark = "*" if model["default"] else " "
    return f"{mark} " + _joined(
        model["id"],
        "" if model["name"] == model["id"] else model["name"],
        _state(model),
        *_about(model),
        pick("仅管理员", "owner only") if model["owner_only"] else "",
        pick("来自设置", "from settings") if model["from_settings"] else "",
    )


def offered_line(entry: Entry) -> str:
    """`+` marks what is recommended for this computer."""
    fit = entry["fit"]
    rate = fit["tokens_per_second"]
    mark = "+" if entry["recommended"] else " "
    return f"{mark} " + _joined(
        entry["id"],
        size(entry["size"]),
        pick(*_VERDICTS[fit["verdict"]]),
        "" if rate is None else pick(f"约 {rate:.0f} 词元/秒", f"about {rate:.0f} tokens/s"),
        *_about(entry | {"size": None}),
        entry["unusable"] or "",
        pick("已在列表中", "on the list") if entry["listed"] else "",
    )


def found_line(entry: Entry) -> str:
    """Begins with the spec that adds it."""
    return "  " + _joined(
        entry["spec"],
        entry["origin"],
        size(entry["size"]),
        entry["quantisation"],
        entry["unsuitable"] or "",
        pick("已在列表中", "on the list") if entry["listed"] else "",
    )


def detail_lines(model: Entry) -> Iterator[str]:
    """All fields, as `name: value`."""
    yield on_one_line(f"{model['name']} ({model['id']})")
    for name, value in model.items():
        if name not in ("id", "name") and value not in (None, "", [], False):
            yield f"  {name}: {on_one_line(str(value))}"


def size(number: int | None) -> str:
    """Bytes as people read them; "" if unknown."""
    if number is None:
        return ""
    return f"{number / 1e9:.1f} GB" if number >= 1e9 else f"{number / 1e6:.0f} MB"


def _state(model: Entry) -> str:
    state = pick(*_STATES[model["state"]])
    return f"{state}: {model['error']}" if model["error"] else state


def _about(model: Entry) -> Iterator[str]:
    yield size(model.get("size"))
    yield model["quantisation"]
    context = model["context_tokens"]
    yield pick(f"上下文 {context}", f"context {context}") if context else ""
    yield model["licence"]
    yield " ".join(model["languages"])
    yield pick("续写模型", "base model") if model["is_base"] else ""
    yield " ".join(model["abilities"])
    if provider := model.get("provider"):
        yield pick(
            f"由 {provider} 提供，问题会离开这台电脑", f"at {provider}, leaves this computer"
        )


def _joined(*parts: str) -> str:
    return "  ".join(on_one_line(part) for part in parts if part)
