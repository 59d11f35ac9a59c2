"""The stop button stops the model, not only the text."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.conftest import OpenPage, OwnServer


async def test_what_was_written_stays_and_the_model_is_free(
    open_page: OpenPage, own_server: OwnServer
) -> None:
    server = own_server(slots=1)
    phone = await open_page(server.port)
    await phone.ask("数数", "scripted/endless")
    await phone.longer_than(40)
    await phone.stop.click()
    await phone.is_("cancelled")
    await expect(phone.answer).to_contain_text("已停止")
    stopped = await phone.text()
    assert "1 个数字，还没有数完" in stopped

    await phone.ask("再数")
    await phone.longer_than(40)
    assert stopped.startswith((await phone.answers.first.inner_text()).strip())
    await phone.stop.click()
    await phone.is_("cancelled")


async def test_a_double_tap_on_send_stops_no_answer(phone: ChatPage) -> None:
    """Stop takes the place of send while the finger is still tapping."""
    await phone.choose("scripted/endless")
    await phone.composer.fill("数数")
    place = await phone.send.bounding_box()
    assert place is not None
    middle = (place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    await phone.page.mouse.dblclick(*middle)
    await phone.longer_than(20)
    await phone.stop.click()
    await phone.is_("cancelled")
