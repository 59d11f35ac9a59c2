"""Errors for files that cannot be used, mostly after a start with `sudo`, with what to do.

Standard library only. On Windows, which has no such owners, the system's message is shown.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from chat.terminal.full_disk import full_disk, is_no_space
from chat.terminal.language import pick
from chat.terminal.refusal import Refusal

if sys.platform != "win32":
    import grp
    import pwd


@dataclass(frozen=True, slots=True)
class Needed:
    """`path`, which need not exist, and the needed access: `R_OK`, `W_OK`, `X_OK`."""

    path: Path
    access: int


def writable_folder(path: Path) -> Needed:
    """The needs of a folder that is written to. A file at its path is another error."""
    is_file = _is_there(path) and path.is_file()
    return Needed(path, os.F_OK if is_file else os.R_OK | os.W_OK | os.X_OK)


def writable_file(path: Path) -> Needed:
    return Needed(path, os.R_OK | os.W_OK)


def refuse_unusable(needed: Iterable[Needed], whole: Path) -> None:
    """Raises `Refusal` for the first one that exists and cannot be used. `whole` is their folder,
    whose owner the sentence says to change; if it is missing, it must be possible to create it.
    """
    if sys.platform == "win32":
        return
    above = nearest(whole)
    if above != whole and above.is_dir() and not os.access(above, os.W_OK | os.X_OK):
        raise _cannot_be_made(whole)
    for one in needed:
        if _is_there(one.path) and not os.access(one.path, one.access):
            raise unusable(one.path, whole)


def unusable(path: Path, whole: Path) -> Refusal:
    """The error for an existing file or folder: its owner, and the command to run."""
    if sys.platform == "win32":
        return _system_message(path, pick("拒绝访问", "access is denied"))
    try:
        owner = path.stat().st_uid
        read_only = bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    except OSError:
        owner, read_only = nearest(path).stat().st_uid, False
    if read_only:
        return _read_only(path)
    if owner == os.geteuid():
        return _locked_by_mode(path, whole)
    return _of_another_user(path, whole, _user(owner))


def explain(error: OSError, whole: Path) -> Refusal:
    """The error for a system error at `whole` or a file below it."""
    path = Path(os.fsdecode(error.filename)) if error.filename is not None else whole
    if is_no_space(error):
        return full_disk(path if path.is_dir() else path.parent)
    if isinstance(error, PermissionError) and sys.platform != "win32":
        return unusable(path, whole) if _is_there(path) else _in_a_folder(path, whole)
    return _system_message(path, error.strerror or str(error))


def _in_a_folder(path: Path, whole: Path) -> Refusal:
    """The error for a path that cannot be created or seen."""
    if _is_there(whole):
        return unusable(nearest(path), whole)
    return _cannot_be_made(whole)


def _of_another_user(path: Path, whole: Path, owner: str) -> Refusal:
    if sys.platform == "win32":
        raise OSError("Windows has no chown")
    me, command = _user(os.geteuid()), f"sudo chown -R {_me()} {shlex.quote(str(whole))}"
    return Refusal(
        pick(
            f"{path} 属于用户 {owner}，现在的用户 {me} 不能使用它（可能以前用 sudo 启动过）："
            f"请运行 {command}，再重新启动。",
            f"{path} belongs to the user {owner}, and the user {me} cannot use it (perhaps MyLLM "
            f"was once started with sudo): run {command} and start again.",
        )
    )


def _locked_by_mode(path: Path, whole: Path) -> Refusal:
    command = f"chmod -R u+rwX {shlex.quote(str(whole))}"
    return Refusal(
        pick(
            f"{path} 的权限不允许读写：请运行 {command}，再重新启动。",
            f"The permissions of {path} keep its owner out: run {command} and start again.",
        )
    )


def _read_only(path: Path) -> Refusal:
    return Refusal(
        pick(
            f"{path} 在只读的磁盘上：请用 MYLLM_DATA_DIR 换一个可以写入的文件夹。",
            f"{path} lies on a disk that is read-only: choose a folder that can be written by "
            "MYLLM_DATA_DIR.",
        )
    )


def _cannot_be_made(folder: Path) -> Refusal:
    if sys.platform == "win32":
        return _system_message(folder, pick("无法创建", "it cannot be made"))
    above, quoted = nearest(folder), shlex.quote(str(folder))
    owner = _user(above.stat().st_uid)
    command = f"sudo mkdir -p {quoted} && sudo chown -R {_me()} {quoted}"
    return Refusal(
        pick(
            f"无法创建 {folder}：{above} 属于用户 {owner}。请运行 {command}，再重新启动。",
            f"{folder} cannot be made, because {above} belongs to the user {owner}: run {command} "
            "and start again.",
        )
    )


def _system_message(path: Path, reason: str) -> Refusal:
    return Refusal(
        pick(
            f"{path} 不能使用（{reason}）：请检查它是否被占用、权限是否正确，再重新启动。",
            f"{path} cannot be used ({reason}): check its permissions and whether another program "
            "holds it, and start again.",
        )
    )


def nearest(path: Path) -> Path:
    """The path itself, or its nearest parent that can be seen."""
    return next((place for place in (path, *path.parents) if _is_there(place)), Path("/"))


def _is_there(path: Path) -> bool:
    """Whether it exists and its folder can be entered."""
    try:
        return path.exists()
    except OSError:
        return False


if sys.platform != "win32":

    def _me() -> str:
        """User and group, as arguments of `chown`."""
        return f"{_user(os.geteuid())}:{_group(os.getegid())}"

    def _user(number: int) -> str:
        try:
            return pwd.getpwuid(number).pw_name
        except KeyError:
            return str(number)

    def _group(number: int) -> str:
        try:
            return grp.getgrgid(number).gr_name
        except KeyError:
            return str(number)
