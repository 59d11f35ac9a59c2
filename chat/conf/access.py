"""Who may come in, and by which addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from chat.conf.group import Group
from chat.conf.kind import Kind
from chat.conf.setting import flag, listed, number, word


@dataclass(frozen=True)
class AccessSettings:
    """Who may come in, and by which addresses."""

    GROUP: ClassVar[Group] = Group.ACCESS

    host: str = word(
        Kind.WORD,
        "0.0.0.0",  # noqa: S104
        zh="监听的地址",
        en="address to listen on",
        shown="`0.0.0.0`, with neither `MYLLM_OPEN` nor `MYLLM_PAIRING` `127.0.0.1`",
    )
    port: int = number(
        8000,
        1,
        65535,
        zh="监听的端口",
        en="port to listen on",
    )
    tls: bool = flag(
        default=False,
        zh="`1`：用本机自己的证书提供 https，即 `serve --tls`；见 [tls.md](tls.md)",
        en=(
            "`1`: serve https by an authority of this computer's own, as `serve --tls` does; "
            "see [tls.md](tls.md)"
        ),
    )
    tls_port: int = number(
        8443,
        1,
        65535,
        zh="https 的端口；`MYLLM_PORT` 上只剩一个说明如何信任证书、然后转到 https 的页面",
        en=(
            "port of https; at `MYLLM_PORT` remains one page, which shows how to trust the "
            "certificate and leads to https"
        ),
    )
    open: bool = flag(
        default=False,
        zh="`1`：局域网里任何人都能用，不需要配对",
        en="`1`: anyone on the local network may use it, without pairing",
    )
    pairing: bool = flag(
        default=True,
        zh=(
            "只有配对过的设备和本机能用（与 `MYLLM_OPEN` 同用时，未配对的设备共用一组对话）；"
            "`0`：不认设备，没有 `MYLLM_OPEN` 时只供本机使用"
        ),
        en=(
            "paired devices and this computer alone may use it (with `MYLLM_OPEN` those not "
            "paired share one set of conversations); `0`: no devices are known, and without "
            "`MYLLM_OPEN` it is for this computer alone"
        ),
    )
    local_owner: bool = flag(
        default=True,
        zh="本机的程序不需要令牌，就是管理员；在不写 `X-Forwarded-For` 的反向代理后面请设为 `0`",
        en=(
            "programs of this computer need no token and act as the owner; set `0` behind a "
            "proxy that sends no `X-Forwarded-For`"
        ),
    )
    project_users: bool = flag(
        default=False,
        zh=(
            "`1`：装在别的 Django 项目里时，那个项目登录的用户各有自己的对话，见 "
            "[django.md](django.md)"
        ),
        en=(
            "`1`: inside another Django project each of its users who is logged in has "
            "conversations of their own, see [django.md](django.md)"
        ),
    )
    public_url: str = word(
        Kind.ORIGIN,
        "",
        zh=(
            "在[反向代理](proxy.md)后面时别的设备用的地址，如 `https://chat.example.com`，要写 "
            "`http://` 或 `https://`，不带路径：二维码指向它，主机名被允许"
        ),
        en=(
            "behind a [proxy](proxy.md), what other devices open, such as "
            "`https://chat.example.com`, with its scheme and without a path: QR codes lead "
            "there, and its name is allowed"
        ),
    )
    hosts: tuple[str, ...] = listed(
        Kind.HOSTS,
        (),
        zh="除 `localhost`、私有 IP 和本机自己的地址之外允许的主机名或 IP，逗号分隔；不能用 `*`",
        en=(
            "host names and addresses allowed besides `localhost`, private addresses and this "
            "computer's own, comma separated; never `*`"
        ),
    )
    origins: tuple[str, ...] = listed(
        Kind.ORIGINS,
        (),
        zh=(
            "允许访问的其他网站，逗号分隔，如 `https://a.example`；不写 `http://` 或 "
            "`https://` 就是两种都允许；不能用 `*`，App 和小程序不用写"
        ),
        en=(
            "other sites allowed to connect, comma separated, such as `https://a.example`; "
            "without a scheme both http and https; never `*`, and Apps and mini-programs need "
            "not be listed"
        ),
    )
