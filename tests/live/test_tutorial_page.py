"""What a user reads on a tutorial's page, which sends `{"message": …}` and shows three frames."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.asyncio.client import ClientConnection, connect

from tests.chat.socket.short_form.page import TutorialPage
from tests.live.live_server import LiveServer
from tests.live.remote_caller import REMOTE

_SLOW = ("-m", "tests.live.serve_slow_model")


@pytest.fixture(scope="module")
def failing_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    folder = tmp_path_factory.mktemp("failing")
    with LiveServer(folder, MODELS="scripted/error") as server:
        yield server


async def _asked(wire: ClientConnection, question: str) -> TutorialPage:
    """The page once its answer has ended."""
    page = TutorialPage()
    await wire.send(json.dumps({"message": question}))
    while not page.is_finished:
        page.draw(json.loads(await wire.recv()))
    return page


async def test_a_slow_model_is_seen_to_load_and_then_answers(tmp_path: Path) -> None:
    with LiveServer(tmp_path, _SLOW, MODELS="scripted/plain") as server:
        async with connect(server.url, proxy=None) as wire:
            page = await _asked(wire, "你好")
    loading = [line for line in dict.fromkeys(page.shown) if "正在加载模型" in line]
    assert len(loading) > 1, page.shown
    assert "你刚才说：「你好」" in page.line
    assert "正在加载" not in page.line
    assert page.status == "completed"


async def test_a_missing_model_is_explained_in_place_of_an_answer(tmp_path: Path) -> None:
    with LiveServer(tmp_path, MODELS=tmp_path / "own.gguf") as server:
        async with connect(server.url, proxy=None) as wire:
            page = await _asked(wire, "你好")
    assert page.line.startswith("找不到模型文件「own.gguf」")
    assert page.status == "failed"


async def test_a_failure_in_the_middle_is_explained_behind_the_text(
    failing_server: LiveServer,
) -> None:
    async with connect(failing_server.url, proxy=None) as wire:
        page = await _asked(wire, "你好")
    text, _, failure = page.line.partition("\n\n错误：")
    assert text.endswith("一、二、三、")
    assert failure
    assert page.status == "failed"


async def test_an_empty_message_is_refused_and_the_next_one_answered(
    scripted_server: LiveServer,
) -> None:
    async with connect(scripted_server.url, proxy=None) as wire:
        assert (await _asked(wire, "  ")).line == "消息是空的，请先输入内容。"
        assert "你刚才说：「在吗」" in (await _asked(wire, "在吗")).line


async def test_an_unpaired_phone_shows_what_to_do(paired_server: LiveServer) -> None:
    async with connect(paired_server.url, proxy=None, additional_headers=REMOTE) as wire:
        page = await _asked(wire, "你好")
        assert "manage.py pair" in page.line
        assert page.status == "failed"
        await wire.wait_closed()
        assert wire.close_code == 4401
