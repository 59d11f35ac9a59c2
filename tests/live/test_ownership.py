"""Two servers on one data folder, at every moment of the first one's life: one owner, no answer
written twice, and a clear sentence from the other.
"""

from __future__ import annotations

import asyncio
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import psutil
import pytest

from chat.ownership.lock import FolderLock
from inference.backends.scenarios import LONG_MARKDOWN
from tests.live.chat_socket import chat_socket, text_of
from tests.live.live_server import ROOT, SERVE, LiveServer, free_port

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")

STARTED_ANEW = (
    "-c",
    "from MyLLM.guard import child; child.FORKS = False\n"
    "from tests.live.serve_without_page import serve; serve()",
)
ALLOWED_SECONDS = 30


class Server(LiveServer):
    """Several of them share a data folder, each with its own port and terminal."""

    def __init__(
        self, place: Path, name: str, command: Sequence[str] = SERVE, **settings: str | int
    ) -> None:
        folder = place / name
        super().__init__(
            folder, command, **{"DATA_DIR": place / "data", "MODELS": "scripted", **settings}
        )
        self._environment["LANGUAGE"] = "en"

    def refused(self) -> str:
        """Its output when it ends, as it must, without having served."""
        self.spawn()
        try:
            until(lambda: not self.alive(), "it serves")
            assert self.exit_code != 0, self.log
        finally:
            self.kill()
        assert "Traceback" not in self.log
        return self.log


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shared")


@pytest.fixture(scope="module")
def first(place: Path) -> Iterator[Server]:
    with Server(place, "first") as server:
        yield server


def until(condition: object, what: str) -> None:
    assert callable(condition)
    deadline = time.monotonic() + ALLOWED_SECONDS
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.01)


def test_the_sentence_says_which_process_since_when_where_and_what_to_do(
    first: Server, place: Path
) -> None:
    sentence = Server(place, "second").refused()
    assert sentence.count("\n") == 1
    for part in (
        f"process {first.pid}, since 20",
        f"open http://127.0.0.1:{first.port}/",
        f"kill {first.pid}",
        "MYLLM_DATA_DIR",
        str(place / "data"),
    ):
        assert part in sentence


def test_the_same_port_is_not_called_another_programs(first: Server, place: Path) -> None:
    second = Server(place, "same", PORT=first.port)
    assert f"process {first.pid}" in second.refused()


def test_a_suspended_one_is_named_with_the_way_back(first: Server, place: Path) -> None:
    process = psutil.Process(first.pid)
    process.suspend()
    try:
        sentence = Server(place, "second").refused()
    finally:
        process.resume()
    assert "suspended" in sentence
    assert "run fg" in sentence
    assert f"kill -CONT {first.pid} && kill {first.pid}" in sentence
    assert first.get("/healthz") == {"status": "ok"}


@pytest.mark.parametrize(
    "command",
    [
        ("-m", "uvicorn", "MyLLM.asgi:application", "--port"),
        ("-m", "daphne", "MyLLM.asgi:application", "--port"),
        ("manage.py", "runserver"),
        ("manage.py", "runserver", "--noreload"),
        ("-m", "tests.host_project"),
    ],
    ids=["uvicorn", "daphne", "runserver", "runserver --noreload", "another project"],
)
def test_no_other_way_to_serve_begins_beside_it(
    first: Server, place: Path, command: Sequence[str]
) -> None:
    port = () if command[-1].startswith("tests") else (str(free_port()),)
    second = Server(place, "other", (*command, *port))
    assert f"process {first.pid}" in second.refused()


@pytest.mark.parametrize(
    "command",
    [["pair"], ["members"], ["apikey", "create", "x"], ["purge"], ["migrate"], ["serve", "--help"]],
    ids=" ".join,
)
def test_other_commands_run_beside_it(first: Server, place: Path, command: list[str]) -> None:
    beside = Server(place, "beside", ["manage.py", *command])
    beside.spawn()
    try:
        until(lambda: not beside.alive(), "it does not end")
        assert beside.exit_code == 0, beside.log
    finally:
        beside.kill()


def test_a_new_database_is_not_made_while_another_process_owns_the_folder(
    first: Server, place: Path
) -> None:
    before = {file.name for file in (place / "data").iterdir()}
    sentence = Server(place, "new", (*SERVE, "--new-database")).refused()
    assert f"process {first.pid}" in sentence
    assert {file.name for file in (place / "data").iterdir()} == before


async def test_an_answer_is_left_to_the_one_that_writes_it(first: Server, place: Path) -> None:
    async with chat_socket(first.url) as socket:
        run = (await socket.ask("数", "scripted/endless"))["run"]
        await socket.receive_next("stream")
        await asyncio.to_thread(Server(place, "second").refused)
        stream = await socket.receive_next("stream")
        assert stream["run"] == run
        assert first.get(f"/api/v1/runs/{run}")["epoch"] == 1
        await socket.tell("stop", run=run)
        await socket.receive_next("end")


def test_one_that_is_starting_owns_it_already(tmp_path: Path) -> None:
    first = Server(tmp_path, "first")
    lock = FolderLock(tmp_path / "data")
    first.spawn()
    try:
        until(lambda: lock.described() is not None, "nobody owns it")
        assert not (tmp_path / "data" / "myllm.sqlite3").exists()
        assert f"process {first.pid}" in Server(tmp_path, "second").refused()
        first.wait_until_it_answers()
    finally:
        first.kill()


async def test_one_that_is_stopping_is_waited_for(tmp_path: Path) -> None:
    with Server(tmp_path, "first") as first:
        async with chat_socket(first.url) as socket:
            run = (await socket.ask("写", "scripted/markdown"))["run"]
            await socket.receive_next("stream")
            psutil.Process(first.pid).terminate()
            await socket.closed_with()
            second = Server(tmp_path, "second")
            await asyncio.to_thread(second.start)
        try:
            until(lambda: not first.alive(), "it does not stop")
            await is_completed(second, run)
        finally:
            second.kill()


@pytest.mark.parametrize("respawns", [0, 5], ids=["alone", "guarded"])
async def test_one_that_was_killed_is_succeeded_at_once(tmp_path: Path, respawns: int) -> None:
    with Server(tmp_path, "first", RESPAWNS=respawns) as first:
        async with chat_socket(first.url) as socket:
            run = (await socket.ask("写", "scripted/markdown"))["run"]
            await socket.receive_next("stream")
            first.kill()
        with Server(tmp_path, "second") as second:
            await is_completed(second, run)


@pytest.mark.parametrize("command", [SERVE, STARTED_ANEW], ids=["forked", "started"])
async def test_while_a_guard_is_about_to_start_it_again_one_of_both_serves(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    with Server(tmp_path, "first", command, RESPAWNS=5) as first:
        async with chat_socket(first.url) as socket:
            run = (await socket.ask("写", "scripted/markdown"))["run"]
            await socket.receive_next("stream")
        (crashing,) = psutil.Process(first.pid).children()
        crashing.send_signal(signal.SIGSEGV)
        first.wait_until_printed("SIGSEGV")
        second = Server(tmp_path, "second")
        second.spawn()
        try:
            one, other = await asyncio.to_thread(split_by_owner, [first, second])
            assert "MyLLM is running" in other.log
            assert other.exit_code == 1
            await asyncio.to_thread(one.wait_until_it_answers)
            await is_completed(one, run)
        finally:
            second.kill()


def split_by_owner(servers: list[Server]) -> list[Server]:
    """The one that runs, and then those that have ended."""
    until(lambda: sum(server.alive() for server in servers) == 1, "several are left")
    return sorted(servers, key=lambda server: not server.alive())


def test_of_several_that_begin_at_the_same_moment_one_serves(tmp_path: Path) -> None:
    servers = [Server(tmp_path, str(number)) for number in range(4)]
    for server in servers:
        server.spawn()
    try:
        one, *others = split_by_owner(servers)
        assert all("data folder" in other.log for other in others)
        one.wait_until_it_answers()
    finally:
        for server in servers:
            server.kill()


def test_several_workers_are_refused(tmp_path: Path) -> None:
    command = ("-m", "uvicorn", "--workers", "2", "--port", str(free_port()))
    server = Server(tmp_path, "workers", (*command, "MyLLM.asgi:application"))
    server.spawn()
    try:
        until(lambda: not server.alive(), "it starts workers without end")
    finally:
        server.kill()
    assert server.log.count("--workers 1") == 1


def test_the_data_folder_is_for_its_owner_alone_from_the_first_start_and_is_repaired(
    tmp_path: Path,
) -> None:
    data = tmp_path / "data"
    private = {"data", "myllm.sqlite3", "myllm.sqlite3-wal", "secret_key", "logs", "myllm.log"}
    with Server(tmp_path, "first"):
        assert readable_by_others(data) == set()
    for path in (data, *data.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert readable_by_others(data) >= private
    with Server(tmp_path, "second"):
        assert readable_by_others(data) == set()


def readable_by_others(folder: Path) -> set[str]:
    found = (folder, *folder.rglob("*"))
    return {path.name for path in found if stat.S_IMODE(path.lstat().st_mode) & 0o077}


async def is_completed(server: Server, run: str) -> None:
    """Whether the answer is complete, written by one process after the other."""
    async with chat_socket(server.url) as socket:
        await socket.tell("attach", run=run)
        frames = await socket.receive_until("end")
    snapshots = [frame["content"] for frame in frames if frame["type"] == "snapshot"]
    assert "".join(snapshots) + text_of(frames) == LONG_MARKDOWN
    assert frames[-1]["status"] == "completed"


def test_what_a_killed_server_had_started_does_not_keep_the_folder(tmp_path: Path) -> None:
    """Children that are started as programs do not inherit the lock."""
    program = (
        "import subprocess, sys, pathlib\n"
        "from chat.ownership.claim import claim\n"
        f"claim(pathlib.Path({str(tmp_path)!r}))\n"
        "child = subprocess.Popen(['sleep', '60'], close_fds=False, stdout=subprocess.DEVNULL)\n"
        "print(child.pid, flush=True)\n"
        "sys.stdin.read()\n"
    )
    owner = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert owner.stdout
    child = psutil.Process(int(owner.stdout.readline()))
    lock = FolderLock(tmp_path)
    try:
        assert not lock.take()
        owner.kill()
        owner.communicate()
        assert child.is_running()
        assert lock.take()
    finally:
        child.kill()
        lock.release()
