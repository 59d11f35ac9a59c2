"""The screens over the chat: models, connection, and the ways back from all of them."""

from __future__ import annotations

import segno
from playwright.async_api import expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.conftest import OpenPage, OwnServer
from tests.e2e.test_composer import DESKTOP
from tests.live.live_server import LiveServer

QR = segno.make("http://192.168.137.1:8000/", micro=False).png_data_uri(scale=6)


async def test_a_model_is_switched_with_one_tap(phone: ChatPage) -> None:
    models = await phone.go("models")
    plain = models.locator('[data-model="scripted/plain"]')
    await plain.click()
    await expect(plain).to_have_attribute("aria-pressed", "true")
    await phone.page.get_by_test_id("back").click()
    await phone.ask("你好")
    await phone.is_("completed")
    assert phone.watch.asked()["model"] == "scripted/plain"


async def test_the_models_tell_what_they_do(open_page: OpenPage, own_server: OwnServer) -> None:
    server = own_server(models="scripted/endless", slots=1)
    first, second = [await open_page(server.port) for _ in range(2)]
    await first.ask("一")
    await first.longer_than(10)
    await second.ask("二")
    await expect(second.waiting).to_contain_text("排队中")
    facts = (await second.go("models")).get_by_test_id("model-facts")
    await expect(facts).to_contain_text("1 个回答生成中 · 1 个排队中")
    await first.stop.click()
    await expect(facts).to_contain_text("词元")
    await expect(facts).not_to_contain_text("排队")


async def test_the_connection_tells_its_round_trip_and_address(phone: ChatPage) -> None:
    connection = await phone.go("connection")
    see = connection.get_by_test_id
    await expect(see("connection-state")).to_have_text("已连接")
    await expect(see("round-trip")).to_contain_text("毫秒")
    await expect(see("openness")).to_contain_text("任何人")
    await expect(see("version")).to_contain_text("协议 1")


async def test_the_next_phone_is_shown_where_to_go(phone: ChatPage) -> None:
    url, other = "http://192.168.137.1:8000/", "http://10.0.0.12:8000/"
    addresses = [{"url": url, "qr": QR}, {"url": other, "qr": QR}]
    told = {"version": "1", "open": True, "addresses": addresses}
    await phone.page.route("**/api/v1/connection", lambda route: route.fulfill(json=told))
    connection = await phone.go("connection")
    await expect(connection.get_by_test_id("address")).to_have_text(url)
    code = connection.get_by_test_id("qr")
    await expect(code.locator("img")).to_have_attribute("src", QR)
    await expect(code).to_have_accessible_name(f"{url} 的二维码")
    await connection.get_by_test_id("copy-address").click()
    await expect(phone.page.get_by_test_id("toast")).to_contain_text(url)
    await connection.get_by_test_id("other-address").click()
    await expect(connection.get_by_test_id("address")).to_have_text(other)
    await expect(code).to_have_count(1)


async def test_who_is_alone_is_told_how_a_phone_gets_in(phone: ChatPage) -> None:
    told = {"version": "1", "open": False, "addresses": []}
    await phone.page.route("**/api/v1/connection", lambda route: route.fulfill(json=told))
    connection = await phone.go("connection")
    await expect(connection.get_by_test_id("openness")).to_contain_text("serve --open")
    await expect(connection.get_by_test_id("qr")).to_have_count(0)


async def test_a_lost_connection_is_told_calmly(open_page: OpenPage, own_server: OwnServer) -> None:
    server = own_server()
    phone = await open_page(server.port, network_may_fail=True)
    state = (await phone.go("connection")).get_by_test_id("connection-state")
    await expect(state).to_have_text("已连接")
    server.kill()
    await expect(state).not_to_have_text("已连接")
    server.start()
    await expect(state).to_have_text("已连接")


async def test_going_back_closes_one_layer_after_the_other(phone: ChatPage) -> None:
    see = phone.page.get_by_test_id
    await phone.go("settings")
    await see("to-sampling").click()
    await phone.page.locator('[data-option="top_p"]').click()
    await expect(see("sheet")).to_be_visible()
    await phone.page.go_back()
    await expect(see("sheet")).to_have_count(0)
    await phone.page.go_back()
    await expect(see("sampling-screen")).to_have_count(0)
    await expect(see("settings-screen")).to_be_visible()
    await phone.page.go_back()
    await expect(see("settings-screen")).to_have_count(0)
    await phone.menu.click()
    await expect(see("menu-close")).to_be_visible()
    await phone.page.go_back()
    await expect(see("menu-close")).to_have_count(0)
    await phone.is_usable()


async def test_what_its_button_closed_does_not_have_to_be_left_again(phone: ChatPage) -> None:
    """Each layer has one entry in the browser's history, and takes it away with it."""
    await phone.page.goto("about:blank")
    await phone.page.goto(phone.watch.origin)
    for screen in ("settings", "models", "connection"):
        await phone.go(screen)
        await phone.page.get_by_test_id("back").click()
    await expect(phone.page.get_by_test_id("back")).to_have_count(0)
    await phone.is_usable()
    await phone.page.go_back()
    assert phone.page.url == "about:blank"


async def test_an_answer_goes_on_below_and_is_there_after_the_way_back(phone: ChatPage) -> None:
    await phone.ask("数数", "scripted/endless")
    before = await phone.longer_than(40)
    await phone.go("settings")
    await phone.longer_than(before + 40)
    await phone.page.go_back()
    await phone.stop.click()
    await phone.is_("cancelled")
    sockets = [frame for frame in phone.watch.received if frame["type"] == "hello"]
    assert len(sockets) == 1


async def test_a_reload_leads_to_the_same_screen_and_from_there_back(phone: ChatPage) -> None:
    see = phone.page.get_by_test_id
    await phone.go("settings")
    await see("to-personas").click()
    await expect(see("personas-screen")).to_be_visible()
    await phone.page.reload()
    await expect(see("personas-screen")).to_be_visible()
    await see("back").last.click()
    await expect(see("personas-screen")).to_have_count(0)
    await phone.page.go_back()
    await expect(see("settings-screen")).to_have_count(0)
    await phone.is_usable()


async def test_escape_leaves_one_layer_at_a_time(open_page: OpenPage, server: LiveServer) -> None:
    desktop = await open_page(server.port, **DESKTOP)
    see = desktop.page.get_by_test_id
    await desktop.go("settings")
    await see("to-sampling").click()
    await expect(see("sampling-screen")).to_be_visible()
    await desktop.page.keyboard.press("Escape")
    await expect(see("sampling-screen")).to_have_count(0)
    await expect(see("settings-screen")).to_be_visible()
    await desktop.page.keyboard.press("Escape")
    await expect(see("settings-screen")).to_have_count(0)
