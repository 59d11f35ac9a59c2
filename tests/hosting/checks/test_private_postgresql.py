"""The temporary server starts, answers, and is removed."""

from __future__ import annotations

import tempfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from chat.terminal.refusal import Refusal
from hosting.checks.private_postgresql import find_postgresql, private_postgresql

pytestmark = pytest.mark.skipif(find_postgresql() is None, reason="PostgreSQL is not installed")


def test_it_answers_and_is_gone_afterwards() -> None:
    programs = find_postgresql()
    assert programs is not None
    with private_postgresql(programs) as url, psycopg.connect(url) as connection:
        folder = Path(parse_qs(urlsplit(url).query)["host"][0])
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert folder.exists()
    assert not folder.exists()


def test_a_failed_start_has_its_reason() -> None:
    # Not pytest's folder, which the account of the programs may not read.
    with tempfile.TemporaryDirectory() as place:
        programs = Path(place)
        programs.chmod(0o755)
        (programs / "initdb").write_text("#!/bin/sh\necho no room\nexit 1\n")
        (programs / "initdb").chmod(0o755)
        with pytest.raises(Refusal, match="no room"), private_postgresql(programs):
            pass
