"""What a person reads on a tutorial's page in a real browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from tests.e2e.chromium import NAME
from tests.e2e.conftest import PHONE, open_server
from tests.e2e.tutorial_page import write_tutorial_page
from tests.live.live_server import LiveServer


@asynccontextmanager
async def _page(chromium: Browser, server: LiveServer) -> AsyncIterator[Page]:
    context = await chromium.new_context(**PHONE)  # type: ignore[arg-type]  # a dictionary of many types
    page = await context.new_page()
    await page.goto(f"http://{NAME}:{server.port}/")
    yield page
    await context.close()


async def _ask(page: Page, question: str, status: str) -> None:
    """Returns once the answer has ended so."""
    await page.fill("#question", question)
    await page.press("#question", "Enter")
    await expect(page.locator(f"#answer[data-status={status}]")).to_be_visible()


async def test_answers_failures_and_refusals_are_read(chromium: Browser, tmp_path: Path) -> None:
    page_folder = write_tutorial_page(tmp_path / "tutorial")
    with open_server(tmp_path, page_folder, models="scripted/error") as server:
        async with _page(chromium, server) as page:
            answer = page.locator("#answer")
            await _ask(page, "你好", "failed")
            await expect(answer).to_contain_text("一、二、三、")
            await expect(answer).to_contain_text("错误：")
            await _ask(page, " ", "failed")
            await expect(answer).to_have_text("消息是空的，请先输入内容。")


async def test_an_unpaired_phone_reads_what_to_do(chromium: Browser, tmp_path: Path) -> None:
    page_folder = write_tutorial_page(tmp_path / "tutorial")
    plain, nobody = "scripted/plain", "0"
    with open_server(tmp_path, page_folder, plain, OPEN=nobody, LOCAL_OWNER=nobody) as server:
        async with _page(chromium, server) as page:
            await _ask(page, "你好", "failed")
            await expect(page.locator("#answer")).to_contain_text("manage.py pair")
