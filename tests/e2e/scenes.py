"""Every screen and state of the page, and how to get there: for pictures and for axe."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno
from playwright.async_api import Browser, Route, WebSocketRoute, expect

from tests.e2e import model_scenes, pairing_scenes, shell_scenes
from tests.e2e.chat_page import ChatPage
from tests.e2e.chromium import NAME
from tests.e2e.tour import QUESTION_EN, QUESTION_ZH
from tests.e2e.watch import Watch
from tests.live.live_server import LiveServer

MODELS = (
    "scripted/tour-zh,scripted/tour-en,scripted/tour-thinking,scripted/tour-error,scripted/markdown"
)


@dataclass(frozen=True, slots=True)
class Scene:
    """`open` leads from a freshly opened page to what is to be seen."""

    name: str
    open: Callable[[ChatPage], Awaitable[None]]
    model: str = "scripted/tour-zh"
    locale: str = "zh-CN"


@asynccontextmanager
async def opened(
    chromium: Browser, server: LiveServer, scene: Scene, **options: Any
) -> AsyncIterator[ChatPage]:
    """The scene in a browser that has never seen the server before."""
    context = await chromium.new_context(**{**options, "locale": scene.locale})
    try:
        chosen = json.dumps({"type": "string", "data": scene.model})
        await context.add_init_script(f"localStorage.setItem('myllm.model', {chosen!r})")
        page = await context.new_page()
        await page.goto(f"http://{NAME}:{server.port}")
        chat = ChatPage(page, Watch(page.url))
        await expect(chat.composer).to_be_visible()
        await scene.open(chat)
        await page.evaluate("document.fonts.ready")
        yield chat
    finally:
        await context.close()


def tour_server(folder: Path, page: Path) -> LiveServer:
    """Plays the tour's conversations and serves the built page."""
    return LiveServer(
        folder,
        ("-m", "tests.e2e.tour"),
        PAGE_DIR=page,
        HOSTS=NAME,
        MODELS=MODELS,
        OPEN=1,
        PAIRING=1,
    )


async def greeting(chat: ChatPage) -> None:
    await expect(chat.page.get_by_test_id("starter").first).to_be_visible()


async def first_run(chat: ChatPage) -> None:
    """The model is still on its way, as whoever starts the server for the first time sees it."""

    def relay(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda text: socket.send(_with_fetched_model(str(text))))

    await chat.page.route_web_socket("**/ws/chat/", relay)
    await chat.page.reload()
    await expect(chat.page.get_by_test_id("greeting-note")).to_be_visible()


def _with_fetched_model(text: str) -> str:
    frame = json.loads(text)
    for model in frame.get("models", []):
        model.update(state="fetching", progress=0.42)
    return json.dumps(frame)


async def conversation(chat: ChatPage) -> None:
    await chat.ask(QUESTION_ZH)
    await chat.is_("completed")
    await expect(chat.answer.locator(".katex").first).to_be_visible()


async def english(chat: ChatPage) -> None:
    await chat.ask(QUESTION_EN)
    await chat.is_("completed")
    await expect(chat.answer.locator(".hljs-keyword").first).to_be_visible()


async def thinking(chat: ChatPage) -> None:
    await chat.ask("甲 12 天、乙 15 天能完成一项工程，甲先做 3 天再合作，还要几天？")
    await expect(chat.thinking).to_contain_text("再验算一遍")


async def stopped(chat: ChatPage) -> None:
    await chat.ask("甲 12 天、乙 15 天能完成一项工程，甲先做 3 天再合作，还要几天？")
    await expect(chat.thinking).to_be_visible()
    await chat.stop.click()
    await chat.is_("cancelled")


async def silent(chat: ChatPage) -> None:
    """The model has begun, and nothing has come of it for long."""

    def relay(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda text: _without_text(socket, str(text)))

    await chat.page.route_web_socket("**/ws/chat/", relay)
    await chat.page.route("**/conversations/*/messages*", _answer_without_text)
    await chat.page.reload()
    await chat.ask("请总结下面的会议记录：" + "大家讨论了下个季度的安排。" * 60)
    await expect(chat.waiting).to_contain_text(re.compile(r"\d"))


def _without_text(socket: WebSocketRoute, text: str) -> None:
    frame = json.loads(text)
    if frame["type"] in ("stream", "end", "changed"):
        return
    if frame["type"] == "snapshot":
        frame.update(content="", reasoning="")
    socket.send(json.dumps(frame))


async def _answer_without_text(route: Route) -> None:
    """The page reads it again where the connection was slow."""
    response = await route.fetch()
    tree = await response.json()
    for message in tree.get("messages", []):
        if message["role"] == "assistant":
            message.update(content="", reasoning="")
    await route.fulfill(response=response, json=tree)


async def error(chat: ChatPage) -> None:
    await chat.ask("帮我把这封信翻译成英文")
    await chat.is_("failed")


async def the_list(chat: ChatPage) -> None:
    await chat.show_list()
    await expect(chat.page.get_by_test_id("conversation").first).to_be_visible()


async def search(chat: ChatPage) -> None:
    await the_list(chat)
    await chat.page.get_by_test_id("search").locator("input").fill("怎么")
    await expect(chat.page.get_by_test_id("hit").first).to_be_visible()


async def actions(chat: ChatPage) -> None:
    await the_list(chat)
    await chat.page.get_by_test_id("conversation-actions").nth(2).click()
    await expect(chat.page.get_by_test_id("sheet")).to_be_visible()


async def personas_of_conversation(chat: ChatPage) -> None:
    await chat.show_personas()
    await expect(chat.page.get_by_test_id("persona").nth(2)).to_be_visible()


async def next_phone(chat: ChatPage) -> None:
    """What a home's server would tell; this one hears its own computer alone."""
    addresses = ["http://192.168.43.17:8000", "http://192.168.1.20:8000"]
    told = {
        "version": "0.1.0",
        "open": True,
        "addresses": [
            {"url": url, "qr": segno.make(url, micro=False).png_data_uri(scale=6)}
            for url in addresses
        ],
    }
    await chat.page.route("**/api/v1/connection", lambda route: route.fulfill(json=told))
    await way("connection")(chat)
    await expect(chat.page.get_by_test_id("qr")).to_be_visible()


async def shortcuts(chat: ChatPage) -> None:
    await chat.page.keyboard.press("Control+/")
    await expect(chat.page.get_by_test_id("shortcut").first).to_be_visible()


async def deleted(chat: ChatPage) -> None:
    await actions(chat)
    await chat.page.get_by_test_id("archive").click()
    await expect(chat.page.get_by_test_id("undo")).to_be_visible()


async def renamed(chat: ChatPage) -> None:
    await actions(chat)
    await chat.page.get_by_test_id("rename").click()
    await expect(chat.page.get_by_test_id("name-field")).to_be_visible()


async def edited(chat: ChatPage) -> None:
    await conversation(chat)
    await chat.page.get_by_test_id("edit").click()
    await expect(chat.page.get_by_test_id("edited")).to_be_visible()


async def all_markdown(chat: ChatPage) -> None:
    await chat.ask("把支持的格式都写一遍")
    await chat.is_("completed")
    await expect(chat.answer.locator(".katex").first).to_be_visible()


def message(*presses: str) -> Callable[[ChatPage], Awaitable[None]]:
    """The newest answer's menu, and from there by what is pressed further."""

    async def lead(chat: ChatPage) -> None:
        await conversation(chat)
        await chat.answer.get_by_test_id("more").click()
        for press in presses:
            await chat.page.get_by_test_id(press).click()

    return lead


async def picture(chat: ChatPage) -> None:
    await message("act-sharePicture")(chat)
    await expect(chat.page.locator(".sheet img[alt]")).to_be_attached()


async def figures(chat: ChatPage) -> None:
    await conversation(chat)
    await chat.answer.get_by_test_id("more").click()
    await chat.page.get_by_test_id("act-figures").click()
    await expect(chat.page.get_by_test_id("figures")).to_be_visible()


def way(name: str, *further: str) -> Callable[[ChatPage], Awaitable[None]]:
    """Through the list's lower edge, and from there by what is pressed further."""

    async def lead(chat: ChatPage) -> None:
        await the_list(chat)
        for press in (name, *further):
            await chat.page.locator(f"[data-testid={press}], [data-option={press}]").first.click()

    return lead


SCENES = (
    Scene("greeting", greeting),
    Scene("greeting-en", greeting, "scripted/tour-en", "en-GB"),
    Scene("first-run", first_run),
    Scene("conversation", conversation),
    Scene("conversation-en", english, "scripted/tour-en", "en-GB"),
    Scene("thinking", thinking, "scripted/tour-thinking"),
    Scene("error", error, "scripted/tour-error"),
    Scene("list", the_list),
    Scene("search", search),
    Scene("actions", actions),
    Scene("stopped", stopped, "scripted/tour-thinking"),
    Scene("stopped-en", stopped, "scripted/tour-thinking", "en-GB"),
    Scene("silent", silent),
    Scene("silent-en", silent, "scripted/tour-en", "en-GB"),
    Scene("thinking-on", model_scenes.reasoning),
    Scene("thinking-off", model_scenes.not_thinking),
    Scene("thinking-off-en", model_scenes.not_thinking, "scripted/tour-en", "en-GB"),
    Scene("composer-options", model_scenes.composer_options),
    Scene("composer-options-en", model_scenes.composer_options, "scripted/tour-en", "en-GB"),
    Scene("persona-sheet", personas_of_conversation),
    Scene("settings", way("settings")),
    Scene("settings-en", way("settings"), "scripted/tour-en", "en-GB"),
    Scene("sampling", way("settings", "to-sampling")),
    Scene("option-sheet", way("settings", "to-sampling", "temperature")),
    Scene("personas", way("settings", "to-personas")),
    Scene("models", way("models")),
    Scene("first-screen", model_scenes.first_screen),
    Scene("first-screen-en", model_scenes.first_screen, "scripted/tour-en", "en-GB"),
    Scene("add-model", model_scenes.add),
    Scene("add-model-en", model_scenes.add, "scripted/tour-en", "en-GB"),
    Scene("all-offers", model_scenes.all_offers),
    Scene("all-offers-en", model_scenes.all_offers, "scripted/tour-en", "en-GB"),
    Scene("found-models", model_scenes.found),
    Scene("found-models-en", model_scenes.found, "scripted/tour-en", "en-GB"),
    Scene("other-address", model_scenes.other),
    Scene("other-address-en", model_scenes.other, "scripted/tour-en", "en-GB"),
    Scene("provider-key", model_scenes.provider_key),
    Scene("provider-key-en", model_scenes.provider_key, "scripted/tour-en", "en-GB"),
    Scene("provider-address", model_scenes.provider_address),
    Scene("provider-models", model_scenes.provider_models),
    Scene("provider-models-en", model_scenes.provider_models, "scripted/tour-en", "en-GB"),
    Scene("all-models", model_scenes.models),
    Scene("all-models-en", model_scenes.models, "scripted/tour-en", "en-GB"),
    Scene("model-acts", model_scenes.model_acts),
    Scene("model-acts-en", model_scenes.model_acts, "scripted/tour-en", "en-GB"),
    Scene("remove-model", model_scenes.remove_model),
    Scene("model-sheet", model_scenes.sheet),
    Scene("model-sheet-en", model_scenes.sheet, "scripted/tour-en", "en-GB"),
    Scene("remote-notice", model_scenes.notice),
    Scene("remote-notice-en", model_scenes.notice, "scripted/tour-en", "en-GB"),
    Scene("remote-chip", model_scenes.chip),
    Scene("option-rules", model_scenes.rules),
    Scene("option-rules-en", model_scenes.rules, "scripted/tour-en", "en-GB"),
    Scene("connection", next_phone),
    Scene("connection-paired", pairing_scenes.connection),
    Scene("pair", pairing_scenes.pair),
    Scene("pair-en", pairing_scenes.pair, locale="en-GB"),
    Scene("pair-digits", pairing_scenes.pair_digits),
    Scene("pair-confirm", pairing_scenes.pair_confirm),
    Scene("pair-confirm-en", pairing_scenes.pair_confirm, "scripted/tour-en", "en-GB"),
    Scene("pair-used", pairing_scenes.pair_used),
    Scene("pair-password", pairing_scenes.pair_password),
    Scene("devices", pairing_scenes.devices),
    Scene("devices-en", pairing_scenes.devices, "scripted/tour-en", "en-GB"),
    Scene("revoke-device", pairing_scenes.revoke),
    Scene("rename-device", pairing_scenes.rename_device),
    Scene("add-device", pairing_scenes.add_device),
    Scene("add-device-en", pairing_scenes.add_device, "scripted/tour-en", "en-GB"),
    Scene("members", pairing_scenes.members),
    Scene("member", pairing_scenes.member),
    Scene("member-password", pairing_scenes.password),
    Scene("limits", pairing_scenes.limits),
    Scene("limits-en", pairing_scenes.limits, "scripted/tour-en", "en-GB"),
    Scene("limit", pairing_scenes.limit),
    Scene("limit-en", pairing_scenes.limit, "scripted/tour-en", "en-GB"),
    Scene("limit-wrong", pairing_scenes.limit_wrong),
    Scene("guest", pairing_scenes.guest),
    Scene("persona", way("settings", "to-personas", "add-persona")),
    Scene("shortcuts", shortcuts),
    Scene("undo", deleted),
    Scene("rename", renamed),
    Scene("edit", edited),
    Scene("message-menu", message()),
    Scene("select-text", message("act-select")),
    Scene("quote", message("act-quote")),
    Scene("share-picture", picture),
    Scene("figures", figures),
    Scene("account", shell_scenes.account),
    Scene("account-en", shell_scenes.account, "scripted/tour-en", "en-GB"),
    Scene("sign-out", shell_scenes.sign_out),
    Scene("sign-out-en", shell_scenes.sign_out, "scripted/tour-en", "en-GB"),
    Scene("exported", shell_scenes.exported),
    Scene("exported-en", shell_scenes.exported, "scripted/tour-en", "en-GB"),
    Scene("export-one", shell_scenes.export_one),
    Scene("dictation", shell_scenes.dictation),
    Scene("dictation-en", shell_scenes.dictation, "scripted/tour-en", "en-GB"),
    Scene("no-network", shell_scenes.no_network),
    Scene("no-network-en", shell_scenes.no_network, "scripted/tour-en", "en-GB"),
    Scene("markdown", all_markdown, "scripted/markdown"),
)
