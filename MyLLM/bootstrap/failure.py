"""Explains a failure of venv or pip in one sentence."""

from __future__ import annotations

import errno
import os
import re
import sys
from pathlib import Path

from chat.terminal.language import pick
from chat.terminal.refusal import Refusal
from chat.terminal.unwritable import explain as explain_refused
from chat.terminal.unwritable import nearest
from hosting.sources.pip_output import (
    NO_NETWORK,
    NO_SPACE,
    NO_WHEEL,
    REFUSED,
    WRONG_HASH,
)
from hosting.sources.tried_sources import TriedSources

NO_PERMISSION = re.compile(r"Permission denied|\[Errno 13\]|WinError 5\b|Read-only file system")
NO_SOURCE = TriedSources("MYLLM_PIP_INDEXES")
"""For failures without a source."""


def explain(output: str, folder: Path, tried: TriedSources = NO_SOURCE) -> Refusal:
    """The most specific reason: a full disk also breaks connections."""
    return _of_this_computer(output, folder) or _of_source(output, tried) or unknown(output)


def _of_this_computer(output: str, folder: Path) -> Refusal | None:
    if NO_SPACE.search(output):
        return no_space(folder)
    if NO_PERMISSION.search(output):
        return no_permission(folder)
    if "ensurepip is not available" in output:
        return no_venv_module()
    return None


def _of_source(output: str, tried: TriedSources) -> Refusal | None:
    if wrong := WRONG_HASH.search(output):
        return wrong_hash(wrong.group(1), tried)
    if NO_NETWORK.search(output) or REFUSED.search(output):
        return no_network(tried)
    if absent := NO_WHEEL.search(output):
        return no_wheel(absent.group(1))
    return None


def no_space(folder: Path, free: int | None = None, needed: int | None = None) -> Refusal:
    """`free` and `needed` are megabytes, None if unknown."""
    zh = f"，需要 {needed} MB，只剩 {free} MB" if needed else ""
    en = f": {needed} MB are needed, {free} MB are free" if needed else ""
    return Refusal(
        pick(
            f"{folder} 所在磁盘空间不足{zh}，请腾出空间后重新运行。",
            f"The disk of {folder} is too full{en}; make room and start again.",
        )
    )


def no_permission(folder: Path) -> Refusal:
    if sys.platform != "win32" and not os.access(nearest(folder), os.W_OK):
        return explain_refused(PermissionError(errno.EACCES, "", str(folder)), folder)
    return Refusal(
        pick(
            f"没有权限写入 {folder}，请检查文件夹权限，或把 MyLLM 放到自己的文件夹里。",
            f"{folder} cannot be written; check its permissions or move MyLLM to your own folder.",
        )
    )


def no_venv_module() -> Refusal:
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    return Refusal(
        pick(
            f"这个 Python 缺少 venv 模块，请先安装（Debian、Ubuntu：sudo apt install {package}）。",
            f"This Python lacks venv; install it (Debian, Ubuntu: sudo apt install {package}).",
        )
    )


def no_network(tried: TriedSources) -> Refusal:
    return Refusal(
        pick(
            f"连不上软件包下载源{tried.in_brackets()}：{tried.way_out()}，然后重新运行。",
            f"The package index cannot be reached{tried.in_brackets()}: {tried.way_out()}, and "
            "start again.",
        )
    )


def wrong_hash(pin: str, tried: TriedSources) -> Refusal:
    where = tried.where() or pick("本地文件", "a local file")
    return Refusal(
        pick(
            f"下载到的 {pin} 与 MyLLM 发布时核对的文件不一致，没有安装（来自 {where}）；"
            f"请用 {tried.setting} 换一个下载源后重新运行。",
            f"The {pin} that was downloaded is not the file MyLLM was released with, and was not "
            f"installed (from {where}); name another source in {tried.setting} and start again.",
        )
    )


def no_wheel(pin: str) -> Refusal:
    python = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    return Refusal(
        pick(
            f"没有适合这台电脑（{python}，{sys.platform}）的 {pin}，"
            "请换用 64 位 Python 3.11 至 3.13。",
            f"There is no {pin} for this computer ({python}, {sys.platform}); "
            "use a 64-bit Python 3.11 to 3.13.",
        )
    )


def unknown(output: str) -> Refusal:
    lines = [line for line in output.splitlines() if line.strip()]
    reason = next((line for line in reversed(lines) if "ERROR" in line), (lines or ["?"])[-1])
    return Refusal(
        pick(f"安装失败：{reason.strip()}", f"The installation failed: {reason.strip()}")
    )
