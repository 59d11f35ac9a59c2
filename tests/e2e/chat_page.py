"""The chat page as a person uses it: what can be seen and pressed, and the usual moves."""

from __future__ import annotations

from playwright.async_api import Locator, Page, expect

from tests.e2e.watch import Watch


class ChatPage:
    """One open page. Everything waits for what is seen, never for time."""

    def __init__(self, page: Page, watch: Watch) -> None:
        self.page = page
        self.watch = watch
        see = page.get_by_test_id
        self.composer = see("composer").locator("textarea")
        self.send = see("send")
        self.stop = see("stop")
        self.menu = see("menu")
        self.new_chat = see("new-chat")
        self.questions = see("message-user")
        self.answers = see("message-assistant")
        self.answer = self.answers.last
        self.waiting = self.answer.get_by_test_id("waiting")
        self.thinking = self.answer.get_by_test_id("thinking")
        self.thinking_toggle = self.answer.get_by_test_id("thinking-toggle")
        self.copy = self.answer.get_by_test_id("copy")
        self.retry = self.answer.get_by_test_id("retry")
        self.connection = see("connection")
        self.to_bottom = see("to-bottom")

    async def choose(self, model: str) -> None:
        await self.go("models")
        await self.page.locator(f'[data-model="{model}"]').click()
        await self.page.get_by_test_id("back").click()

    async def show_list(self) -> None:
        """Out of the drawer, where it does not stand beside the chat anyway."""
        await expect(self.composer).to_be_visible()
        if await self.menu.is_visible():
            await self.menu.click()

    async def go(self, screen: str) -> Locator:
        """To a screen that the list's lower edge leads to."""
        await self.show_list()
        await self.page.get_by_test_id(screen).click()
        return self.page.get_by_test_id(f"{screen}-screen")

    async def show_personas(self) -> None:
        """By the composer's options, as a sheet."""
        await self.page.get_by_test_id("composer-options").click()
        await self.page.get_by_test_id("to-persona").click()

    async def ask(self, question: str, model: str | None = None) -> None:
        """Through the composer, once the page can send."""
        if model is not None:
            await self.choose(model)
        await self.composer.fill(question)
        await self.send.click()

    async def is_usable(self) -> None:
        """Wait until the chat can be written in: nothing lies over it."""
        await self.composer.fill("")
        await expect(self.menu).to_be_visible()
        await self.page.wait_for_function("!document.querySelector('[inert]')")

    async def is_online(self) -> None:
        """Wait until the server has answered over the page's socket."""
        await (await self.go("connection")).get_by_test_id("round-trip").wait_for()
        await self.page.get_by_test_id("back").click()

    async def is_(self, status: str, answer: Locator | None = None) -> None:
        """Wait until the answer, the newest unless another is meant, has this status."""
        await expect(answer or self.answer).to_have_attribute("data-status", status)

    async def text(self) -> str:
        """What the newest answer shows."""
        return await self.answer.inner_text()

    async def longer_than(self, length: int) -> int:
        """Wait until the newest answer shows more characters than that; how many it shows."""
        grown = await self.page.wait_for_function(
            """length => {
              const shown = [...document.querySelectorAll('[data-testid=message-assistant]')]
              const now = shown[shown.length - 1]?.innerText.length ?? 0
              return now > length && now
            }""",
            arg=length,
        )
        return int(await grown.json_value())

    async def copied_answer(self) -> str:
        """The newest answer's Markdown, by way of the copy button and the real clipboard."""
        await self.copy.click()
        return await self.paste()

    async def paste(self) -> str:
        """What the clipboard holds, pasted into the empty composer."""
        await self.composer.focus()
        await self.page.keyboard.press("Control+v")
        pasted = await self.composer.input_value()
        await self.composer.fill("")
        return pasted
