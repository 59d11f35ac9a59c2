"""The view follows the text while its reader is at the end, and leaves everybody else alone."""

from __future__ import annotations

from playwright.async_api import Page, ViewportSize, expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.finger import Finger

NEAR_PX = 60
WITH_KEYBOARD: ViewportSize = {"width": 390, "height": 480}


async def test_it_follows_until_a_finger_scrolls_up_and_again_at_the_button(
    phone: ChatPage,
) -> None:
    await writes_more_than_a_screen(phone)
    assert await below(phone.page) <= NEAR_PX

    await swipe(phone.page, by=300)
    await expect(phone.to_bottom).to_be_visible()
    place = await at_rest(phone.page)
    await phone.longer_than(len(await phone.text()) + 60)
    assert abs(await top(phone.page) - place) <= 1

    await phone.to_bottom.tap()
    await expect(phone.to_bottom).to_have_count(0)
    await phone.longer_than(len(await phone.text()) + 60)
    assert await below(phone.page) <= NEAR_PX
    await phone.stop.click()
    await phone.is_("cancelled")


async def test_the_end_stays_in_sight_when_the_keyboard_opens(phone: ChatPage) -> None:
    await writes_more_than_a_screen(phone)
    await phone.composer.focus()
    await phone.page.set_viewport_size(WITH_KEYBOARD)
    await phone.longer_than(len(await phone.text()) + 30)
    assert await below(phone.page) <= NEAR_PX
    await expect(phone.to_bottom).to_have_count(0)

    await swipe(phone.page, by=150)
    await expect(phone.to_bottom).to_be_visible()
    place = await at_rest(phone.page)
    await phone.longer_than(len(await phone.text()) + 30)
    assert abs(await top(phone.page) - place) <= 1
    await phone.stop.click()
    await phone.is_("cancelled")


async def test_a_first_question_of_thirty_lines_is_followed(phone: ChatPage) -> None:
    question = "\n".join(f"第 {number} 行" for number in range(1, 31))
    await phone.ask(question, "scripted/endless")
    await phone.longer_than(300)
    assert await below(phone.page) <= NEAR_PX
    await expect(phone.to_bottom).to_have_count(0)
    await phone.stop.click()
    await phone.is_("cancelled")


async def test_the_last_message_stays_above_a_composer_that_grows(phone: ChatPage) -> None:
    await writes_more_than_a_screen(phone)
    await phone.stop.click()
    await phone.is_("cancelled")
    await phone.composer.fill("\n".join(str(number) for number in range(8)))
    await expect(phone.page.get_by_test_id("go-on")).to_be_in_viewport(ratio=1)
    await phone.page.wait_for_function(
        """() => document.querySelector('[data-testid=go-on]').getBoundingClientRect().bottom
          <= document.querySelector('.composer').getBoundingClientRect().top"""
    )


async def test_a_chat_that_fits_has_no_bottom_to_go_to(phone: ChatPage) -> None:
    await phone.ask("你好", "scripted/plain")
    await phone.is_("completed")
    await phone.page.set_viewport_size({"width": 390, "height": 300})
    await phone.page.mouse.move(195, 120)
    await phone.page.mouse.wheel(0, -100)
    await expect(phone.to_bottom).to_be_visible()
    await phone.page.set_viewport_size({"width": 390, "height": 844})
    await expect(phone.to_bottom).to_have_count(0)


async def writes_more_than_a_screen(phone: ChatPage) -> None:
    await phone.ask("数数", "scripted/endless")
    await phone.longer_than(900)


async def swipe(page: Page, by: int) -> None:
    """A finger moves down by so much, which shows what is above."""
    finger = await Finger.of(page)
    await finger.down(195, 120)
    for _ in range(10):
        await finger.move(by / 10)
    await finger.lift()


async def at_rest(page: Page) -> float:
    """Where the view stands once it no longer glides."""
    return float(
        await page.locator(SCROLLER).evaluate(
            """async view => {
              for (let still = 0, before = NaN; still < 12; before = view.scrollTop) {
                await new Promise(requestAnimationFrame)
                still = view.scrollTop === before ? still + 1 : 0
              }
              return view.scrollTop
            }"""
        )
    )


async def top(page: Page) -> float:
    return float(await page.locator(SCROLLER).evaluate("view => view.scrollTop"))


async def below(page: Page) -> float:
    """What of the text is below the view."""
    return float(
        await page.locator(SCROLLER).evaluate(
            "view => view.scrollHeight - view.scrollTop - view.clientHeight"
        )
    )


SCROLLER = ".messages .uni-scroll-view >> nth=1"
