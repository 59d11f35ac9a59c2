"""The error for a data folder that another process owns."""

from __future__ import annotations

import sys
from pathlib import Path

from chat.ownership.lock import NAME
from chat.ownership.owner import Owner
from chat.ownership.process import ProcessState, process_state
from chat.terminal.language import pick
from chat.terminal.refusal import Refusal


class Occupied(Refusal):
    """Another process owns the data folder; nothing in it was changed."""


def occupied(folder: Path, owner: Owner | None) -> Occupied:
    """The error with a sentence: which process, since when, its URL, and what to do."""
    if owner is None or has_ended(owner):
        return _unknown(folder)
    if _is_sibling(owner):
        return _one_worker(folder, owner)
    if suspended := _suspended(owner):
        return _is_suspended(folder, owner, suspended)
    return _running(folder, owner)


def has_ended(owner: Owner) -> bool:
    """Whether the described process has ended, so that its children will end, too."""
    return owner.is_here and process_state(owner.pid) is ProcessState.ENDED


def _is_sibling(owner: Owner) -> bool:
    """Whether both are workers of one server, such as those of `uvicorn --workers 2`."""
    import multiprocessing  # noqa: PLC0415 - only needed for the error

    parent = multiprocessing.parent_process()
    return parent is not None and owner.is_here and parent.pid == owner.parent


def _suspended(owner: Owner) -> list[int]:
    """The suspended processes. Ctrl-Z suspends a server's guard, and the server keeps running."""
    pids = [pid for pid in (owner.pid, owner.server) if pid and owner.is_here]
    return [pid for pid in pids if process_state(pid) is ProcessState.SUSPENDED]


def _running(folder: Path, owner: Owner) -> Occupied:
    return Occupied(
        pick(
            f"MyLLM 已经在使用数据目录 {folder}（{_who_zh(owner)}）：{_open_zh(owner)}"
            f"要停止它，请在它的终端按 Ctrl-C，或{_stop_zh(owner)}；要再运行一个，"
            "请用 MYLLM_DATA_DIR 换一个数据目录。",
            f"MyLLM is running on the data folder {folder} already ({_who(owner)}): "
            f"{_open(owner)}to stop it press Ctrl-C in its terminal or {_stop(owner)}; for another "
            "server set another data folder by MYLLM_DATA_DIR.",
        )
    )


def _is_suspended(folder: Path, owner: Owner, suspended: list[int]) -> Occupied:
    pids = " ".join(map(str, suspended))
    stop = f"kill -CONT {pids} && kill {owner.pid}"
    return Occupied(
        pick(
            f"使用数据目录 {folder} 的 MyLLM 被挂起了（{_who_zh(owner)}；通常是按了 Ctrl-Z）："
            f"在它的终端运行 fg 让它继续；要停止它，请运行 {stop}。",
            f"MyLLM is suspended on the data folder {folder} ({_who(owner)}), most likely by "
            f"Ctrl-Z: run fg in its terminal to go on with it, or stop it by {stop}.",
        )
    )


def _one_worker(folder: Path, owner: Owner) -> Occupied:
    return Occupied(
        pick(
            f"MyLLM 只在一个进程里运行，数据目录 {folder} 已由进程 {owner.pid} 使用："
            "请只用一个 worker 启动（--workers 1，或去掉 WEB_CONCURRENCY）。",
            f"MyLLM runs in one process, and process {owner.pid} uses the data folder {folder} "
            "already: start the server with one worker (--workers 1, no WEB_CONCURRENCY).",
        )
    )


def _unknown(folder: Path) -> Occupied:
    return Occupied(
        pick(
            f"数据目录 {folder} 正被另一个 MyLLM 进程使用（锁文件 {NAME}，不知道是哪个进程）："
            "请停止它后重试，或用 MYLLM_DATA_DIR 换一个数据目录。",
            f"Another process of MyLLM uses the data folder {folder} (it holds {NAME} and is not "
            "known by name): stop it and try again, or set another data folder by MYLLM_DATA_DIR.",
        )
    )


def _who(owner: Owner) -> str:
    where = "" if owner.is_here else f" on {owner.host}"
    ending = ", stopping" if owner.is_stopping else ""
    return f"process {owner.pid}{where}, since {owner.since}, {owner.command}{ending}"


def _who_zh(owner: Owner) -> str:
    where = "" if owner.is_here else f"，在 {owner.host} 上"
    ending = "，正在停止" if owner.is_stopping else ""
    return f"进程 {owner.pid}{where}，{owner.since} 启动，{owner.command}{ending}"


def _open(owner: Owner) -> str:
    return f"open {owner.address}, or " if owner.address else ""


def _open_zh(owner: Owner) -> str:
    return f"请打开 {owner.address}；" if owner.address else ""


def _stop(owner: Owner) -> str:
    return f"run {_kill(owner)}" + ("" if owner.is_here else f" on {owner.host}")


def _stop_zh(owner: Owner) -> str:
    return ("" if owner.is_here else f"在 {owner.host} 上") + f"运行 {_kill(owner)}"


def _kill(owner: Owner) -> str:
    return f"taskkill /F /PID {owner.pid}" if sys.platform == "win32" else f"kill {owner.pid}"
