"""The systems' tools' output, and the findings from it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from hosting.doctor.finding import Finding, Verdict
from hosting.doctor.firewall import Machine, firewall, run_briefly

UFW = """\
Status: active

To                         Action      From
--                         ------      ----
22/tcp                     ALLOW       Anywhere
8000/tcp                   ALLOW       Anywhere
"""
NFT = """\
table inet filter {
    chain input {
        type filter hook input priority filter; policy drop;
        tcp dport { 22, 8000 } accept
    }
}
"""


def found(platform: str, port: int, ufw_settings: Path, **outputs: str) -> Finding:
    """The finding if the named tools print this; others are missing."""

    def run(command: Sequence[str]) -> str:
        words = " ".join(command).replace("-", "_")
        return next((answer for name, answer in outputs.items() if name in words), "")

    return firewall(port, Machine(platform, run, ufw_settings))


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    return tmp_path / "ufw.conf"


@pytest.mark.parametrize(
    ("port", "outputs", "verdict", "advice"),
    [
        (8000, {}, Verdict.GOOD, "none was found"),
        (8000, {"ufw": UFW}, Verdict.GOOD, "ufw"),
        (8001, {"ufw": UFW}, Verdict.BAD, "sudo ufw allow 8001/tcp"),
        (800, {"ufw": UFW}, Verdict.BAD, "sudo ufw allow 800/tcp"),
        (8000, {"ufw": "Status: inactive\n"}, Verdict.GOOD, "none was found"),
        (8000, {"state": "running\n", "query_port": "yes\n"}, Verdict.GOOD, "firewalld"),
        (8000, {"state": "running\n", "query_port": "no\n"}, Verdict.BAD, "--add-port=8000/tcp"),
        (8000, {"state": "running\n"}, Verdict.NOTE, "--add-port=8000/tcp"),
        (8000, {"state": "not running\n"}, Verdict.GOOD, "none was found"),
        (8000, {"nft": NFT}, Verdict.GOOD, "nftables"),
        (8001, {"nft": NFT}, Verdict.NOTE, "dport 8001 accept"),
        (8001, {"nft": NFT.replace("policy drop", "policy accept")}, Verdict.GOOD, "none"),
    ],
)
def test_linux(
    nowhere: Path, port: int, outputs: dict[str, str], verdict: Verdict, advice: str
) -> None:
    finding = found("linux", port, nowhere, **outputs)
    assert finding.verdict is verdict
    assert advice in finding.sentence


def test_a_ufw_that_only_an_administrator_may_query(nowhere: Path) -> None:
    nowhere.write_text("# /etc/ufw/ufw.conf\nENABLED=yes\nLOGLEVEL=low\n")
    finding = found("linux", 8000, nowhere)
    assert finding.verdict is Verdict.NOTE
    assert "sudo ufw allow 8000/tcp" in finding.sentence


@pytest.mark.parametrize(
    ("state", "verdict"),
    [
        ("Private Profile Settings:\nState                    ON\n", Verdict.NOTE),
        ("专用配置文件 设置: \n状态                  启用\n", Verdict.NOTE),
        ("Private Profile Settings:\nState                    OFF\n", Verdict.GOOD),
        ("", Verdict.GOOD),
    ],
)
def test_windows(nowhere: Path, state: str, verdict: Verdict) -> None:
    assert found("win32", 8000, nowhere, netsh=state).verdict is verdict


@pytest.mark.parametrize(
    ("state", "blocks", "verdict"),
    [
        ("Firewall is enabled. (State = 1)", "Block all DISABLED!", Verdict.NOTE),
        ("Firewall is enabled. (State = 2)", "Firewall has block all state set to enabled.", "bad"),
        ("Firewall is disabled. (State = 0)", "", Verdict.GOOD),
    ],
)
def test_macos(nowhere: Path, state: str, blocks: str, verdict: Verdict | str) -> None:
    finding = found("darwin", 8000, nowhere, getglobalstate=state, getblockall=blocks)
    assert finding.verdict is Verdict(verdict)


def test_a_missing_tool_has_no_output() -> None:
    assert run_briefly(["no-such-tool-anywhere", "status"]) == ""


def test_a_tool_that_takes_too_long_has_no_output(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hosting.doctor.firewall._TIMEOUT_SECONDS", 0.05)
    assert run_briefly(["sleep", "30"]) == ""
