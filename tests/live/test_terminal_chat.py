"""`manage.py chat`, with and without a server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.live_server import ROOT, LiveServer
from tests.live.terminal import typed
from tests.patience import PATIENCE

TALKED = "你刚才说"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with LiveServer(tmp_path_factory.mktemp("chat"), MODELS="scripted") as running:
        yield running


def test_a_question_is_answered_through_the_server(server: LiveServer) -> None:
    ended = typed(server.folder, "chat", "你好")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert f"{TALKED}：「你好」" in ended.stdout
    listed = server.get("/api/v1/conversations")["conversations"]
    assert listed[0]["title"] == "你好"


def test_what_is_piped_in_belongs_to_the_question(server: LiveServer) -> None:
    ended = typed(server.folder, "chat", "--model", "plain", "总结", piped="三个字\n")
    assert "「总结\n\n三个字」" in ended.stdout


def test_reasoning_stays_out_of_what_goes_to_a_program(server: LiveServer) -> None:
    ended = typed(server.folder, "chat", "--model", "reasoning", "你好")
    assert ended.stdout.startswith("想好了")


def test_a_failure_has_its_sentence_and_an_exit_code(server: LiveServer) -> None:
    ended = typed(server.folder, "chat", "--model", "scripted/error", "你好")
    assert ended.returncode == 1
    assert "一、二、三" in ended.stdout
    assert "What was written is kept" in ended.stderr
    unknown = typed(server.folder, "chat", "--model", "nonsense", "你好")
    assert (unknown.returncode, "scripted/plain" in unknown.stderr) == (1, True)


def test_a_server_that_knows_no_local_owner_is_talked_to_as_well(tmp_path: Path) -> None:
    with LiveServer(tmp_path, MODELS="scripted/plain", OPEN=0, LOCAL_OWNER=0):
        ended = typed(tmp_path, "chat", "你好")
    assert (ended.returncode, TALKED in ended.stdout) == (0, True), ended.stderr


def test_ctrl_c_stops_the_answer_in_the_model(server: LiveServer) -> None:
    command = [sys.executable, "manage.py", "chat", "--model", "scripted/endless", "数"]
    environment = LiveServer(server.folder)._environment
    chat = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    )
    assert chat.stdout is not None
    os.read(chat.stdout.fileno(), 1)
    chat.send_signal(signal.SIGINT)
    chat.communicate(timeout=PATIENCE)  # it ends only once all its output is read
    assert chat.returncode == 130
    deadline = time.monotonic() + PATIENCE
    while any(one["running"] for one in server.get("/api/v1/models")["models"]):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_without_a_server_the_model_is_loaded_here(tmp_path: Path) -> None:
    ended = typed(tmp_path, "chat", "你好", MODELS="scripted/plain")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert f"{TALKED}：「你好」" in ended.stdout


def _talk(folder: Path, typed_lines: str) -> subprocess.CompletedProcess[str]:
    script = (
        "import sys; sys.stdin.isatty = lambda: True; "
        "from manage import main; sys.argv = ['manage.py', 'chat']; main()"
    )
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=LiveServer(folder, MODELS="scripted")._environment | {"LANGUAGE": "en"},
        input=typed_lines,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_chat_remembers_and_changes_the_model(tmp_path: Path) -> None:
    ended = _talk(tmp_path, "我叫小明\n我叫什么？\n/model reasoning\n几点了？\n/exit\n")
    assert ended.returncode == 0, ended.stderr
    assert "第一轮你说的是：「我叫小明」" in ended.stdout
    assert "想好了" in ended.stdout


def test_the_answer_after_a_failed_one_is_shown_whole(tmp_path: Path, server: LiveServer) -> None:
    lines = "/model scripted/error\n你好\n/model scripted/plain\n再问\n/exit\n"
    for folder in (tmp_path, server.folder):
        ended = _talk(folder, lines)
        assert (ended.returncode, "「再问」" in ended.stdout) == (0, True), ended.stderr
