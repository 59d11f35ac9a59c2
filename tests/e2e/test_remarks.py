"""What an answer says about itself: left out, not saved yet, interrupted."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.async_api import expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.conftest import OpenPage, OwnServer

A_THIRD = "长话" * 3_000
"""A scripted model takes two characters for a token and has room for 8,192."""
LATER = "第 12 句，慢慢说。"


async def test_turns_that_no_longer_fit_are_told_once(phone: ChatPage) -> None:
    dropped = phone.page.get_by_test_id("dropped")
    for _ in range(3):
        await phone.ask(A_THIRD, "scripted/reasoning")
        await phone.is_("completed")
    await expect(dropped).to_have_text(["较早的 2 轮对话超出上下文长度，未发送给模型。"])
    await phone.ask("短的", "scripted/reasoning")
    await phone.is_("completed")
    await expect(dropped).to_have_count(1)


async def test_what_cannot_be_saved_just_now_is_told_and_goes_on(
    open_page: OpenPage, own_server: OwnServer
) -> None:
    server = own_server()
    phone = await open_page(server.port)
    await phone.ask("数数", "scripted/endless")
    await phone.longer_than(20)
    not_saved = phone.page.get_by_test_id("not-saved")
    with locked(server.folder / "myllm.sqlite3"):
        await expect(not_saved).to_be_visible()
        await phone.longer_than(len(await phone.text()) + 20)
    await expect(not_saved).to_have_count(0)
    await phone.stop.click()
    await phone.is_("cancelled")


async def test_an_interrupted_answer_goes_on_where_it_was(
    open_page: OpenPage, own_server: OwnServer
) -> None:
    server = own_server()
    phone = await open_page(server.port, network_may_fail=True)
    await phone.ask("慢慢说", "scripted/slow")
    await expect(phone.answer).to_contain_text("第 4 句，慢慢说。")
    server.kill()
    interrupt(server.folder / "myllm.sqlite3")
    await asyncio.to_thread(server.start)
    await phone.is_("interrupted")
    await expect(phone.answer).to_contain_text("回答已中断，可以继续或重试。")
    await phone.page.get_by_test_id("go-on").click()
    await expect(phone.answer).to_contain_text(LATER, timeout=40_000)
    told = await phone.answer.inner_text()
    assert [told.count(f"第 {number} 句，慢慢说。") for number in range(1, 12)] == [1] * 11
    await expect(phone.page.get_by_test_id("go-on")).to_have_count(0)


async def test_an_answer_that_repeated_itself_says_that_it_was_stopped(phone: ChatPage) -> None:
    await phone.ask("介绍一下", "scripted/loop")
    await phone.is_("completed")
    remark = phone.page.get_by_test_id("remark")
    await expect(remark).to_contain_text("模型开始重复，已自动停止")


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Another process in the middle of writing."""
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def interrupt(database: Path) -> None:
    """What a restart does to the answer of a model that is elsewhere."""
    other = sqlite3.connect(database, isolation_level=None)
    changed = other.execute(
        "UPDATE chat_run SET status = 'interrupted', seq = seq + 1, epoch = epoch + 1, "
        "ended_at = created_at WHERE status = 'running'"
    )
    assert changed.rowcount == 1
    other.close()
