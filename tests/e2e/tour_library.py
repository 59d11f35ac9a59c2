"""The conversations that fill the list of the pictures, put there as an imported file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.e2e.told import tell_all

_DAYS_AND_TALKS = (
    (0, "给孩子讲讲黑洞是什么", "黑洞是引力强到连光也跑不出来的地方。"),
    (0, "把周报改得更简洁一些", "本周完成登录页改版；下周开始联调。"),
    (1, "Explain the difference between TCP and UDP", "TCP keeps order and resends; UDP does not."),
    (1, "红烧肉怎么做才不腻", "先煸出油，再用小火慢炖一小时。"),
    (3, "Python 里 async 和线程有什么区别", "async 在等待时让出，线程由系统切换。"),
    (5, "帮我想五个读书会的名字", "一页灯、慢读、折角、书签、夜航。"),
    (12, "用 Excel 统计每个月的支出", "用数据透视表，按月份分组求和。"),
    (
        20,
        "Draft a polite reply to a late invoice",
        "Thank you for your patience; it is on its way.",
    ),
    (45, "第一次跑半程马拉松的训练计划", "先用八周把每周跑量加到三十公里。"),
)
_PINNED = "家里的 Wi-Fi 和打印机怎么连"


def fill_library(port: int) -> None:
    """Import them into the server at `port`; its list then reaches from today to last month."""
    now = datetime.now(UTC)
    talks = [(7, _PINNED, "先连主路由器的 5 GHz 网络，再添加打印机。"), *_DAYS_AND_TALKS]
    tell_all(
        port,
        [
            _talk(f"talk-{number}", now - timedelta(days=days, minutes=number), question, answer)
            for number, (days, question, answer) in enumerate(talks)
        ],
    )


def _talk(name: str, at: datetime, question: str, answer: str) -> dict[str, Any]:
    return {
        "id": name,
        "title": question,
        "pinned": question == _PINNED,
        "created_at": at.isoformat(),
        "updated_at": at.isoformat(),
        "leaf": f"{name}-a",
        "messages": [
            {"id": f"{name}-q", "role": "user", "content": question, "created_at": at.isoformat()},
            {
                "id": f"{name}-a",
                "role": "assistant",
                "content": answer,
                "parent": f"{name}-q",
                "created_at": at.isoformat(),
            },
        ],
    }
