"""Linux inside Windows: the output of `wslinfo`, `netsh` and PowerShell, and the findings."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from chat.terminal import language
from hosting.doctor import wsl as module
from hosting.doctor.finding import Verdict
from hosting.doctor.wsl import Wsl, is_wsl, judge_wsl, read_wsl

KERNEL = "Linux version 5.15.167.4-microsoft-standard-WSL2 (root@f9c826d3017f)"
OWN_KERNEL = "Linux version 6.12.1-mine"
FORWARDS = """
Listen on ipv4:             Connect to ipv4:

Address         Port        Address         Port
--------------- ----------  --------------- ----------
0.0.0.0         8000        172.20.5.9      8000
0.0.0.0         2222        172.20.5.9      22
"""


@pytest.mark.parametrize(
    ("version", "environment", "in_container", "answer"),
    [
        (KERNEL, {}, False, True),
        ("Linux version 4.4.0-19041-Microsoft", {}, False, True),
        (OWN_KERNEL, {"WSL_INTEROP": "/run/WSL/9_interop"}, False, True),
        (OWN_KERNEL, {}, False, False),
        (KERNEL, {}, True, False),
    ],
)
def test_wsl_is_recognised(
    version: str, environment: dict[str, str], in_container: bool, answer: bool
) -> None:
    assert is_wsl(version, environment, in_container=in_container) is answer


def test_behind_nat_no_phone_connects_and_the_commands_are_named() -> None:
    finding = judge_wsl(Wsl("nat", "172.20.5.9", "192.168.1.7"), 8000)
    assert finding.verdict is Verdict.BAD
    for words in (
        "networkingMode=mirrored",
        "wsl --shutdown",
        "netsh interface portproxy add v4tov4 listenaddress=0.0.0.0 listenport=8000 "
        "connectaddress=172.20.5.9 connectport=8000",
        "localport=8000",
        "MYLLM_PUBLIC_URL=http://192.168.1.7:8000",
        "docs/wsl2.md",
    ):
        assert words in finding.sentence


def test_a_forward_to_this_linux_lets_phones_in() -> None:
    finding = judge_wsl(Wsl("nat", "172.20.5.9", "192.168.1.7", FORWARDS), 8000)
    assert finding.verdict is Verdict.GOOD
    assert "http://192.168.1.7:8000" in finding.sentence


@pytest.mark.parametrize(("address", "port"), [("172.20.5.10", 8000), ("172.20.5.9", 8001)])
def test_a_forward_to_an_old_address_or_of_another_port_does_not(address: str, port: int) -> None:
    finding = judge_wsl(Wsl("nat", address, "", FORWARDS), port)
    assert finding.verdict is Verdict.BAD
    assert ("172.20.5.9, an address of before" in finding.sentence) is (port == 8000)


@pytest.mark.parametrize(
    ("mode", "verdict", "words"),
    [
        ("mirrored", Verdict.NOTE, "New-NetFirewallHyperVRule"),
        ("bridged", Verdict.NOTE, "-LocalPorts 8000"),
        ("wsl1", Verdict.NOTE, "firewall"),
        ("virtioproxy", Verdict.NOTE, "virtioproxy"),
        ("none", Verdict.BAD, "without a network"),
        ("", Verdict.BAD, "NAT"),
    ],
)
def test_every_mode_has_its_sentence(mode: str, verdict: Verdict, words: str) -> None:
    finding = judge_wsl(Wsl(mode), 8000)
    assert finding.verdict is verdict
    assert words in finding.sentence


def test_windows_is_queried_only_behind_nat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "reachable", lambda _: ("172.20.5.9",))
    asked: list[str] = []

    def run_in(mode: str) -> Wsl:
        def run(command: Sequence[str]) -> str:
            asked.append(command[0])
            return {
                "wslinfo": mode,
                "powershell.exe": "192.168.1.7\r\n10.0.0.2\r\n",
                "netsh.exe": FORWARDS.replace("\n", "\r\n"),
            }[command[0]]

        return read_wsl(run)

    assert run_in("mirrored\n") == Wsl("mirrored")
    assert asked == ["wslinfo"]
    found = run_in("nat\n")
    assert (found.address, found.windows) == ("172.20.5.9", "192.168.1.7")
    assert judge_wsl(found, 8000).verdict is Verdict.GOOD


def test_there_are_chinese_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "prefers_chinese", lambda: True)
    assert "手机连不到这里" in judge_wsl(Wsl("nat"), 8000).sentence
