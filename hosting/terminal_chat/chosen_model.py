"""Finds a model by the text that a user types."""

from __future__ import annotations

from collections.abc import Sequence

from chat.terminal.language import pick
from chat.terminal.refusal import Refusal
from chat.text.names import on_one_line
from hosting.terminal_chat.session import Frame


def chosen_model(models: Sequence[Frame], typed: str) -> str:
    """Its id: the exact one, else the only one whose id or name contains this text.

    Raises `Refusal` if there is none, or more than one.
    """
    if any(one["id"] == typed for one in models):
        return typed
    words = typed.casefold()
    found = [one["id"] for one in models if words in f"{one['id']}\n{one['name']}".casefold()]
    if len(found) == 1:
        return str(found[0])
    listed = ", ".join(on_one_line(model) for model in found or [one["id"] for one in models])
    if found:
        raise Refusal(pick(f"「{typed}」不止一个：{listed}。", f"“{typed}” is several: {listed}."))
    raise Refusal(
        pick(f"没有模型「{typed}」；有：{listed}。", f"No model “{typed}”; there are {listed}.")
    )


def model_lines(models: Sequence[Frame], chosen: str | None) -> list[str]:
    """One line each; the chosen model is marked."""
    return [
        f"{'*' if is_chosen(one, chosen) else ' '} {on_one_line(one['id'])}  "
        f"{on_one_line(one['name'])}"
        for one in models
    ]


def is_chosen(model: Frame, chosen: str | None) -> bool:
    """Whether this model answers now."""
    return bool(model["id"] == chosen if chosen else model["default"])
