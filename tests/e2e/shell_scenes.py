"""Ways to what surrounds the chat: the account, exports, dictation, a lost network."""

from __future__ import annotations

from typing import Any

from playwright.async_api import expect

from tests.e2e.chat_page import ChatPage

_GUEST = {
    "id": "g1",
    "name": "",
    "colour": "",
    "role": "guest",
    "expires_at": "2026-05-21T04:00:00",
    "devices": 1,
}


async def account(chat: ChatPage) -> None:
    """As a guest of today sees it."""
    told: dict[str, Any] = {"role": "guest", "pairing": True, "device": "d1", "member": _GUEST}
    await chat.page.route("**/api/v1/me", lambda route: route.fulfill(json=told))
    await chat.go("settings")
    await chat.page.get_by_test_id("settings-screen").get_by_test_id("account").click()
    await expect(chat.page.get_by_test_id("account-line")).to_be_visible()


async def sign_out(chat: ChatPage) -> None:
    await account(chat)
    await chat.page.get_by_test_id("sign-out").click()
    await expect(chat.page.get_by_test_id("confirm")).to_be_visible()


async def exported(chat: ChatPage) -> None:
    settings = await chat.go("settings")
    await settings.get_by_test_id("export-json").click()
    await expect(settings.get_by_test_id("exported")).to_be_visible()
    await settings.get_by_test_id("exported").scroll_into_view_if_needed()


async def export_one(chat: ChatPage) -> None:
    await chat.show_list()
    await chat.page.get_by_test_id("conversation-actions").nth(2).click()
    await chat.page.get_by_test_id("export-one").click()
    await expect(chat.page.get_by_test_id("export-one-json")).to_be_visible()


async def dictation(chat: ChatPage) -> None:
    # Playwright takes what is off for what cannot be pressed; a person can.
    await chat.page.get_by_test_id("dictate").click(force=True)
    await expect(chat.page.get_by_test_id("dictation-hint")).to_be_visible()


async def no_network(chat: ChatPage) -> None:
    await chat.page.context.set_offline(True)
    await expect(chat.connection).to_be_visible()
