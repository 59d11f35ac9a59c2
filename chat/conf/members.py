"""What members and guests may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from chat.conf.group import Group
from chat.conf.setting import flag, number


@dataclass(frozen=True)
class MemberSettings:
    """What members and guests may do."""

    GROUP: ClassVar[Group] = Group.MEMBERS

    messages_per_day: int = number(
        0,
        0,
        1_000_000,
        zh=(
            "一位成员 24 小时内的消息数，0 为不限；这一项和下面几项可以为每位成员单独设置（页面的 "
            "设置 → 成员、`manage.py members`、管理页面）"
        ),
        en=(
            "messages of one member within 24 hours, 0 is no limit; this and the next ones can "
            "be set for each member (the page's settings → members, `manage.py members`, the "
            "admin's pages)"
        ),
    )
    remote_for_members: bool = flag(
        default=True,
        zh="成员可以使用服务商的模型（问题会离开这台电脑）；`0`：只有管理员可以",
        en=(
            "members may use models of providers, which questions leave this computer for; "
            "`0`: the owner alone"
        ),
    )
    remote_for_guests: bool = flag(
        default=False,
        zh=(
            "访客，以及 `MYLLM_OPEN` 下未配对的人可以使用服务商的模型；`MYLLM_PAIRING=0` 又向局"
            "域网开放时，所有人都算访客"
        ),
        en=(
            "so may guests, and those not paired of an open server; with `MYLLM_PAIRING=0` on "
            "an open server everybody counts as a guest"
        ),
    )
    remote_tokens_per_day: int = number(
        0,
        0,
        16_777_216,
        zh="一位成员 24 小时内可用的服务商模型词元数（问题和回答合计），0 为不限",
        en=(
            "tokens of providers' models of one member within 24 hours, questions and answers "
            "together, 0 is no limit"
        ),
    )
