"""A rented GPU machine (AutoDL): whether its port is forwarded, and where its data persists.

See https://www.autodl.com/docs/: a container that forwards ports 6006 and 6008 alone, with a disk
at /root/autodl-tmp that persists when it is switched off.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from chat.conf import conf
from hosting.doctor.finding import Finding, bad, good, note

DISK = Path("/root/autodl-tmp")
_HELP = Path("/init/others/help")
"""Where AutoDL writes the variables that a login shell has."""
_TURBO = Path("/etc/network_turbo")
_FORWARDED = (6006, 6008)
_EXPORT = re.compile(r"^export (AutoDL\w+)=[\"']?([^\"'\n]*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Rented:
    """`urls` are the forwarded ports' addresses, as far as they are known."""

    urls: Mapping[int, str]
    has_turbo: bool = False


@dataclass(frozen=True, slots=True)
class Server:
    """This server's settings."""

    port: int
    data: Path
    is_local_owner: bool
    public_url: str = ""


def rented() -> Iterator[Finding]:
    """Yields nothing on any other computer."""
    found = recognised({**_exported(), **os.environ}, has_disk=DISK.is_dir())
    if found is None:
        return
    here = Server(
        conf().port,
        conf().data_dir,
        conf().local_owner,
        conf().public_url,
    )
    yield from judge_rented(replace(found, has_turbo=_TURBO.is_file()), here)


def recognised(environment: Mapping[str, str], *, has_disk: bool) -> Rented | None:
    """None if this is not such a machine."""
    if not has_disk and not any(name.startswith("AutoDL") for name in environment):
        return None
    named = {port: environment.get(f"AutoDLService{port}URL", "") for port in _FORWARDED}
    first = named[_FORWARDED[0]] or environment.get("AutoDLServiceURL", "")
    urls = {**named, _FORWARDED[0]: first}
    return Rented({port: url.rstrip("/") for port, url in urls.items() if url})


def judge_rented(found: Rented, server: Server) -> Iterator[Finding]:
    """For a server with these settings on that machine."""
    yield _port(found, server)
    if server.is_local_owner:
        yield bad(
            "AutoDL：转发来的请求看起来像本机的程序，谁打开都是管理员：请设置 MYLLM_LOCAL_OWNER=0，"
            "用 python3 manage.py pair 配对",
            "AutoDL: forwarded requests look like programs of this computer, and make anyone the "
            "owner: set MYLLM_LOCAL_OWNER=0 and pair by python3 manage.py pair",
        )
    if not server.data.resolve().is_relative_to(DISK):
        yield note(
            f"AutoDL：数据在系统盘 {server.data}，请设置 MYLLM_DATA_DIR={DISK}/myllm，"
            "模型才有地方放",
            f"AutoDL: the data lies on the system disk ({server.data}); set "
            f"MYLLM_DATA_DIR={DISK}/myllm, where there is space for models",
        )
    if found.has_turbo:
        yield note(
            f"AutoDL：从 Hugging Face、GitHub 下载慢时，先运行 source {_TURBO}",
            f"AutoDL: where downloads from Hugging Face or GitHub are slow, run first: source "
            f"{_TURBO}",
        )


def _port(found: Rented, server: Server) -> Finding:
    if server.port not in _FORWARDED:
        tunnel = f"ssh -CNg -L {server.port}:127.0.0.1:{server.port} root@HOST -p PORT"
        return bad(
            f"AutoDL：只转发端口 6006 和 6008，{server.port} 从外面打不开。请用 serve --port 6006，"
            f"或在自己的电脑上运行（HOST 和 PORT 见控制台）：{tunnel}；见 docs/autodl.md",
            f"AutoDL: only ports 6006 and 6008 are forwarded, {server.port} is closed to the "
            "outside. Start serve --port 6006, or run on your own computer, with HOST and PORT "
            f"from the console: {tunnel}; see docs/autodl.md",
        )
    url = found.urls.get(server.port, "")
    if url and url == server.public_url.rstrip("/"):
        return good(f"AutoDL：手机用 {url}", f"AutoDL: phones use {url}")
    shown = url or "https://<…>"
    return note(
        f"AutoDL：端口 {server.port} 会被转发。请设置 MYLLM_PUBLIC_URL={shown}"
        "（控制台的「自定义服务」里有地址），二维码才能用",
        f"AutoDL: port {server.port} is forwarded. Set MYLLM_PUBLIC_URL={shown} (the console shows "
        "the address under “custom services”), so that QR codes lead there",
    )


def _exported() -> dict[str, str]:
    try:
        return dict(_EXPORT.findall(_HELP.read_text(encoding="utf-8", errors="replace")))
    except OSError:
        return {}
