"""Devices and members as a paired phone handles them."""

from __future__ import annotations

from playwright.async_api import Locator, expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.conftest import Visit
from tests.e2e.paired_devices import has_network
from tests.e2e.terminal_server import TerminalServer

pytestmark = has_network


async def test_six_digits_are_typed_on_a_phone_and_confirmed_on_the_screen(
    paired: ChatPage, visit: Visit
) -> None:
    screen = await visit(paired.watch.origin)
    await _type_digits(paired, await _shown_digits(screen))
    await expect(paired.page.get_by_test_id("digits-approved")).to_contain_text("数字正确")
    asked = screen.page.get_by_test_id("confirm-pairing")
    await expect(asked).to_contain_text("将此设备配对给「管理员」？")
    await expect(asked.locator(".whose")).to_be_focused()
    await expect(screen.composer).to_have_count(0)
    await screen.page.get_by_test_id("confirm-pair").click()
    await screen.ask("你好")
    await screen.is_("completed")
    await expect(paired.page.get_by_test_id("toast")).to_contain_text("已配对")
    await expect(paired.page.get_by_test_id("digits-approved")).to_have_count(0)


async def test_a_screen_that_loses_the_network_says_so_and_is_paired_later(
    paired: ChatPage, visit: Visit
) -> None:
    screen = await visit(paired.watch.origin)
    digits = await _shown_digits(screen)
    await screen.page.route("**/api/v1/pair/claim", lambda route: route.abort())
    await expect(screen.page.get_by_role("status").filter(has_text="正在重试")).to_be_visible()
    await screen.page.unroute("**/api/v1/pair/claim")
    await _type_digits(paired, digits)
    await expect(screen.page.get_by_test_id("confirm-pairing")).to_be_visible()
    await screen.page.route("**/api/v1/pair/claim", lambda route: route.abort())
    await screen.page.get_by_test_id("confirm-pair").click()
    await expect(screen.page.get_by_test_id("digits-trouble")).to_contain_text("连不上")
    await screen.page.unroute("**/api/v1/pair/claim")
    await screen.page.get_by_test_id("confirm-pair").click()
    await expect(screen.composer).to_be_visible()
    screen.watch.complaints.clear()  # of the calls that were cut


async def test_a_screen_declines_and_is_not_paired(paired: ChatPage, visit: Visit) -> None:
    screen = await visit(paired.watch.origin)
    await _type_digits(paired, await _shown_digits(screen))
    await screen.page.get_by_test_id("decline-pair").click()
    await expect(screen.page.get_by_test_id("digits-ended")).to_contain_text("未配对")
    await expect(screen.page.get_by_test_id("show-digits")).to_be_visible()
    await expect(screen.composer).to_have_count(0)


async def test_digits_are_not_listed_and_wrong_ones_are_told(
    paired: ChatPage, visit: Visit
) -> None:
    screen = await visit(paired.watch.origin)
    digits = await _shown_digits(screen)
    await _type_digits(paired, "000000" if digits != "000000" else "000001")
    told = paired.page.get_by_test_id("typed-digits-trouble")
    await expect(told).to_contain_text("六位数字")
    sheet = await paired.page.get_by_test_id("sheet").inner_text()
    assert digits not in sheet.replace(" ", "")
    await screen.page.get_by_test_id("cancel-digits").click()
    await expect(screen.page.get_by_test_id("show-digits")).to_be_visible()


async def test_one_phone_shows_the_code_for_the_next(paired: ChatPage, visit: Visit) -> None:
    await (await paired.go("connection")).get_by_test_id("connection-add-device").click()
    link = await _shown_link(paired)
    picture = await paired.page.get_by_test_id("qr").locator("img").get_attribute("src") or ""
    next_one = await visit(link)
    await expect(next_one.composer).to_be_visible()
    await expect(paired.page.get_by_test_id("toast")).to_contain_text("已配对")
    await expect(paired.page.get_by_test_id("qr").locator("img")).not_to_have_attribute(
        "src", picture
    )
    assert await _shown_link(paired) != link


async def test_a_phone_that_is_removed_is_cut_off(paired: ChatPage, visit: Visit) -> None:
    await _devices(paired)
    await paired.page.get_by_test_id("add-device").click()
    lost = await visit(await _shown_link(paired))
    await expect(lost.composer).to_be_visible()
    await expect(paired.page.get_by_test_id("toast")).to_contain_text("已配对")
    await paired.page.get_by_test_id("sheet-close").click()
    await _name(paired, _last_but(paired, "此设备"), "丢了的手机")
    await paired.page.get_by_test_id("device").filter(has_text="丢了的手机").click()
    await paired.page.get_by_test_id("revoke-device").click()
    await paired.page.get_by_test_id("confirm").click()
    await expect(lost.page.get_by_test_id("pair-screen")).to_be_visible()
    gone = paired.page.get_by_test_id("device").filter(has_text="丢了的手机")
    await expect(gone).to_have_count(0)


async def test_this_very_device_can_be_removed(paired: ChatPage) -> None:
    await _devices(paired)
    await paired.page.get_by_test_id("device").filter(has_text="此设备").click()
    await paired.page.get_by_test_id("revoke-device").click()
    await paired.page.get_by_test_id("confirm").click()
    await expect(paired.page.get_by_test_id("pair-screen")).to_be_visible()


async def test_a_member_has_conversations_and_devices_of_their_own(
    paired: ChatPage, visit: Visit
) -> None:
    await paired.ask("主人的话", "scripted/plain")
    await paired.is_("completed")
    await paired.go("settings")
    await paired.page.get_by_test_id("to-members").click()
    await paired.page.get_by_test_id("add-member").click()
    await paired.page.get_by_test_id("member-name").locator("input").fill("妈妈")
    await paired.page.locator("[data-colour=red]").click()
    await paired.page.get_by_test_id("save-member").click()
    mum = await visit(await _shown_link(paired))
    await expect(mum.composer).to_be_visible()
    await mum.show_list()
    await expect(mum.page.get_by_test_id("conversations")).to_contain_text("还没有对话")
    await mum.page.get_by_test_id("settings").click()
    await mum.page.get_by_test_id("to-devices").click()
    await expect(mum.page.get_by_test_id("device")).to_have_count(1)
    await expect(mum.page.get_by_test_id("to-members")).to_have_count(0)
    await paired.page.get_by_test_id("sheet-close").click()
    await paired.page.get_by_test_id("member").filter(has_text="妈妈").click()
    await paired.page.get_by_test_id("remove-member").click()
    await paired.page.get_by_test_id("confirm").click()
    await expect(mum.page.get_by_test_id("pair-screen")).to_be_visible()


async def test_a_member_with_a_password_needs_no_code(paired: ChatPage, visit: Visit) -> None:
    await paired.go("settings")
    await paired.page.get_by_test_id("to-members").click()
    await paired.page.get_by_test_id("add-member").click()
    await paired.page.get_by_test_id("member-name").locator("input").fill("小林")
    await paired.page.get_by_test_id("save-member").click()
    await paired.page.get_by_test_id("sheet-close").click()
    await paired.page.get_by_test_id("member").filter(has_text="小林").click()
    await paired.page.get_by_test_id("member-password").click()
    await paired.page.get_by_test_id("name-field").locator("input").fill("12345678")
    await paired.page.get_by_test_id("save-name").click()
    await expect(paired.page.get_by_test_id("toast")).to_contain_text("太容易猜")
    await paired.page.get_by_test_id("name-field").locator("input").fill("山后有三棵老松树")
    await paired.page.get_by_test_id("save-name").click()
    await expect(paired.page.get_by_test_id("toast")).to_contain_text("密码登录")
    television = await visit(paired.watch.origin)
    await _sign_in(television, "小林", "猜的")
    await expect(television.page.get_by_test_id("pair-trouble")).to_contain_text("密码不正确")
    await _sign_in(television, "小林", "山后有三棵老松树")
    await expect(television.composer).to_be_visible()


async def test_a_member_is_limited_and_told_so(paired: ChatPage, visit: Visit) -> None:
    see = paired.page.get_by_test_id
    await paired.go("settings")
    await see("to-members").click()
    await see("add-member").click()
    await see("member-name").locator("input").fill("小明")
    await see("save-member").click()
    max_ = await visit(await _shown_link(paired))
    await expect(max_.composer).to_be_visible()
    await see("sheet-close").click()
    await see("member").filter(has_text="小明").click()
    await see("limit-member").click()
    limit = paired.page.locator("[data-limit=messages_per_day]")
    await expect(limit).to_contain_text("默认：不限")
    await limit.click()
    await see("limit-choice").get_by_role("button", name="自定义").click()
    await see("option-field").locator("input").fill("0")
    await expect(see("sheet").get_by_role("alert")).to_contain_text("1 到")
    await expect(see("save-limit")).to_have_attribute("aria-disabled", "true")
    await see("option-field").locator("input").fill("1")
    await see("save-limit").click()
    await expect(limit).to_contain_text("1 条")
    await max_.ask("第一句", "scripted/plain")
    await max_.is_("completed")
    await max_.ask("第二句")
    await expect(max_.page.locator("body")).to_contain_text("24 小时内的 1 条消息")
    await see("back").last.click()
    await expect(see("member").filter(has_text="小明")).to_contain_text("1 项限额")


async def test_a_guest_comes_for_a_day(paired: ChatPage, visit: Visit) -> None:
    await paired.go("settings")
    await paired.page.get_by_test_id("to-members").click()
    await expect(paired.page.get_by_test_id("member").first).to_be_visible()
    guests = paired.page.get_by_test_id("member").filter(has_text="临时访客")
    others = await guests.count()  # of other tests on this server
    await paired.page.get_by_test_id("invite-guest").click()
    guest = await visit(await _shown_link(paired))
    await guest.ask("你好")
    await guest.is_("completed")
    await paired.page.get_by_test_id("sheet-close").click()
    await expect(guests).to_have_count(others + 1)


async def test_the_computer_itself_is_the_owner(visit: Visit, home: TerminalServer) -> None:
    computer = await visit(f"http://127.0.0.1:{home.port}/")
    await expect(computer.composer).to_be_visible()
    await computer.go("settings")
    await expect(computer.page.get_by_test_id("to-members")).to_be_visible()


async def _devices(phone: ChatPage) -> None:
    await phone.go("settings")
    await phone.page.get_by_test_id("to-devices").click()
    await expect(phone.page.get_by_test_id("device").first).to_be_visible()


async def _shown_digits(screen: ChatPage) -> str:
    await screen.page.get_by_test_id("show-digits").click()
    return (await screen.page.get_by_test_id("digits").inner_text()).replace(" ", "").strip()


async def _type_digits(phone: ChatPage, digits: str) -> None:
    await _devices(phone)
    await phone.page.get_by_test_id("add-device").click()
    await phone.page.get_by_test_id("digits-field").locator("input").fill(digits)
    await phone.page.get_by_test_id("confirm-digits").click()


async def _sign_in(page: ChatPage, member: str, password: str) -> None:
    way, field = (page.page.get_by_test_id(name) for name in ("with-password", "sign-in-member"))
    await expect(way.or_(field)).to_be_visible()
    if await way.is_visible():
        await way.click()
    await page.page.get_by_test_id("sign-in-member").locator("input").fill(member)
    await page.page.get_by_test_id("sign-in-password").locator("input").fill(password)
    await page.page.get_by_test_id("sign-in").click()


def _last_but(phone: ChatPage, words: str) -> Locator:
    return phone.page.get_by_test_id("device").filter(has_not_text=words).first


async def _name(phone: ChatPage, device: Locator, name: str) -> None:
    await device.click()
    await phone.page.get_by_test_id("rename-device").click()
    await phone.page.get_by_test_id("name-field").locator("input").fill(name)
    await phone.page.get_by_test_id("save-name").click()
    await expect(phone.page.get_by_test_id("device").filter(has_text=name)).to_be_visible()


async def _shown_link(phone: ChatPage) -> str:
    """The link in the newest code that the page was given, once its picture is there."""
    await expect(phone.page.get_by_test_id("qr").locator("img[alt]")).to_be_attached()
    asked = [one for one in phone.watch.requests if one.url.endswith("/devices/code")]
    response = await asked[-1].response()
    assert response
    link: str = (await response.json())["addresses"][0]["url"]
    return link
