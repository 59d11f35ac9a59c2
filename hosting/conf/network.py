"""How other computers find the server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from chat.conf.group import Group
from chat.conf.kind import Kind
from chat.conf.setting import listed, word


@dataclass(frozen=True)
class NetworkSettings:
    """How other computers find the server."""

    GROUP: ClassVar[Group] = Group.ACCESS

    proxies: tuple[str, ...] = listed(
        Kind.PROXIES,
        ("127.0.0.1", "::ffff:127.0.0.1", "::1"),
        zh=(
            "相信哪些代理转来的 `X-Forwarded-For` 和 `X-Forwarded-Proto`：IP 地址或网段，如 "
            "`172.16.0.0/12`；不能用 `*`"
        ),
        en=(
            "proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed: addresses "
            "or networks such as `172.16.0.0/12`, never `*`"
        ),
        shown="`127.0.0.1,::1`",
    )
    mdns_name: str = word(
        Kind.LOCAL_NAME,
        "myllm.local",
        zh=(
            "安装了 `zeroconf` 时在局域网里公布的名称（别的电脑占用时改为 `myllm-2.local` 等）"
            "；留空则不公布"
        ),
        en=(
            "the name announced in the local network where `zeroconf` is installed "
            "(`myllm-2.local` and so on where another computer has it); empty for none"
        ),
    )
