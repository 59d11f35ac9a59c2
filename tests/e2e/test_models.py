"""Choosing, adding and managing models from a phone."""

from __future__ import annotations

import time

import pytest
from playwright.async_api import Route, expect

from tests.e2e import model_scenes
from tests.e2e.chat_page import ChatPage
from tests.e2e.conftest import OpenPage, OwnServer
from tests.inference.remote.upstream import upstream
from tests.inference.remote.upstream_scenarios import SCENARIOS

KEY = "sk-e2e-0123456789abcdef"
ADDRESS = "http://deepseek.test/v1"
"""Of a provider in the world: reached through a proxy, which plays it."""
_ANSWER_SECONDS = 15


async def test_a_model_is_chosen_in_the_middle_of_a_conversation(phone: ChatPage) -> None:
    see = phone.page.get_by_test_id
    await phone.ask("你好", "scripted/plain")
    await phone.is_("completed")
    await see("model-chip").click()
    await phone.page.locator('[data-choice="scripted/markdown"]').click()
    await expect(see("sheet")).to_have_count(0)
    await phone.ask("再说一遍")
    await phone.is_("completed")
    assert phone.watch.asked()["model"] == "scripted/markdown"
    assert phone.watch.asked()["conversation"]


async def test_from_the_settings_to_the_first_answer_of_a_provider(
    open_page: OpenPage, own_server: OwnServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with upstream(SCENARIOS["plain"]) as provider:
        monkeypatch.setenv("http_proxy", provider.url.removesuffix("/v1"))
        provider.models = {"data": [{"id": "deepseek-chat"}, {"id": "deepseek-reasoner"}]}
        phone = await open_page(own_server().port)
        await phone.go("settings")
        began = time.monotonic()
        await _add_deepseek(phone, ADDRESS)
        await phone.ask("你好")
        await phone.is_("completed")
        seconds = time.monotonic() - began
        print(f"\nsettings to the answer of a provider: {seconds:.2f} s")
        assert seconds < _ANSWER_SECONDS
        assert provider.calls[-1].headers["authorization"] == f"Bearer {KEY}"
        mark = phone.answer.get_by_test_id("leaving")
        await expect(mark).to_contain_text("DeepSeek")
        await expect(phone.page.get_by_test_id("model-chip")).to_contain_text("云端")
        await phone.page.reload()
        await expect(mark).to_contain_text("DeepSeek")
        assert KEY not in await _remembered(phone)


async def _add_deepseek(phone: ChatPage, address: str) -> None:
    see = phone.page.get_by_test_id
    await see("to-models").click()
    await see("add-model").click()
    await phone.page.locator('[data-preset="deepseek"]').click()
    await see("other-base-url").click()
    await see("base-url").locator("input").fill(address)
    await see("key-field").locator("input").fill(KEY)
    await see("send-key").click()
    await see("model-search").locator("input").fill("chat")
    await phone.page.locator('[data-provided="deepseek-chat"]').click()
    await see("talk").click()


async def _remembered(phone: ChatPage) -> str:
    """All that the page keeps, and what it shows."""
    kept: str = await phone.page.evaluate(
        "JSON.stringify([localStorage, sessionStorage, history.state, document.body.innerHTML])"
    )
    return kept


async def test_a_provider_out_of_reach_is_told_and_the_key_forgotten(
    open_page: OpenPage, own_server: OwnServer
) -> None:
    phone = await open_page(own_server().port)
    see = phone.page.get_by_test_id
    await phone.go("settings")
    await see("to-models").click()
    await see("add-model").click()
    await phone.page.locator('[data-preset="deepseek"]').click()
    await see("other-base-url").click()
    await see("base-url").locator("input").fill("http://127.0.0.1:9/v1")
    await see("key-field").locator("input").fill(KEY)
    await see("send-key").click()
    await expect(see("provider-screen").get_by_role("alert")).to_contain_text("DeepSeek")
    await expect(see("again")).to_be_visible()
    await see("change-key").click()
    await expect(see("key-field").locator("input")).to_have_value("")
    # A browser writes a refusal to its console, however calmly the page takes it.
    assert all("status of 400" in line for line in phone.watch.complaints)
    phone.watch.complaints.clear()


async def test_two_taps_lead_from_the_first_screen_to_a_better_model(phone: ChatPage) -> None:
    asked: list[object] = []

    async def take(route: Route) -> None:
        if route.request.method == "POST":
            asked.append(route.request.post_data_json)
            await route.fulfill(status=201, json=model_scenes.COMING)
        else:
            await route.fallback()

    await model_scenes.offered_here(phone)
    await model_scenes.first_screen(phone)
    await phone.page.route("**/api/v1/models", take)
    await phone.page.get_by_test_id("better-model").click()
    await expect(phone.page.locator('[data-preset="deepseek"]')).to_be_in_viewport()
    await phone.page.get_by_test_id("download").first.click()
    await expect(phone.page.get_by_test_id("model-state")).to_contain_text("34%")
    assert asked == [{"spec": "qwen3-4b"}]


async def test_two_taps_lead_from_the_first_screen_to_a_key(phone: ChatPage) -> None:
    await model_scenes.offered_here(phone)
    await model_scenes.first_screen(phone)
    await phone.page.get_by_test_id("better-model").click()
    await phone.page.locator('[data-preset="deepseek"]').click()
    await expect(phone.page.get_by_test_id("key-field")).to_be_visible()


async def test_the_owner_makes_another_model_the_default_and_removes_one(
    open_page: OpenPage, own_server: OwnServer
) -> None:
    server = own_server(models="scripted/plain,scripted/markdown")
    first, second = [await open_page(server.port) for _ in range(2)]
    see = first.page.get_by_test_id
    await first.go("models")
    await first.page.locator('[data-acts="scripted/markdown"]').click()
    await see("make-default").click()
    await expect(second.page.get_by_test_id("model-chip")).to_contain_text("长 Markdown")
    await second.ask("你好")
    await second.is_("completed")
    assert second.watch.asked()["model"] == "scripted/markdown"
