"""The page's files, the log files, and the server's process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from chat.conf.group import Group
from chat.conf.setting import number


@dataclass(frozen=True)
class ProcessSettings:
    """The page's files, the log files, and the server's process."""

    GROUP: ClassVar[Group] = Group.DATA

    log_mb: int = number(
        5,
        0,
        1000,
        zh=(
            "日志文件 `logs/myllm.log`（在数据目录里）写满多少 MB 换新的，`0` 不写文件；不含聊"
            "天内容、令牌和配对码"
        ),
        en=(
            "megabytes after which `logs/myllm.log` in the data folder gives way to a new one, "
            "`0` for none; no message text, token or code is in it"
        ),
    )
    respawns: int = number(
        5,
        0,
        1000,
        zh=(
            "整个服务器因原生代码崩溃或被系统强行结束后，自动重新启动几次（隔 1、2、5、15、30 "
            "秒）；`0` 为从不，也不留看守进程"
        ),
        en=(
            "times the server itself is started again after a crash of native code or the "
            "system's out-of-memory killer (after 1, 2, 5, 15, then 30 s); `0`: never, and no "
            "process watches it"
        ),
    )
