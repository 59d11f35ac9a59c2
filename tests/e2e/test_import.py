"""A file of conversations, chosen on the page."""

from __future__ import annotations

import json
from typing import Any

from playwright.async_api import FilePayload, expect

from tests.e2e.chat_page import ChatPage

_NODE = "00000000-0000-4000-8000-000000000001"
_NO_DATE = 1e18
"""Seconds since 1970 that no database keeps as a date."""


async def test_it_tells_what_was_imported_and_repaired_and_lists_it(phone: ChatPage) -> None:
    await phone.go("settings")
    await _choose(phone, json.dumps([_conversation("带来的旧对话")]).encode())
    told = phone.page.get_by_test_id("imported")
    await expect(told).to_contain_text("已导入 1 个对话")
    await expect(told).to_contain_text("已修正")
    await _choose(phone, json.dumps([_conversation("带来的旧对话")]).encode())
    await expect(told).to_contain_text("没有重复导入")
    await phone.page.get_by_test_id("back").click()
    await phone.show_list()
    await expect(phone.page.get_by_text("带来的旧对话").first).to_be_visible()


async def test_it_names_the_conversations_that_were_left_out(phone: ChatPage) -> None:
    await phone.go("settings")
    odd = [{"title": "坏掉的对话", "mapping": None}, {"title": "空对话", "mapping": {}}]
    await _choose(phone, json.dumps([*odd, _conversation("好的对话")]).encode())
    told = phone.page.get_by_test_id("import-skipped")
    await expect(told).to_contain_text("坏掉的对话")
    await expect(told).to_contain_text("空对话")


async def test_it_tells_why_a_file_is_refused(phone: ChatPage) -> None:
    await phone.go("settings")
    await _choose(phone, b'{"format": "other"}')
    refused = phone.page.get_by_test_id("import-trouble")
    await expect(refused).to_contain_text("无法识别这个文件")
    await expect(refused).to_be_in_viewport(ratio=0.9)
    phone.watch.complaints.clear()  # the browser writes a refusal to its console itself


async def _choose(phone: ChatPage, content: bytes) -> None:
    async with phone.page.expect_file_chooser() as chooser:
        await phone.page.get_by_test_id("import").click()
    file = FilePayload(name="conversations.json", mimeType="application/json", buffer=content)
    await (await chooser.value).set_files(file)


def _conversation(title: str) -> dict[str, Any]:
    """As ChatGPT exports it, with a date that has to be repaired."""
    said: dict[str, Any] = {"id": _NODE, "author": {"role": "user"}, "create_time": _NO_DATE}
    said["content"] = {"content_type": "text", "parts": ["你好"]}
    node: dict[str, Any] = {"id": _NODE, "parent": None, "children": [], "message": said}
    return {"title": title, "mapping": {_NODE: node}, "current_node": _NODE}
