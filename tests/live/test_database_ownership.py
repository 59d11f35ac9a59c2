"""Two servers on one PostgreSQL database, each with a data folder of its own: one owner."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from chat.ownership.advisory_lock import KEY
from hosting.checks.private_postgresql import find_postgresql, private_postgresql
from tests.live.live_server import LiveServer

psycopg = pytest.importorskip("psycopg")
ALLOWED_SECONDS = 30
BACKENDS = "FROM pg_stat_activity WHERE application_name LIKE 'MyLLM process%'"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    programs = find_postgresql()
    if programs is None:
        pytest.skip("no PostgreSQL here")
    with private_postgresql(programs) as made:
        yield made


def server(folder: Path, url: str) -> LiveServer:
    made = LiveServer(folder, MODELS="scripted")
    made._environment |= {"DATABASE_URL": url, "LANGUAGE": "en"}
    return made


def ended(server: LiveServer) -> str:
    """Its output when it ended by itself."""
    deadline = time.monotonic() + ALLOWED_SECONDS
    while server.alive():
        assert time.monotonic() < deadline, "it serves"
        time.sleep(0.01)
    assert server.exit_code != 0
    return server.log


def test_the_second_names_the_first_and_succeeds_it_when_it_is_killed(
    tmp_path: Path, url: str
) -> None:
    with server(tmp_path / "first", url) as first:
        second = server(tmp_path / "second", url)
        second.spawn()
        output = ended(second)
        assert f"MyLLM process {first.pid} on " in output
        assert "DATABASE_URL" in output
        assert "Traceback" not in output
        first.kill()
        with second:
            pass


def test_a_lock_whose_connection_is_cut_is_taken_again(tmp_path: Path, url: str) -> None:
    with server(tmp_path, url) as owner, psycopg.connect(url, autocommit=True) as session:
        (before,) = session.execute(f"SELECT pid {BACKENDS}").fetchone()
        session.execute("SELECT pg_terminate_backend(%s)", [before])
        deadline = time.monotonic() + ALLOWED_SECONDS
        while session.execute(f"SELECT pid {BACKENDS} AND pid <> {before}").fetchone() is None:
            assert time.monotonic() < deadline, "it was not taken again"
            time.sleep(0.01)
        assert owner.get("/healthz") == {"status": "ok"}


def test_one_whose_lock_another_process_has_taken_ends(tmp_path: Path, url: str) -> None:
    with (
        server(tmp_path, url) as owner,
        psycopg.connect(url, autocommit=True) as session,
        psycopg.connect(url, autocommit=True, application_name="the next one") as other,
    ):
        waiting = threading.Thread(target=other.execute, args=[f"SELECT pg_advisory_lock({KEY})"])
        waiting.start()
        while not session.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone():
            time.sleep(0.01)
        session.execute(f"SELECT pg_terminate_backend(pid) {BACKENDS}")
        waiting.join(ALLOWED_SECONDS)
        assert "the next one" in ended(owner)
