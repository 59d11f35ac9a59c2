"""`serve` on a folder whose database is missing."""

from __future__ import annotations

import http.client
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.live.chat_socket import chat_socket
from tests.live.live_server import SERVE, LiveServer
from tests.patience import PATIENCE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Of a server that was used and stopped."""
    with server_in(tmp_path) as server:
        server.stop(signal.SIGTERM)
    return tmp_path


def server_in(folder: Path, *flags: str) -> LiveServer:
    return LiveServer(folder, (*SERVE, *flags), MODELS="scripted/plain")


def lose(folder: Path) -> None:
    for file in folder.glob("myllm.sqlite3*"):
        file.unlink()
    (folder / "server.log").unlink()


def ask(server: LiveServer, method: str, path: str, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def waiting(server: LiveServer) -> LiveServer:
    server.spawn()
    server.wait_until_printed("--new-database")
    server.wait_until_printed("Ctrl-C")
    return server


async def test_it_waits_for_the_owner_and_continues_in_the_same_process(folder: Path) -> None:
    lose(folder)
    (folder / "monday.bak").write_bytes(b"?" * 5000)
    server = waiting(server_in(folder))
    try:
        status, page = ask(server, "GET", "/api/v1/me")
        assert status == 503
        assert "monday.bak" in page
        process, here = server.pid, f"http://127.0.0.1:{server.port}"
        assert ask(server, "POST", "/new-database", Origin="http://evil.example")[0] == 403
        assert not (folder / "myllm.sqlite3").exists()
        assert ask(server, "POST", "/new-database", Origin=here)[0] == 202
        server.wait_until_it_answers()
        assert server.pid == process
        async with chat_socket(server.url) as socket:
            await socket.tell("hello")
            await socket.answer("你好")
    finally:
        server.kill()
    assert (folder / "monday.bak").exists()


def test_the_flag_decides_beforehand_and_keeps_what_is_left(folder: Path) -> None:
    lose(folder)
    (folder / "myllm.sqlite3-wal").write_bytes(b"half a journal" * 1000)
    with server_in(folder, "--new-database") as server:
        assert "myllm.sqlite3-wal." in server.log
    (kept,) = folder.glob("myllm.sqlite3-wal.*")
    assert kept.read_bytes().startswith(b"half a journal")


def test_a_journal_that_holds_it_all_is_restored_by_itself(folder: Path) -> None:
    main, journal = folder / "myllm.sqlite3", folder / "myllm.sqlite3-wal"
    with closing(sqlite3.connect(main)) as database:
        database.execute("INSERT INTO django_content_type (app_label, model) VALUES ('a', 'kept')")
        database.commit()
        # Rewrites every page, all of them into the journal.
        database.execute("VACUUM")
        shutil.copyfile(journal, folder / "young")
    lose(folder)
    (folder / "young").rename(journal)
    with server_in(folder) as server:
        assert journal.name in server.log
    with closing(sqlite3.connect(main)) as database:
        found = database.execute("SELECT app_label FROM django_content_type WHERE model = 'kept'")
        assert found.fetchall() == [("a",)]


@pytest.mark.parametrize("command", [["pair"], ["migrate"], ["purge"], ["members"]])
def test_other_commands_refuse_and_make_nothing(folder: Path, command: list[str]) -> None:
    lose(folder)
    server = LiveServer(folder, ["manage.py", *command], MODELS="scripted/plain")
    server.spawn()
    try:
        assert server.wait() == 1
    finally:
        server.kill()
    assert "--new-database" in server.log
    assert "Traceback" not in server.log
    assert not (folder / "myllm.sqlite3").exists()


def test_ctrl_c_leaves_everything_as_it_was(folder: Path) -> None:
    lose(folder)
    before = {file.name for file in folder.iterdir()}
    server = waiting(server_in(folder))
    try:
        assert ask(server, "GET", "/")[0] == 503
        assert not (folder / "myllm.sqlite3").exists()
        server.stop(signal.SIGINT)
        assert server.exit_code == 0
    finally:
        server.kill()
    assert {file.name for file in folder.iterdir()} - {"server.log"} == before
