"""Whoever uses a device sees as whom, and can sign out of it."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.paired_devices import at_the_computer, has_network, pairing_link
from tests.e2e.terminal_server import TerminalServer

pytestmark = has_network


async def test_a_member_signs_out_and_leaves_nothing_on_the_device(
    visit: Visit, home: TerminalServer
) -> None:
    member = at_the_computer(home, "POST", "/members", {"name": "阿姨", "colour": ""})["id"]
    phone = await visit(pairing_link(home, member=member))
    await phone.is_online()
    await phone.ask("一个秘密", "scripted/plain")
    await phone.is_("completed")
    await phone.show_list()
    account = phone.page.get_by_test_id("account")
    await expect(account).to_contain_text("阿姨")
    await account.click()
    await phone.page.get_by_test_id("sign-out").click()
    await phone.page.get_by_test_id("confirm").click()
    await expect(phone.page.get_by_test_id("pair-screen")).to_be_visible()
    assert "一个秘密" not in await phone.page.evaluate("JSON.stringify(localStorage)")
    devices = at_the_computer(home, "GET", "/devices")["devices"]
    assert member not in [device["member"] for device in devices]


async def test_a_guest_sees_until_when(visit: Visit, home: TerminalServer) -> None:
    phone = await visit(pairing_link(home, guest=True))
    await phone.is_online()
    settings = await phone.go("settings")
    await expect(settings.get_by_test_id("account")).to_contain_text("04:00")
    await settings.get_by_test_id("account").click()
    await expect(phone.page.get_by_test_id("account-line")).to_contain_text("04:00")
