"""Resources of this computer that are running out, shown to its owner before answers fail."""

from __future__ import annotations

from enum import Enum

from chat.conf import conf
from chat.errors.sentences import Sentence, is_chinese
from chat.health.disk_space import free_disk
from inference import memory

_MEGABYTE = 1_000_000


class Shortage(Enum):
    """A resource that is running out."""

    DISK = "disk"
    MEMORY = "memory"


SENTENCES = {
    Shortage.DISK: Sentence(
        "电脑磁盘空间即将用完，回答可能无法保存，请清理一些空间。",
        "The computer’s disk is almost full, so answers may not be saved. Free up some space.",
    ),
    Shortage.MEMORY: Sentence(
        "电脑内存即将用完，模型可能变慢或停止，请关闭其他程序，或换一个更小的模型。",
        "The computer is almost out of memory, so models may slow down or stop. Close other "
        "programs, or choose a smaller model.",
    ),
}


def shortages() -> list[Shortage]:
    """The resources below the limits in the settings. Unknown values are not short."""
    low = {
        Shortage.DISK: _is_low(_disk(), conf().low_disk_mb),
        Shortage.MEMORY: _is_low(_memory(), conf().low_memory_mb),
    }
    return [shortage for shortage, is_low in low.items() if is_low]


def shortage_sentence(shortage: Shortage, locale: str) -> str:
    """What is short and what to do, in the language of `locale`."""
    zh, en = SENTENCES[shortage]
    return zh if is_chinese(locale) else en


def _is_low(left: int | None, megabytes: int) -> bool:
    return left is not None and left < megabytes * _MEGABYTE


def _disk() -> int | None:
    try:
        return free_disk(conf().data_dir)
    except OSError:
        return None


def _memory() -> int:
    return memory().available
