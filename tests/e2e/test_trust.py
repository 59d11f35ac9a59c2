"""The guide to trusting https, in a browser that does not trust it yet and in one that does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.live.tls_server import TlsServer

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory, page_folder: Path) -> Iterator[TlsServer]:
    made = TlsServer(tmp_path_factory.mktemp("tls"), PAGE_DIR=page_folder)
    made.live.spawn()
    try:
        made.live.wait_until_printed("Ctrl-C")
        yield made
    finally:
        made.live.kill()


async def _open_guide(chromium: Browser, tls: TlsServer, **options: object) -> Page:
    context = await chromium.new_context(locale="zh-CN", **options)  # type: ignore[arg-type]
    page = await context.new_page()
    await page.goto(f"http://127.0.0.1:{tls.live.port}/#pair=abc")
    return page


async def test_a_new_phone_is_shown_its_own_steps_and_keeps_its_code(
    chromium: Browser, tls: TlsServer
) -> None:
    page = await _open_guide(chromium, tls, user_agent=IPHONE)
    await expect(page.get_by_text("证书信任设置")).to_be_visible()
    await expect(page.get_by_text("加密与凭据")).to_be_hidden()
    secure = f"https://127.0.0.1:{tls.port}/#pair=abc"
    await expect(page.locator("#go")).to_have_attribute("href", secure)
    await page.get_by_text("English").click()
    await expect(page.get_by_text("Certificate Trust Settings")).to_be_visible()
    await expect(page.locator("#go")).to_have_attribute("href", secure)
    await page.context.close()


async def test_a_phone_that_trusts_it_goes_straight_on(chromium: Browser, tls: TlsServer) -> None:
    page = await _open_guide(chromium, tls, ignore_https_errors=True)
    await page.wait_for_url(f"https://127.0.0.1:{tls.port}/**")
    assert await page.evaluate("isSecureContext")
    await page.context.close()


async def test_over_https_the_chat_has_what_plain_http_lacks(
    chromium: Browser, tls: TlsServer
) -> None:
    # Chromium fetches a worker's script under a trusted certificate only, and tells the console.
    context = await chromium.new_context(
        ignore_https_errors=True, locale="zh-CN", service_workers="block"
    )
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    await page.goto(f"https://localhost:{tls.port}/")
    await page.get_by_test_id("composer").locator("textarea").fill("你好")
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("message-assistant").last).not_to_be_empty()
    unlocked = "[isSecureContext, 'clipboard' in navigator, 'mediaDevices' in navigator]"
    assert await page.evaluate(unlocked) == [True, True, True]
    assert complaints == []
    await context.close()
