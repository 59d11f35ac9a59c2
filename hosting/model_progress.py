"""Models being downloaded and loaded, as lines in the terminal."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator

from chat.errors import ErrorCode
from chat.errors.sentences import sentence
from chat.terminal.language import pick, prefers_chinese
from chat.terminal.progress import ProgressLine
from chat.text.names import on_one_line
from inference import SMOLLM2, Download, ModelCard, ModelNote, ModelState

MEGABYTE = 1_000_000


async def show_models(changes: AsyncIterator[tuple[ModelCard, ...]]) -> None:
    """Display `changes` until they end."""
    lines: dict[str, ModelLine] = {}
    async for cards in changes:
        for card in cards:
            lines.setdefault(card.id, ModelLine()).show(card)


class ModelLine:
    """One model's line; a new one begins with every state and every source that fails."""

    def __init__(self) -> None:
        self._state = ModelState.ABSENT
        self._line: ProgressLine | None = None
        self._given_up: tuple[str, ...] = ()

    def show(self, card: ModelCard) -> None:
        if card.state is not self._state:
            self._enter(card)
        if card.download and card.download.given_up != self._given_up:
            self._show_given_up(card.download)
        if self._line:
            self._line.show(_detail(card))

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

    def _show_given_up(self, download: Download) -> None:
        """Ends the line with the failed sources; the next source begins another."""
        new = download.given_up[len(self._given_up) :]
        self._given_up = download.given_up
        if self._line and new:
            self._line.done(source_failed(on_one_line("、".join(new))))


def outcome(card: ModelCard) -> str:
    """The end of the last state."""
    if card.error is None:
        return pick("完成", "finished")
    locale = "zh" if prefers_chinese() else "en"
    return on_one_line(sentence(ErrorCode(card.error.code.value), card.error.detail, locale))


def source_failed(source: str) -> str:
    """The sentence for a source that failed."""
    return pick(
        f"{source} 没有数据或连不上，换一个下载源；一直不行时请检查网络和代理",
        f"{source} sends nothing or cannot be reached, trying another source; if that goes on, "
        "check the network and the proxy",
    )


def how_far(download: Download) -> str:
    """Megabytes, and the source."""
    done, total = download.done // MEGABYTE, download.total // MEGABYTE
    return f"{done}/{total} MB" + (f" · {on_one_line(download.source)}" if download.source else "")


def announce(name: str, download: Download) -> None:
    """Print the size before the download: a phone's hotspot may be metered."""
    size = (download.total - download.done) // MEGABYTE
    smaller = SMOLLM2.size // MEGABYTE
    way_out = pick(
        f"流量有限时按 Ctrl-C，改用 --model smollm2（{smaller} MB，只会英语）。",
        f"On a metered connection press Ctrl-C and use --model smollm2 ({smaller} MB, English "
        "only).",
    )
    what = pick(
        f"第一次使用要下载模型 {name}：{size} MB，中断后会接着下载。",
        f"The first start downloads the model {name}: {size} MB, resumed if it breaks off.",
    )
    is_small = download.total <= SMOLLM2.size
    print(what if is_small else f"{what} {way_out}", file=sys.stderr, flush=True)


def print_notes(cards: tuple[ModelCard, ...]) -> None:
    """Print why the model differs from the usual one."""
    if any(ModelNote.LITTLE_MEMORY in card.notes for card in cards):
        sentences = pick(
            "可用内存不到 1.5 GB，改用更小的内置模型 SmolLM2（只会英语）。"
            "关掉一些程序后重新启动，就会用会中文的 Qwen2.5。",
            "Less than 1.5 GB of memory is free, so the smaller built-in model SmolLM2 is used, "
            "which speaks English only. Close some programs and start again to get Qwen2.5.",
        )
        print(sentences, file=sys.stderr, flush=True)


def _detail(card: ModelCard) -> str:
    if card.download is not None:
        return how_far(card.download)
    return "" if card.progress is None else f"{card.progress:.0%}"
