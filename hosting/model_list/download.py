"""Shows a model's download in the terminal."""

from __future__ import annotations

import time

from chat.terminal.language import pick
from chat.terminal.progress import ProgressLine
from chat.terminal.refusal import Refusal
from chat.text.names import on_one_line
from hosting.model_list.access import Entry, ModelAccess
from hosting.model_list.lines import size

_POLL_SECONDS = 0.5


def follow_download(access: ModelAccess, model: str) -> None:
    """Returns once the download is complete. Raises `Refusal` with the reason if it failed or was
    paused. After Ctrl-C the partial download is kept, and a server continues it.
    """
    line: ProgressLine | None = None
    while (entry := _entry(access, model))["download"] is not None:
        _check(entry)
        line = line or ProgressLine(pick("下载 ", "Downloading ") + on_one_line(entry["name"]))
        line.show(_how_far(entry["download"]))
        time.sleep(_POLL_SECONDS)
    if line is not None:
        line.done(pick("完成", "finished"))


def _entry(access: ModelAccess, model: str) -> Entry:
    for entry in access.models():
        if entry["id"] == model:
            return entry
    raise Refusal(pick(f"模型 {model} 已被移除。", f"The model {model} was removed."))


def _check(entry: Entry) -> None:
    if entry["error"]:
        raise Refusal(entry["error"])
    if entry["download"]["paused"]:
        raise Refusal(pick("下载已暂停。", "The download is paused."))


def _how_far(download: Entry) -> str:
    done, total, rate = download["done"], download["total"], download["bytes_per_second"]
    parts = [f"{size(done)} / {size(total)}", on_one_line(download["source"])]
    if rate:
        parts += [f"{size(round(rate))}/s", _left((total - done) / rate)]
    return " · ".join(part for part in parts if part)


def _left(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return pick(f"还要 {seconds:.0f} 秒", f"{seconds:.0f} s left")
    return pick(f"还要 {minutes} 分钟", f"{minutes} min left")
