"""Linux inside Windows (WSL2): whether phones reach its network, and what to do if not.

See https://learn.microsoft.com/windows/wsl/networking: with NAT, the default, only this computer
reaches it; with mirrored networking it has Windows' own addresses.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from chat.conf import conf
from chat.network.addresses import reachable
from hosting.doctor.finding import Finding, bad, good, note
from hosting.doctor.firewall import Run, run_briefly

_CREATOR = "{40E0AC32-46A5-438A-A0B2-2B479E8F2E90}"
"""WSL's identifier in Hyper-V's firewall."""
_WINDOWS_ADDRESS = (
    *("powershell.exe", "-NoProfile", "-Command"),
    "(Get-NetIPConfiguration | ? IPv4DefaultGateway).IPv4Address.IPAddress",
)
_FORWARDS = ("netsh.exe", "interface", "portproxy", "show", "v4tov4")
_FORWARD = re.compile(r"^(\S+)\s+(\d+)\s+(\S+)\s+(\d+)\s*$", re.MULTILINE)
_ADDRESS = re.compile(r"^\d+\.\d+\.\d+\.\d+$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Wsl:
    """`mode` as `wslinfo` names it, "" if unknown. `address` is this Linux's, `windows` that of
    Windows in the local network; `forwards` is the output of `netsh`.
    """

    mode: str
    address: str = ""
    windows: str = ""
    forwards: str = ""


def wsl(port: int) -> list[Finding]:
    """Empty on any other computer."""
    version = _text(Path("/proc/version"))
    if not is_wsl(version, os.environ, in_container=Path("/.dockerenv").exists()):
        return []
    return [judge_wsl(read_wsl(run_briefly), port)]


def is_wsl(version: str, environment: Mapping[str, str], *, in_container: bool) -> bool:
    """`version` is the text of /proc/version; a custom kernel may not name Microsoft."""
    return not in_container and ("microsoft" in version.lower() or "WSL_INTEROP" in environment)


def read_wsl(run: Run) -> Wsl:
    """Queries of Windows take a second, so they are made only for NAT."""
    mode = run(["wslinfo", "--networking-mode"]).strip().lower()
    if mode not in ("", "nat"):
        return Wsl(mode)
    own = next(iter(reachable(conf().host)), "")
    found = _ADDRESS.search(run(_WINDOWS_ADDRESS).replace("\r", ""))
    return Wsl(mode, own, found[0] if found else "", run(_FORWARDS).replace("\r", ""))


def judge_wsl(found: Wsl, port: int) -> Finding:
    """For a server at `port`."""
    match found.mode:
        case "mirrored" | "bridged":
            return _shared(found.mode, port)
        case "wsl1":
            return note(
                "WSL1：和 Windows 共用网络。手机打不开时，在 Windows 防火墙里放行",
                "WSL1: shares Windows' network. If a phone does not get through, allow it in "
                "Windows' firewall",
            )
        case "none":
            return bad(
                "WSL2：没有网络（networkingMode=none），手机进不来；见 docs/wsl2.md",
                "WSL2: without a network (networkingMode=none), no phone comes; see docs/wsl2.md",
            )
        case "" | "nat":
            return _nat(found, port)
        case _:
            return note(
                f"WSL2：网络模式 {found.mode}，手机能否连上要试一试；不行就改用 mirrored，"
                "见 docs/wsl2.md",
                f"WSL2: networking mode {found.mode}; whether phones get through has to be tried. "
                "If not, use mirrored, see docs/wsl2.md",
            )


def forward_command(address: str, port: int) -> str:
    """For Windows' PowerShell, as an administrator."""
    return (
        f"netsh interface portproxy add v4tov4 listenaddress=0.0.0.0 listenport={port} "
        f"connectaddress={address} connectport={port}; "
        f"netsh advfirewall firewall add rule name=MyLLM dir=in action=allow protocol=TCP "
        f"localport={port}"
    )


def _shared(mode: str, port: int) -> Finding:
    rule = (
        f"New-NetFirewallHyperVRule -Name MyLLM -DisplayName MyLLM -Direction Inbound "
        f"-VMCreatorId '{_CREATOR}' -Protocol TCP -LocalPorts {port}"
    )
    return note(
        f"WSL2：网络模式 {mode}，手机能连上。打不开时在管理员 PowerShell 里运行：{rule}",
        f"WSL2: networking mode {mode}, phones reach it. If one does not get through, run as an "
        f"administrator in PowerShell: {rule}",
    )


def _nat(found: Wsl, port: int) -> Finding:
    target = _forwarded_to(found.forwards, port)
    page = f"http://{found.windows or '<Windows IP>'}:{port}"
    if target and target == found.address:
        return good(
            f"WSL2：NAT 模式，Windows 已转发端口 {port}；手机用 {page}（MYLLM_PUBLIC_URL={page}）",
            f"WSL2: NAT, and Windows forwards port {port}; phones use {page} "
            f"(MYLLM_PUBLIC_URL={page})",
        )
    command = forward_command(found.address or "<WSL IP>", port)
    stale_zh = f"（现在转发到旧地址 {target}）" if target else ""
    stale_en = f" (it is forwarded to {target}, an address of before)" if target else ""
    return bad(
        f"WSL2：网络是 NAT 模式，手机连不到这里{stale_zh}。在 Windows 的 %UserProfile%\\.wslconfig "
        "里的 [wsl2] 下写 networkingMode=mirrored，再运行 wsl --shutdown；或在管理员 PowerShell 里"
        f"运行：{command}，并在这里设置 MYLLM_PUBLIC_URL={page}。见 docs/wsl2.md",
        f"WSL2: its network is behind NAT, where no phone comes{stale_en}. Write "
        "networkingMode=mirrored below [wsl2] in %UserProfile%\\.wslconfig on Windows, then run "
        f"wsl --shutdown; or run in PowerShell as an administrator: {command}, and set "
        f"MYLLM_PUBLIC_URL={page} here. See docs/wsl2.md",
    )


def _forwarded_to(forwards: str, port: int) -> str:
    rows = _FORWARD.findall(forwards)
    return next((to for _, listens, to, at in rows if listens == at == str(port)), "")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
