"""How answers are sampled: set on this device, or for one conversation alone."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.chat_page import ChatPage


class Options:
    """The list of options, wherever it is shown, and the sheet that sets one."""

    def __init__(self, chat: ChatPage) -> None:
        self.page = chat.page
        self.see = chat.page.get_by_test_id

    async def open(self, name: str) -> None:
        await self.page.locator(f'[data-option="{name}"]').click()

    async def type(self, name: str, value: str) -> None:
        await self.open(name)
        await self.see("option-field").locator("input, textarea").fill(value)
        await self.see("option-done").click()
        await expect(self.see("sheet")).to_have_count(0)

    async def says(self, name: str, words: str) -> None:
        await expect(self.page.locator(f'[data-option="{name}"]')).to_contain_text(words)


async def test_what_is_set_reaches_the_server(phone: ChatPage) -> None:
    options = await to_sampling(phone)
    await options.type("temperature", "0,3")
    await options.type("max_new_tokens", "512")
    await options.type("stop", "User:\n结束")
    await options.open("enable_thinking")
    await options.see("option-choice").get_by_role("button", name="关", exact=True).click()
    await options.see("option-done").click()
    await options.says("temperature", "0.3")
    await options.says("top_p", "默认")
    await leave(phone, 2)

    await phone.ask("你好", "scripted/plain")
    await phone.is_("completed")
    wanted = {
        "temperature": 0.3,
        "max_new_tokens": 512,
        "stop": ["User:", "结束"],
        "enable_thinking": False,
    }
    assert phone.watch.asked()["options"] == wanted
    await phone.page.get_by_test_id("regenerate").click()
    await phone.is_("completed")
    assert phone.watch.asked() | {"type": "regenerate", "options": wanted} == phone.watch.asked()


async def test_the_ends_of_every_range_are_taken_by_the_server(phone: ChatPage) -> None:
    """The page has its ranges from the server; between them are the page's and JSON's numbers."""
    ends = {
        "temperature": "5",
        "max_new_tokens": "1000000",
        "top_p": "0.01",
        "top_k": "1000",
        "min_p": "1",
        "repetition_penalty": "10",
        "presence_penalty": "-2",
        "frequency_penalty": "2",
        "seed": "4294967295",
    }
    options = await to_sampling(phone)
    for name, value in ends.items():
        await options.type(name, value)
    await leave(phone, 2)
    await phone.ask("你好", "scripted/plain")
    await phone.is_("completed")
    assert phone.watch.asked()["options"] == {name: float(end) for name, end in ends.items()}


async def test_nonsense_is_refused_kindly_and_a_default_comes_back(phone: ChatPage) -> None:
    options = await to_sampling(phone)
    await options.type("temperature", "1.5")
    await options.open("temperature")
    await options.see("option-field").locator("input").fill("9")
    await expect(options.see("sheet").get_by_role("alert")).to_have_text("请输入 0 到 5 之间的数。")
    await expect(options.see("option-done")).to_have_attribute("aria-disabled", "true")
    await options.see("option-unset").click()
    await options.says("temperature", "默认")


async def test_all_are_reset_and_that_is_taken_back(phone: ChatPage) -> None:
    options = await to_sampling(phone)
    await options.open("top_k")
    await options.see("more-of-it").click()
    await options.see("more-of-it").click()
    await options.see("option-done").click()
    await options.says("top_k", "45")
    await options.see("reset-options").click()
    await options.says("top_k", "默认")
    await options.see("undo").click()
    await options.says("top_k", "45")


async def test_a_conversation_has_options_and_a_prompt_of_its_own(phone: ChatPage) -> None:
    see = phone.page.get_by_test_id
    options = await to_sampling(phone)
    await options.type("temperature", "0.3")
    await leave(phone, 2)
    await see("composer-options").click()
    await see("to-conversation").click()
    await options.says("temperature", "此设备：0.3")
    await options.type("temperature", "1.1")
    await options.says("temperature", "1.1")
    await see("system-prompt").locator("textarea").fill("你是历史老师。")
    await leave(phone, 1)
    await see("composer-options").click()
    await see("to-conversation").click()
    await see("save-prompt").click()
    await expect(see("save-prompt")).to_have_count(0)
    await leave(phone, 1)

    await phone.ask("你好", "scripted/plain")
    await phone.is_("completed")
    assert phone.watch.asked()["options"] == {"temperature": 1.1}
    await phone.page.reload()
    await see("composer-options").click()
    await see("to-conversation").click()
    await expect(see("system-prompt").locator("textarea")).to_have_value("你是历史老师。")
    await options.says("temperature", "1.1")
    await leave(phone, 1)
    await phone.new_chat.click()
    await phone.ask("你好")
    await phone.is_("completed")
    assert phone.watch.asked()["options"] == {"temperature": 0.3}


async def to_sampling(chat: ChatPage) -> Options:
    await chat.go("settings")
    await chat.page.get_by_test_id("to-sampling").click()
    return Options(chat)


async def leave(chat: ChatPage, screens: int) -> None:
    for _ in range(screens):
        await chat.page.get_by_test_id("back").last.click()
    await expect(chat.page.get_by_test_id("back")).to_have_count(0)
