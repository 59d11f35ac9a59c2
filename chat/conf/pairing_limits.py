"""How long a pairing code is good for, and how often one may fail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from chat.conf.group import Group
from chat.conf.setting import number


@dataclass(frozen=True)
class PairingLimits:
    """How long a pairing code is good for, and how often one may fail."""

    GROUP: ClassVar[Group] = Group.LIMITS

    pairing_minutes: int = number(
        10,
        1,
        1440,
        zh="配对码和六位数字的有效分钟数",
        en="minutes a pairing code or six digits are good for",
    )
    pairing_attempts_per_address: int = number(
        5,
        1,
        10_000,
        zh=(
            "一个地址输错密码、六位数字或配对码几次后，每次失败使等待加倍（最长 15 分钟）；正确"
            "的配对码随时可用"
        ),
        en=(
            "failures of one address (passwords, six digits, codes) after which each doubles "
            "the wait, up to 15 minutes; a right pairing code always works"
        ),
    )
    pairing_attempts: int = number(
        50,
        1,
        1_000_000,
        zh=(
            "对同一个成员或管理账号的密码、由同一个成员输错几次后等待加倍（所有地址合计，最长 "
            "1 分钟）"
        ),
        en=(
            "failures with one member's or admin account's password, or of one member with "
            "digits, over all addresses, after which the wait doubles, up to a minute"
        ),
    )
    hello_seconds: int = number(
        5,
        1,
        300,
        zh="未配对的连接在几秒内必须发出带令牌的 `hello`",
        en="seconds within which a socket has to say `hello` with a token",
    )
    unpaired_sockets: int = number(
        256,
        1,
        100_000,
        zh="尚未发出 `hello` 的连接总数上限",
        en="sockets that have not said `hello`, in all",
    )
    unpaired_sockets_per_address: int = number(
        8,
        1,
        100_000,
        zh="其中一个地址最多几个",
        en="of these, one address's",
    )
