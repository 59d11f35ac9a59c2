"""Models being fetched and loaded, as lines in the terminal."""

from __future__ import annotations

from collections.abc import AsyncIterator

from chat.errors import ErrorCode
from chat.management.terminal.language import pick, prefers_chinese
from chat.management.terminal.progress import ProgressLine
from chat.names import on_one_line
from chat.sentences import sentence
from inference import ModelCard, ModelState


async def show_models(changes: AsyncIterator[tuple[ModelCard, ...]]) -> None:
    """Follow `changes` for as long as they come."""
    lines: dict[str, ModelLine] = {}
    async for cards in changes:
        for card in cards:
            lines.setdefault(card.id, ModelLine()).show(card)


class ModelLine:
    """One model's line; a new one begins with every state."""

    def __init__(self) -> None:
        self._state = ModelState.ABSENT
        self._line: ProgressLine | None = None

    def show(self, card: ModelCard) -> None:
        if card.state is not self._state:
            self._enter(card)
        if self._line:
            self._line.show("" if card.progress is None else f"{card.progress:.0%}")

    def _enter(self, card: ModelCard) -> None:
        self._state = card.state
        if self._line:
            self._line.done(outcome(card))
        name = on_one_line(card.name)
        titles = {
            ModelState.FETCHING: pick(f"下载模型 {name}", f"Downloading {name}"),
            ModelState.LOADING: pick(f"加载模型 {name}", f"Loading {name}"),
        }
        title = titles.get(card.state)
        self._line = ProgressLine(title) if title else None


def outcome(card: ModelCard) -> str:
    """How the last state ended."""
    if card.error is None:
        return pick("完成", "finished")
    locale = "zh" if prefers_chinese() else "en"
    return on_one_line(sentence(ErrorCode(card.error.code.value), card.error.detail, locale))
