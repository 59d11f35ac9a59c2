"""What a person reads while an answer has not begun: what it waits for, and how far that is."""

from __future__ import annotations

import math

from chat.errors.sentences import Sentence, is_chinese
from chat.run_events import QueuePosition
from inference import ModelCard, ModelState

_NEXT = Sentence("正在排队，下一个就是你{time}…", "Queued, you are next{time}…")
_QUEUED = Sentence(
    "正在排队，前面还有 {ahead} 个问题{time}…",
    "Queued, questions ahead of yours: {ahead}{time}…",
)
_ANSWER = Sentence(
    "正在等待这个对话的上一个回答结束…",
    "Waiting for the previous answer in this conversation to end…",
)
_MEMORY = Sentence(
    "内存不够同时运行两个模型，正在等待「{model}」回答完…",
    "There is not enough memory for two models; waiting until “{model}” has finished answering…",
)
_DOWNLOADING = Sentence(
    "正在下载模型「{model}」{progress}，请稍候…", "Downloading the model “{model}”{progress}…"
)
_LOADING = Sentence(
    "正在加载模型「{model}」{progress}，请稍候…", "Loading the model “{model}”{progress}…"
)


def waiting_sentence(position: QueuePosition, card: ModelCard | None, locale: str) -> str:
    """What the run at `place` waits for. `card` is its model's, None for one that is gone."""
    chinese = is_chinese(locale)
    chosen, values = _chosen(position, _name(card, chinese=chinese), card)
    template = chosen.zh if chinese else chosen.en
    time = _time(position.eta_seconds, chinese=chinese)
    progress = _progress(card, chinese=chinese)
    return template.format(time=time, progress=progress, **values)


def _name(card: ModelCard | None, *, chinese: bool) -> str:
    if card is None:
        return ""
    return card.name if chinese else card.english_name or card.name


def _chosen(
    position: QueuePosition, name: str, card: ModelCard | None
) -> tuple[Sentence, dict[str, str | int]]:
    match position.waiting_for:
        case "answer":
            return _ANSWER, {}
        case "memory":
            return _MEMORY, {"model": position.model}
        case "model":
            is_fetched = card is not None and card.state is ModelState.FETCHING
            return _DOWNLOADING if is_fetched else _LOADING, {"model": name}
        case "slot":
            ahead = position.position - 1
            return (_QUEUED, {"ahead": ahead}) if ahead > 0 else (_NEXT, {})


def _progress(card: ModelCard | None, *, chinese: bool) -> str:
    """Whole percent, so that a sentence changes a hundred times at most."""
    if card is None or card.progress is None:
        return ""
    percent = f"{int(card.progress * 100)}%"
    return f"（{percent}）" if chinese else f" ({percent})"


def _time(seconds: float | None, *, chinese: bool) -> str:
    if seconds is None:
        return ""
    whole = math.ceil(seconds)
    return f"，大约 {whole} 秒" if chinese else f", about {whole} s"
