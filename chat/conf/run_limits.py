"""How many runs there are, and how many wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from chat.conf.group import Group
from chat.conf.setting import internal_number, number


@dataclass(frozen=True)
class RunLimits:
    """How many runs there are, and how many wait."""

    GROUP: ClassVar[Group] = Group.LIMITS

    queue_length: int = number(
        64,
        0,
        100_000,
        zh="每个模型最多排队的数量",
        en="runs that may wait for one model",
    )
    queue_per_device: int = number(
        32,
        0,
        100_000,
        zh="其中一台设备最多占多少",
        en="of these, one device's",
    )
    slots_per_device: int = number(
        0,
        0,
        256,
        zh="一台设备同时占用的并行数，0 为留四分之一给别人",
        en="slots one device may hold at once; 0 keeps a quarter for others",
    )
    runs_per_device: int = number(
        8,
        1,
        10_000,
        zh="一台设备同时进行的回答数",
        en="running answers of one device",
    )
    messages_per_device: int = number(
        60,
        0,
        1_000_000,
        zh="一台设备每分钟的消息数，0 为不限（下面三项也是）",
        en="messages a minute of one device; 0 is no limit, as for the next three",
    )
    messages_per_minute: int = number(
        0,
        0,
        1_000_000,
        zh="一位成员每分钟的消息数；这一项和下面两项可以为每位成员单独设置",
        en="messages a minute of one member; this and the next two can be set for each member",
    )
    runs_per_member: int = number(
        0,
        0,
        10_000,
        zh="一位成员同时进行的回答数",
        en="running answers of one member",
    )
    prompt_tokens: int = number(
        0,
        0,
        16_777_216,
        zh="一次提问连同历史的词元数；更早的历史会被略去",
        en="tokens of a question with its history; earlier history is left out",
    )
    waiting_per_conversation: int = number(
        8,
        1,
        1000,
        zh="一个对话中等待前面回答结束的消息数",
        en="messages that wait in one conversation for the answer before them",
    )
    run_log_events: int = number(
        4096,
        16,
        1_000_000,
        zh="每个回答在内存中保留的事件数；更早的用快照代替",
        en="events of a run kept in memory; a snapshot stands in for older ones",
    )
    journal_mb: int = number(
        64,
        0,
        1_000_000,
        zh=(
            "正在生成的回答的日志最多占多少 MB，读者收到的每个字都先写入它，所以服务器被强行结"
            "束后能接着写；0 表示不写日志"
        ),
        en=(
            "megabytes of the journal of running answers: what readers get is written there "
            "first, so that an answer goes on unchanged after the server was killed; 0 writes "
            "none"
        ),
    )
    crashes: int = internal_number(
        0,
        0,
        1000,
    )
