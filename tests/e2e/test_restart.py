"""The server dies in the middle of an answer, comes back, and goes on with it."""

from __future__ import annotations

import asyncio
import signal

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import OpenPage, OwnServer

AFTER_A_CHECKPOINT = "第 4 句，慢慢说。"
"""Running answers are saved every 1.5 s; three sentences take longer."""


LATER = "第 9 句，慢慢说。"


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
async def test_an_answer_goes_on_after_its_server_was_killed_or_restarted(
    open_page: OpenPage, own_server: OwnServer, end: signal.Signals
) -> None:
    server = own_server()
    phone = await open_page(server.port, network_may_fail=True)
    await phone.ask("慢慢说", "scripted/slow")
    await expect(phone.answer).to_contain_text(AFTER_A_CHECKPOINT)
    await asyncio.to_thread(server.stop, end)
    await expect(phone.connection).to_have_text("连接已断开，正在重连…")
    await expect(phone.answer).to_contain_text(AFTER_A_CHECKPOINT)

    await asyncio.to_thread(server.start)
    await expect(phone.connection).to_have_count(0)
    await expect(phone.answer).to_contain_text(LATER, timeout=20_000)
    told = await phone.answer.inner_text()
    assert [told.count(f"第 {number} 句，慢慢说。") for number in range(1, 10)] == [1] * 9
