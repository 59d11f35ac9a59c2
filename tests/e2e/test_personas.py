"""Who answers is chosen in the composer's options; one's own personas have a screen."""

from __future__ import annotations

from playwright.async_api import Locator, expect

from tests.e2e.chat_page import ChatPage


async def test_a_persona_is_chosen_before_the_first_question(phone: ChatPage) -> None:
    see = phone.page.get_by_test_id
    translator = phone.page.locator('[data-persona="translator"]')
    await phone.show_personas()
    await translator.click()
    await expect(see("sheet")).to_have_count(0)
    await phone.ask("你好", "scripted/plain")
    await phone.is_("completed")
    await phone.page.reload()
    await phone.show_personas()
    await expect(translator).to_have_attribute("aria-pressed", "true")


async def test_ones_own_is_made_used_changed_and_deleted(phone: ChatPage) -> None:
    see = phone.page.get_by_test_id
    mine = see("own-persona").filter(has_text="川菜大厨")
    await to_personas(phone)
    await see("add-persona").click()
    await expect(see("save-persona")).to_have_attribute("aria-disabled", "true")
    await see("persona-name").locator("input").fill("川菜大厨")
    await see("persona-prompt").locator("textarea").fill("你是四川厨师。")
    await see("save-persona").click()
    await expect(mine).to_contain_text("你是四川厨师。")
    await see("back").click()

    await phone.show_personas()
    await in_sheet(phone, "川菜大厨").click()
    await phone.ask("今晚吃什么", "scripted/plain")
    await phone.is_("completed")
    await phone.show_personas()
    await expect(in_sheet(phone, "川菜大厨")).to_have_attribute("aria-pressed", "true")

    await see("manage-personas").click()
    await mine.get_by_test_id("change-persona").click()
    await see("persona-prompt").locator("textarea").fill("你是重庆厨师。")
    await see("save-persona").click()
    await expect(mine).to_contain_text("你是重庆厨师。")

    await mine.get_by_test_id("change-persona").click()
    await see("remove-persona").click()
    await expect(mine).to_have_count(0)
    await see("undo").click()
    await expect(mine).to_contain_text("你是重庆厨师。")
    await mine.get_by_test_id("change-persona").click()
    await see("remove-persona").click()
    await expect(mine).to_have_count(0)


async def test_a_supplied_one_is_changed_as_a_copy(phone: ChatPage) -> None:
    see = phone.page.get_by_test_id
    await to_personas(phone)
    supplied = see("supplied-persona").filter(has_text="总结")
    await supplied.get_by_test_id("change-persona").click()
    await expect(see("persona-name").locator("input")).to_have_value("总结（副本）")
    await see("save-persona").click()
    await expect(see("own-persona").filter(has_text="总结（副本）")).to_be_visible()


async def test_a_supplied_one_is_used_by_a_tap(phone: ChatPage) -> None:
    see = phone.page.get_by_test_id
    await to_personas(phone)
    supplied = see("supplied-persona").filter(has_text="总结")
    await supplied.get_by_test_id("use-persona").click()
    await expect(see("toast")).to_contain_text("总结")
    await phone.is_usable()
    await see("composer-options").click()
    await expect(see("to-persona")).to_contain_text("总结")


async def test_what_was_written_and_left_can_be_had_again(phone: ChatPage) -> None:
    see = phone.page.get_by_test_id
    await to_personas(phone)
    await see("add-persona").click()
    await see("persona-name").locator("input").fill("园丁")
    await phone.page.go_back()
    await see("undo").click()
    await expect(see("persona-name").locator("input")).to_have_value("园丁")


async def to_personas(chat: ChatPage) -> None:
    await chat.show_personas()
    await chat.page.get_by_test_id("manage-personas").click()


def in_sheet(chat: ChatPage, name: str) -> Locator:
    return chat.page.get_by_test_id("persona").filter(has_text=name)
