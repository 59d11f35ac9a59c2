"""How many connections there are, and how long the server waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from chat.conf.group import Group
from chat.conf.setting import internal_names, number


@dataclass(frozen=True)
class HostingLimits:
    """How many connections there are, and how long the server waits."""

    GROUP: ClassVar[Group] = Group.LIMITS

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
    log_files: int = number(
        4,
        1,
        100,
        zh="一共保留几个日志文件",
        en="log files kept in all",
    )
    connections: int = number(
        1024,
        8,
        100_000,
        zh="HTTP 连接总数上限（已升级的 WebSocket 不算）；满了就断开等得最久的",
        en=(
            "HTTP connections in all, not counting upgraded sockets; when full, the one that "
            "has kept us waiting longest goes"
        ),
    )
    connections_per_address: int = number(
        256,
        8,
        100_000,
        zh="其中一个地址最多几个",
        en="of these, one address's",
    )
    header_seconds: int = number(
        5,
        1,
        300,
        zh="请求头必须在几秒内到齐",
        en="seconds within which a request's headers have to be here",
    )
    stalled_seconds: int = number(
        20,
        1,
        3600,
        zh="上传内容每隔几秒至少要来 4 KiB，下载的一方也要继续读，否则断开",
        en=(
            "seconds within which a body has to bring 4 KiB more, and somebody who downloads "
            "has to read on"
        ),
    )
    ping_seconds: int = number(
        10,
        1,
        300,
        zh="每隔几秒问一次 WebSocket 是否还在，同样几秒没有回答就断开",
        en="a socket is pinged this often, and cut off if that is not answered for as long again",
    )
    respawn_minutes: int = number(
        10,
        1,
        10_080,
        zh="`MYLLM_RESPAWNS` 的次数按最近多少分钟计算",
        en="the minutes within which `MYLLM_RESPAWNS` are counted",
    )
    notices: tuple[str, ...] = internal_names()
    """Sentences about the settings, which `serve` prints at its start."""
