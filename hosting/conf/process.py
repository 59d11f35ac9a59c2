"""How often a crashed server starts again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from chat.conf.group import Group
from chat.conf.setting import number


@dataclass(frozen=True)
class ProcessSettings:
    """How often a crashed server starts again."""

    GROUP: ClassVar[Group] = Group.DATA

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
