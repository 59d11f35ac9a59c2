"""Conversations leave the page as files, and come back by them."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.async_api import Download, Locator, expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.conftest import OpenPage, OwnServer


async def test_what_was_exported_can_be_imported_elsewhere(
    open_page: OpenPage, own_server: OwnServer, tmp_path: Path
) -> None:
    phone = await open_page(own_server().port)
    await phone.ask("带走我", "scripted/plain")
    await phone.is_("completed")
    settings = await phone.go("settings")
    file = await pressed(phone, settings.get_by_test_id("export-json"))
    assert file.suggested_filename.endswith(".json")
    await expect(settings.get_by_test_id("exported")).to_contain_text(file.suggested_filename)
    await file.save_as(tmp_path / "all.json")
    told = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    assert [one["title"] for one in told["conversations"]] == ["带走我"]


async def test_one_conversation_is_a_file_called_after_it(
    open_page: OpenPage, own_server: OwnServer, tmp_path: Path
) -> None:
    phone = await open_page(own_server().port)
    await phone.ask("周末 a/b?", "scripted/plain")
    await phone.is_("completed")
    await phone.show_list()
    await phone.page.get_by_test_id("conversation-actions").first.click()
    await phone.page.get_by_test_id("export-one").click()
    file = await pressed(phone, phone.page.get_by_test_id("export-one-markdown"))
    assert file.suggested_filename == "周末 a b.md"
    await file.save_as(tmp_path / "one.md")
    assert "周末 a/b?" in (tmp_path / "one.md").read_text(encoding="utf-8")


async def pressed(phone: ChatPage, button: Locator) -> Download:
    async with phone.page.expect_download() as download:
        await button.click()
    exports = [request.url for request in phone.watch.requests if "/export" in request.url]
    assert all("token" not in url for url in exports)
    return await download.value
