"""A device that version 0.1 paired, and its conversations, on today's server: in the page of 0.1,
which a phone may still have open, and in today's.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Locator, expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.chromium import NAME
from tests.e2e.conftest import OpenPage, open_server
from tests.e2e.server_logs import ServerLogs
from tests.upgrade.old_data import Expected, expected, unpack
from tests.upgrade.old_page import storage, unpack_page
from tests.upgrade.unfinished import QUESTION as UNFINISHED_QUESTION

_OLD_QUESTION = "小明的第一个问题"


@pytest.fixture
def left() -> Expected:
    return expected()


@pytest.fixture(params=["0.1", "today"])
def page(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "0.1":
        return unpack_page(tmp_path / "page of 0.1")
    today: Path = request.getfixturevalue("page_folder")
    return today


@pytest.fixture
def port(page: Path, tmp_path: Path, servers: ExitStack, server_logs: ServerLogs) -> int:
    """Of today's server on a data folder of 0.1."""
    unpack(tmp_path)
    server = open_server(tmp_path, page, OPEN="0", PAIRING="1")
    return server_logs.watch(servers.enter_context(server)).port


async def test_a_device_of_0_1_goes_on(
    page: Path, port: int, left: Expected, open_page: OpenPage
) -> None:
    kept = storage(f"http://{NAME}:{port}", left.devices["member"])
    phone = await open_page(port, storage_state=kept)

    await _lists_all(phone, left)
    await _shows_what_went_on(phone)
    await _open(phone, _OLD_QUESTION)
    await expect(phone.answers).to_have_count(2)
    await _asks_and_stops(phone)
    assert _is_shown(phone, page)


async def _lists_all(phone: ChatPage, left: Expected) -> None:
    """The finished conversations and those that were going on when 0.1 was killed."""
    finished = left.devices["member"].listing["conversations"]
    unfinished = {run.conversation for run in left.unfinished if run.device == "member"}
    await phone.show_list()
    await expect(_rows(phone)).to_have_count(len(finished) + len(unfinished))
    await phone.page.go_back()


async def _shows_what_went_on(phone: ChatPage) -> None:
    await _open(phone, UNFINISHED_QUESTION)
    for answer in (phone.answers.first, phone.answer):
        await phone.is_("completed", answer)
    await expect(phone.answers.first).to_contain_text("只是普通的文字，到这里结束。")


async def _open(phone: ChatPage, question: str) -> None:
    await phone.show_list()
    row = _rows(phone).filter(has_text=question)
    await row.get_by_test_id("open-conversation").click()
    await expect(phone.questions.first).to_have_text(question)


async def _asks_and_stops(phone: ChatPage) -> None:
    await phone.ask("还在吗？", "scripted/plain")
    await expect(phone.answer).to_contain_text(
        f"这是第 3 轮。第一轮你说的是：「{_OLD_QUESTION}」。"
    )
    await phone.is_("completed")
    await phone.ask("数数", "scripted/endless")
    await phone.longer_than(40)
    await phone.stop.click()
    await phone.is_("cancelled")


def _rows(phone: ChatPage) -> Locator:
    return phone.page.get_by_test_id("conversation")


def _is_shown(phone: ChatPage, page: Path) -> bool:
    """Whether the scripts that were fetched are those of this build."""
    paths = [urlsplit(request.url).path for request in phone.watch.requests]
    scripts = [path.lstrip("/") for path in paths if path.endswith(".js")]
    return bool(scripts) and all((page / script).is_file() for script in scripts)
