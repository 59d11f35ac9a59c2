"""`kill -9`: answers continue from their checkpoint, and no character is lost or doubled."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from inference.backends.scenarios import LONG_MARKDOWN
from tests.live.chat_socket import ChatSocket, Frame, chat_socket, text_of
from tests.live.live_server import LiveServer
from tests.patience import PATIENCE


@dataclass(frozen=True, slots=True)
class Cursor:
    """A reader's part of an answer, up to event `seq`."""

    text: str = ""
    seq: int = 0


ENDLESS = "".join(f"{number} 个数字，还没有数完，" for number in range(1, 2000))


async def read_on(socket: ChatSocket, had: Cursor, length: int, whole: str = ENDLESS) -> Cursor:
    """Read until the text has this length: each event follows the last, each character is that of
    `whole`.
    """
    while len(had.text) < length:
        frame = await socket.receive()
        if "seq" in frame:
            had = _with(had, frame)
            assert whole.startswith(had.text)
    return had


def _with(had: Cursor, frame: Frame) -> Cursor:
    if frame["type"] == "snapshot":
        assert frame["epoch"] == 1
        assert frame["content"].startswith(had.text)
        return Cursor(frame["content"], frame["seq"])
    assert frame["seq"] == had.seq + 1
    return Cursor(had.text + text_of([frame]), frame["seq"])


async def test_an_answer_continues_after_a_kill(tmp_path: Path) -> None:
    with LiveServer(tmp_path, MODELS="scripted/endless") as server:
        async with chat_socket(server.url) as socket:
            run = (await socket.ask("数数"))["run"]
            had = await read_on(socket, Cursor(), 150)  # over one checkpoint
            server.kill()
        server.start()
        async with chat_socket(server.url) as socket:
            await socket.tell("attach", run=run, after=had.seq, epoch=1)
            await read_on(socket, had, len(had.text) + 20)
            await socket.tell("stop", run=run)
            assert (await socket.receive_next("end"))["status"] == "cancelled"


async def test_a_reader_far_behind_gets_the_text_of_the_same_epoch(tmp_path: Path) -> None:
    with LiveServer(tmp_path, MODELS="scripted/endless") as server:
        async with chat_socket(server.url) as socket:
            run = (await socket.ask("数数"))["run"]
            had = await read_on(socket, Cursor(), 400)  # beyond the second checkpoint
            server.kill()
        server.start()
        async with chat_socket(server.url) as socket:
            await socket.tell("attach", run=run, after=2, epoch=1)
            snapshot = await socket.receive()
            assert (snapshot["type"], snapshot["epoch"]) == ("snapshot", 1)
            assert snapshot["content"].startswith(had.text)


async def test_a_kill_before_the_first_checkpoint_loses_nothing(tmp_path: Path) -> None:
    with LiveServer(tmp_path, MODELS="scripted/markdown") as server:
        async with chat_socket(server.url) as socket:
            run = (await socket.ask("写"))["run"]
            had = await read_on(socket, Cursor(), 1, LONG_MARKDOWN)
            server.kill()
        server.start()
        async with chat_socket(server.url) as socket:
            await socket.tell("attach", run=run, after=had.seq, epoch=1)
            await read_on(socket, had, len(LONG_MARKDOWN), LONG_MARKDOWN)
            assert (await socket.receive_next("end"))["status"] == "completed"


async def test_two_kills_leave_one_whole_answer_and_one_end(tmp_path: Path) -> None:
    had = Cursor()
    with LiveServer(tmp_path, MODELS="scripted/markdown") as server:
        async with chat_socket(server.url) as socket:
            run = (await socket.ask("写"))["run"]
            await socket.receive_next("stream")
        for length in (150, 300):
            async with chat_socket(server.url) as socket:
                await socket.tell("attach", run=run, after=had.seq, epoch=1)
                had = await read_on(socket, had, length, LONG_MARKDOWN)
            server.kill()
            server.start()
        async with chat_socket(server.url) as socket:
            await socket.tell("attach", run=run, after=had.seq, epoch=1)
            rest = await socket.receive_until("end")
        assert had.text + text_of(rest) == LONG_MARKDOWN
        assert [frame["type"] for frame in rest].count("end") == 1


async def test_without_its_journal_a_run_continues_in_a_new_epoch(tmp_path: Path) -> None:
    """As after an update from a version without journals, or a power cut."""
    with LiveServer(tmp_path, MODELS="scripted/markdown") as server:
        async with chat_socket(server.url) as socket:
            run = (await socket.ask("写"))["run"]
            had = await read_on(socket, Cursor(), 150, LONG_MARKDOWN)
            server.kill()
        shutil.rmtree(tmp_path / "journal")
        server.start()
        async with chat_socket(server.url) as socket:
            await socket.tell("attach", run=run, after=had.seq, epoch=1)
            snapshot, *rest = await socket.receive_until("end")
        assert (snapshot["type"], snapshot["epoch"]) == ("snapshot", 2)
        assert snapshot["content"] + text_of(rest) == LONG_MARKDOWN


async def test_what_waits_survives_and_follows_the_answer(tmp_path: Path) -> None:
    with LiveServer(tmp_path, MODELS="scripted") as server:
        async with chat_socket(server.url) as socket:
            first = await socket.ask("写", "scripted/markdown")
            second = await socket.ask("再说", "scripted/plain", conversation=first["conversation"])
            queued = await socket.receive_next("queued")
            assert (queued["run"], queued["waiting_for"]) == (second["run"], "answer")
            server.kill()
        server.start()
        async with chat_socket(server.url) as socket:
            await socket.tell("attach", run=second["run"])
            assert (await socket.receive())["waiting_for"] == "answer"
            answer = text_of(await socket.receive_until("end"))
        assert "第 2 轮" in answer


@pytest.mark.model
async def test_a_real_model_continues_the_saved_text(tmp_path: Path, builtin_file: Path) -> None:
    """Its next words may differ from those of an uninterrupted run: llama.cpp computes a prompt in
    other sums than single tokens, which decides between two words of nearly equal probability.
    """
    asked = {"temperature": 0, "max_new_tokens": 4000}
    with LiveServer(tmp_path, MODELS=builtin_file) as server:
        async with chat_socket(server.url) as socket, asyncio.timeout(PATIENCE):
            run = (await socket.ask("Tell me about the sea.", options=asked))["run"]
            while not _saved(server, run):
                await socket.receive_next("stream")
        server.kill()
        kept = _saved(server, run)
        server.start()
        async with chat_socket(server.url) as socket:
            await socket.tell("attach", run=run, after=3, epoch=1)
            snapshot = (await socket.receive_until("snapshot", within=60))[-1]
            assert snapshot["epoch"] == 1
            text = snapshot["content"]
            while len(text) < len(kept) + 100:
                text += (await socket.receive_next("stream"))["content"]
            await socket.tell("stop", run=run)
            assert (await socket.receive_next("end"))["status"] == "cancelled"
        assert text.startswith(kept)
        assert not text[len(kept) :].startswith(kept[:20])


def _saved(server: LiveServer, run: str) -> str:
    """The answer as the killed server has left it."""
    with closing(sqlite3.connect(server.folder / "myllm.sqlite3")) as database:
        sql = (
            "SELECT content FROM chat_message AS message "
            "JOIN chat_run AS run ON run.message_id = message.id WHERE run.id = ?"
        )
        kept: str = database.execute(sql, [run]).fetchone()[0]
        return kept
