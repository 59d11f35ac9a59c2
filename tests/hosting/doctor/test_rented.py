"""AutoDL's machines: recognised by their variables, and judged by the server's settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from chat.terminal import language
from hosting.doctor.finding import Verdict
from hosting.doctor.rented import DISK, Rented, Server, judge_rented, recognised

URL = "https://u123-8a.westb.seetacloud.com:8443"
SET_UP = Server(6006, DISK / "myllm", is_local_owner=False, public_url=URL)
HERE = {"AutoDLContainerUUID": "8a3f", "AutoDLService6006URL": f"{URL}/"}


def sentences(found: Rented, server: Server, verdict: Verdict) -> list[str]:
    return [one.sentence for one in judge_rented(found, server) if one.verdict is verdict]


@pytest.mark.parametrize(
    ("environment", "has_disk", "urls"),
    [
        (HERE, False, {6006: URL}),
        ({"AutoDLServiceURL": URL}, False, {6006: URL}),
        (HERE | {"AutoDLService6008URL": "https://b"}, True, {6006: URL, 6008: "https://b"}),
        ({}, True, {}),
    ],
)
def test_such_a_machine_is_recognised(
    environment: dict[str, str], has_disk: bool, urls: dict[int, str]
) -> None:
    found = recognised(environment, has_disk=has_disk)
    assert found is not None
    assert found.urls == urls


def test_another_computer_is_none() -> None:
    assert recognised({"HOME": "/root", "PATH": "/bin"}, has_disk=False) is None


def test_a_server_that_is_set_up_for_it_is_good() -> None:
    (finding,) = judge_rented(Rented({6006: URL}), SET_UP)
    assert finding.verdict is Verdict.GOOD
    assert URL in finding.sentence


def test_another_port_than_the_forwarded_ones_is_closed() -> None:
    server = Server(8000, DISK, is_local_owner=False)
    (sentence,) = sentences(Rented({6006: URL}), server, Verdict.BAD)
    assert "serve --port 6006" in sentence
    assert "ssh -CNg -L 8000:127.0.0.1:8000 root@" in sentence


@pytest.mark.parametrize(("urls", "shown"), [({6006: URL}, URL), ({}, "https://<…>")])
def test_the_address_for_qr_codes_is_named(urls: dict[int, str], shown: str) -> None:
    server = Server(6006, DISK, is_local_owner=False)
    (sentence,) = sentences(Rented(urls), server, Verdict.NOTE)
    assert f"MYLLM_PUBLIC_URL={shown}" in sentence


def test_forwarded_requests_must_not_be_the_owners() -> None:
    server = Server(6006, DISK, is_local_owner=True, public_url=URL)
    (sentence,) = sentences(Rented({6006: URL}), server, Verdict.BAD)
    assert "MYLLM_LOCAL_OWNER=0" in sentence


def test_data_on_the_system_disk_is_noted() -> None:
    server = Server(6006, Path("/root/MyLLM/var"), is_local_owner=False, public_url=URL)
    (sentence,) = sentences(Rented({6006: URL}), server, Verdict.NOTE)
    assert "MYLLM_DATA_DIR=/root/autodl-tmp/myllm" in sentence


def test_the_faster_way_to_the_hubs_is_named_if_there_is_one() -> None:
    (sentence,) = sentences(Rented({6006: URL}, has_turbo=True), SET_UP, Verdict.NOTE)
    assert "source /etc/network_turbo" in sentence


def test_there_are_chinese_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "prefers_chinese", lambda: True)
    assert (
        "只转发端口"
        in next(judge_rented(Rented({}), Server(8000, DISK, is_local_owner=False))).sentence
    )
