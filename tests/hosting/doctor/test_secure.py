"""Certificate and port of a server of https."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from hosting.doctor.finding import Verdict
from hosting.doctor.reachability import Answer, Port
from hosting.doctor.secure import https, judge_certificate, judge_secure_port
from tests.live.live_server import free_port
from tests.overrides import Overrides

NOW = datetime.datetime(2026, 5, 1, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


def test_plain_http_needs_nothing(conf: Overrides) -> None:
    conf.tls = False
    assert https() == []


@pytest.mark.parametrize("ends", [None, NOW - DAY])
def test_a_certificate_that_is_missing_will_be_made(ends: datetime.datetime | None) -> None:
    assert judge_certificate(ends, NOW).verdict is Verdict.NOTE


def test_a_certificates_end_is_named() -> None:
    assert "2026-05-02" in judge_certificate(NOW + DAY, NOW).sentence


@pytest.mark.parametrize(
    ("taken_by", "verdict"),
    [(None, Verdict.GOOD), (Answer.MYLLM, Verdict.GOOD), (Answer.OTHER, Verdict.BAD)],
)
def test_https_without_its_port_is_bad(taken_by: Answer | None, verdict: Verdict) -> None:
    assert judge_secure_port(Port(8443, taken_by)).verdict is verdict


def test_a_damaged_authority_keeps_phones_out(tmp_path: Path, conf: Overrides) -> None:
    conf.tls, conf.data_dir = True, tmp_path
    conf.host, conf.tls_port = "127.0.0.1", free_port()
    (tmp_path / "tls").mkdir()
    (tmp_path / "tls" / "authority.key").write_text("nothing")
    certificate, port = https()
    assert (certificate.verdict, port.verdict) == (Verdict.BAD, Verdict.GOOD)
