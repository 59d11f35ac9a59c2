"""How large and how frequent requests and frames are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from chat.conf.group import Group
from chat.conf.setting import number


@dataclass(frozen=True)
class RequestLimits:
    """How large and how frequent requests and frames are."""

    GROUP: ClassVar[Group] = Group.LIMITS

    frame_bytes: int = number(
        262_144,
        1024,
        16_777_216,
        zh="一条消息的字节上限；超过四倍会断开（1009）",
        en="bytes of one frame; beyond four times that the socket is closed (1009)",
    )
    frames_per_second: int = number(
        50,
        1,
        100_000,
        zh="一个连接平均每秒的消息数，瞬间可达四倍",
        en="frames of one connection per second on average, four times that at once",
    )
    readers_per_socket: int = number(
        32,
        1,
        10_000,
        zh="一个连接同时读取的回答数",
        en="answers read by one connection at once",
    )
    body_bytes: int = number(
        1_048_576,
        1024,
        1_073_741_824,
        zh="一次 HTTP 请求的字节上限",
        en="bytes of one HTTP request",
    )
    import_bytes: int = number(
        268_435_456,
        1024,
        4_294_967_296,
        zh="一次导入的字节上限，压缩包按解压后计算",
        en="bytes of one import, those of a zip after unpacking too",
    )
    import_messages: int = number(
        500_000,
        1,
        10_000_000,
        zh="一次导入最多多少条（消息和对话合计）；超出则什么都不导入",
        en=(
            "messages and conversations together that one import may bring; nothing is "
            "imported of a file with more"
        ),
    )
    guest_import_messages: int = number(
        5000,
        0,
        10_000_000,
        zh="同上，用于访客",
        en="the same for guests and for visitors of an open server",
    )
    import_message_bytes: int = number(
        1_048_576,
        1024,
        16_777_216,
        zh=(
            "导入的一条消息的 JSON 字节上限（访客还受 `frame_bytes` 限制）；写入更长的消息时，"
            "其他人要等得更久"
        ),
        en=(
            "bytes of JSON of one imported message (a guest's also no more than "
            "`frame_bytes`); while a longer one is stored, others wait longer"
        ),
    )
    low_disk_mb: int = number(
        500,
        0,
        1_000_000,
        zh="数据目录所在磁盘剩余不到多少 MB 时提醒管理员",
        en="megabytes left on the data folder's disk below which the owner is told",
    )
    low_memory_mb: int = number(
        200,
        0,
        1_000_000,
        zh="可用内存不到多少 MB 时提醒管理员",
        en="megabytes of memory available below which the owner is told",
    )
