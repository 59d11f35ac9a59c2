"""Whether a firewall of this computer is likely to block phones. Its tools are only queried, and
never as an administrator; rules that only an administrator may read stay unknown.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from hosting.doctor.finding import Finding, bad, good, note

Run = Callable[[Sequence[str]], str]
"""A command's output; empty if the command is missing, fails, or takes too long."""
_TIMEOUT_SECONDS = 5
_MAC_TOOL = "/usr/libexec/ApplicationFirewall/socketfilterfw"
_UFW_SETTINGS = Path("/etc/ufw/ufw.conf")


@dataclass(frozen=True, slots=True)
class Machine:
    """The queried computer: `platform` as Python names it."""

    platform: str
    run: Run
    ufw_settings: Path = _UFW_SETTINGS


def firewall(port: int, machine: Machine | None = None) -> Finding:
    machine = machine or Machine(sys.platform, run_briefly)
    if machine.platform == "win32":
        return _windows(machine.run)
    if machine.platform == "darwin":
        return _mac(machine.run)
    checks = (_ufw, _firewalld, _nft)
    found = (check(machine, port) for check in checks)
    return next(filter(None, found), None) or good(
        "防火墙：没有发现挡路的", "Firewall: none was found in the way"
    )


def run_briefly(command: Sequence[str]) -> str:
    program = which(command[0])
    if program is None:
        return ""
    try:
        ended = subprocess.run(  # noqa: S603
            [program, *command[1:]],
            capture_output=True,
            timeout=_TIMEOUT_SECONDS,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return ended.stdout.decode(errors="replace")


def _ufw(machine: Machine, port: int) -> Finding | None:
    status = machine.run(["ufw", "status"])
    if re.search(r"^Status: active", status, re.MULTILINE):
        allowed = re.search(rf"^{port}(/tcp)?\s.*ALLOW", status, re.MULTILINE)
        return _open("ufw") if allowed else _blocked("ufw", f"sudo ufw allow {port}/tcp")
    try:
        settings = machine.ufw_settings.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    if not status and re.search(r"^ENABLED=yes", settings, re.MULTILINE | re.IGNORECASE):
        return _unknown("ufw", f"sudo ufw allow {port}/tcp")
    return None


def _firewalld(machine: Machine, port: int) -> Finding | None:
    if machine.run(["firewall-cmd", "--state"]).strip() != "running":
        return None
    way = f"sudo firewall-cmd --add-port={port}/tcp"
    match machine.run(["firewall-cmd", f"--query-port={port}/tcp"]).strip():
        case "yes":
            return _open("firewalld")
        case "no":
            return _blocked("firewalld", way)
        case _:
            return _unknown("firewalld", way)


def _nft(machine: Machine, port: int) -> Finding | None:
    """Only an administrator may list the rules; without rules this finds no firewall."""
    rules = machine.run(["nft", "list", "ruleset"])
    if not re.search(r"hook input[^}]*policy drop", rules):
        return None
    if re.search(rf"tcp dport (\{{[^}}]*\b{port}\b[^}}]*\}}|{port}\b).*accept", rules):
        return _open("nftables")
    rule = f"sudo nft add rule inet filter input tcp dport {port} accept"
    return _unknown("nftables", rule)


def _windows(run: Run) -> Finding:
    """The output is in the system's language; a Chinese one contains 启用."""
    state = run(["netsh", "advfirewall", "show", "currentprofile", "state"])
    if not re.search(r"\bON\b|启用", state):
        return good("防火墙：没有发现挡路的", "Firewall: none was found in the way")
    return note(
        "防火墙：Windows 防火墙已开启。手机打不开时：设置 → 防火墙 → 允许应用 → "
        "勾选 Python（专用网络），并把当前网络设为「专用」",
        "Firewall: Windows' is on. If a phone does not get through: Settings → Firewall → Allow "
        "an app → tick Python (private networks), and set this network to “Private”",
    )


def _mac(run: Run) -> Finding:
    if "enabled" not in run([_MAC_TOOL, "--getglobalstate"]):
        return good("防火墙：没有发现挡路的", "Firewall: none was found in the way")
    if "enabled" in run([_MAC_TOOL, "--getblockall"]):
        return bad(
            "防火墙：macOS 阻止所有传入连接。系统设置 → 网络 → 防火墙 → 选项，"
            "关掉「阻止所有传入连接」",
            "Firewall: macOS blocks all incoming connections. System Settings → Network → "
            "Firewall → Options: turn that off",
        )
    return note(
        "防火墙：macOS 防火墙已开启。手机打不开时：系统设置 → 网络 → 防火墙 → 选项，"
        "允许 Python 传入连接",
        "Firewall: macOS' is on. If a phone does not get through: System Settings → Network → "
        "Firewall → Options: allow incoming connections for Python",
    )


def _open(name: str) -> Finding:
    return good(f"防火墙：{name} 已放行", f"Firewall: {name} lets the port through")


def _blocked(name: str, way: str) -> Finding:
    return bad(
        f"防火墙：{name} 挡住了手机，请运行：{way}",
        f"Firewall: {name} keeps phones out; run: {way}",
    )


def _unknown(name: str, way: str) -> Finding:
    return note(
        f"防火墙：{name} 已开启，规则要管理员才能看。手机打不开时运行：{way}",
        f"Firewall: {name} is on, and only an administrator sees its rules. If a phone does not "
        f"get through: {way}",
    )
