"""How a device comes in and is sent away, in browsers that call from the network's side."""

from __future__ import annotations

import asyncio
import signal
import time
from contextlib import ExitStack
from pathlib import Path

from playwright.async_api import Page, Route, expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.conftest import Visit
from tests.e2e.paired_devices import at_the_computer, has_network, pairing_link
from tests.e2e.terminal_server import TerminalServer

pytestmark = has_network
_SCAN_SECONDS = 10


async def test_from_the_printed_code_to_the_first_word(visit: Visit, home: TerminalServer) -> None:
    link = home.printed_link()
    began = time.monotonic()
    phone = await visit(link)
    await phone.ask("你好")
    await phone.longer_than(0)
    seconds = time.monotonic() - began
    print(f"\nscan to first token: {seconds:.2f} s")
    assert seconds < _SCAN_SECONDS
    assert phone.page.url == link.partition("#")[0]
    assert link.partition("=")[2] not in await phone.page.evaluate("JSON.stringify(history.state)")
    assert home.printed_link(but=link)  # for the next phone


async def test_a_reload_stays_paired(paired: ChatPage) -> None:
    await paired.page.reload()
    await paired.ask("还在吗", "scripted/plain")
    await paired.is_("completed")


async def test_a_code_pairs_one_device(visit: Visit, home: TerminalServer) -> None:
    link = pairing_link(home)
    first = await visit(link)
    await first.is_online()
    second = await visit(link)
    await expect(second.page.get_by_test_id("pair-trouble")).to_contain_text("已用过")
    await expect(second.composer).to_have_count(0)
    assert "#" not in second.page.url


async def test_a_paired_device_leaves_the_code_to_the_next(
    paired: ChatPage, visit: Visit, home: TerminalServer
) -> None:
    link = pairing_link(home)
    await paired.page.goto("about:blank")
    await paired.page.goto(link)
    await expect(paired.page.get_by_test_id("toast")).to_contain_text("已配对")
    await paired.is_online()
    await (await visit(link)).is_online()


async def test_a_link_opened_in_the_page_pairs_it(visit: Visit, home: TerminalServer) -> None:
    link = pairing_link(home)
    phone = await visit(link.partition("#")[0])
    await expect(phone.page.get_by_test_id("pair-screen")).to_be_visible()
    await phone.page.evaluate("link => location.assign(link)", link)
    await phone.is_online()
    assert "#" not in phone.page.url


async def test_a_menu_opened_before_the_pairing_is_done_stays_open(
    visit: Visit, home: TerminalServer
) -> None:
    phone = await visit(pairing_link(home).partition("#")[0])
    await _refuse_late(phone.page)
    await phone.page.goto("about:blank")
    async with phone.page.expect_websocket():
        await phone.page.goto(pairing_link(home))
        await phone.show_list()
    await phone.page.get_by_test_id("models").click()


async def test_six_digits_outlive_a_reload_until_they_are_typed(
    visit: Visit, home: TerminalServer
) -> None:
    phone = await visit(pairing_link(home).partition("#")[0])
    await phone.page.get_by_test_id("show-digits").click()
    shown = phone.page.get_by_test_id("digits")
    digits = (await shown.inner_text()).replace(" ", "")
    await phone.page.reload()
    await expect(shown).to_have_text(f"{digits[:3]} {digits[3:]}")
    at_the_computer(home, "POST", f"/devices/requests/{digits}/approve", {})
    await phone.page.get_by_test_id("confirm-pair").click()
    await phone.ask("你好")
    await phone.is_("completed")


async def test_a_revoked_phone_is_cut_off_and_keeps_nothing(
    paired: ChatPage, home: TerminalServer
) -> None:
    await paired.ask("只有我能看的话", "scripted/plain")
    await paired.is_("completed")
    token = next(frame["token"] for frame in paired.watch.sent if frame["type"] == "hello")
    at_the_computer(home, "DELETE", f"/devices/{paired.watch.received[0]['device']}")
    await expect(paired.page.get_by_test_id("pair-screen")).to_be_visible()
    await expect(paired.questions).to_have_count(0)
    await paired.page.evaluate("dispatchEvent(new Event('pagehide'))")
    left: str = await paired.page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}])"
    )
    assert "只有我能看的话" not in left
    assert token not in left
    await paired.page.reload()
    await expect(paired.page.get_by_test_id("pair-screen")).to_be_visible()


async def test_another_server_at_the_same_address_is_told_nothing(
    visit: Visit, servers: ExitStack, tmp_path: Path, page_folder: Path
) -> None:
    home = servers.enter_context(TerminalServer(tmp_path, page_folder))
    phone = await visit(pairing_link(home))
    await phone.ask("只有这台电脑能看的话", "scripted/plain")
    await phone.is_("completed")
    before = len(phone.watch.sent)
    _change_database(home, "first", "second")
    await expect(phone.page.get_by_test_id("pair-screen")).to_be_visible(timeout=60_000)
    await expect(phone.questions).to_have_count(0)
    told = [frame for frame in phone.watch.sent[before:] if frame["type"] == "hello"]
    assert told
    assert all("token" not in frame for frame in told)
    _change_database(home, "second", "first")
    await phone.page.reload()
    await expect(phone.questions).to_contain_text("只有这台电脑能看的话", timeout=60_000)
    await phone.ask("又见面了")
    await phone.is_("completed")
    phone.watch.complaints.clear()  # of the moments in which nobody listened


def _change_database(home: TerminalServer, old: str, new: str) -> None:
    """The address stays; who is there has other members, devices and conversations."""
    home.stop(signal.SIGTERM)
    database = ("myllm.sqlite3", "myllm.sqlite3-wal", "myllm.sqlite3-shm")
    for name in (*database, "database-made", "logs"):
        used = home.folder / name
        if used.exists():
            used.rename(home.folder / f"{old}-{name}")
        kept = home.folder / f"{new}-{name}"
        if kept.exists():
            kept.rename(used)
    home.start()


async def _refuse_late(page: Page) -> None:
    """The list is asked for before the code has paired, and refused after that."""
    asked, paired, refused = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def redeem(route: Route) -> None:
        await asked.wait()
        await route.continue_()

    async def meet(route: Route) -> None:
        if asked.is_set():
            paired.set()
            await refused.wait()
        await route.continue_()

    async def refuse(route: Route) -> None:
        refusal = await route.fetch()
        asked.set()
        await paired.wait()
        await route.fulfill(response=refusal)
        refused.set()

    await page.route("**/api/v1/pair", redeem)
    await page.route("**/api/v1/pair/server", meet)
    await page.route("**/api/v1/conversations?*", refuse, times=1)
