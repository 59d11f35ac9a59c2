"""Ways to the screens of pairing, devices and members, with a home's servants of fiction."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import segno
from playwright.async_api import Route, WebSocketRoute, expect

from tests.e2e.chat_page import ChatPage

_ADDRESSES = ("http://192.168.43.17:8000", "http://192.168.1.20:8000")
_USUAL = {
    "messages_per_minute": 20,
    "messages_per_day": 0,
    "runs_at_once": 4,
    "prompt_tokens": 0,
    "remote_tokens_per_day": 0,
}
_CODE = "#pair=Kx3vR9mQ2tYwLb7sHc4dZg"
_UNPAIRED = {"type": "error", "code": "unpaired", "message": "还没有配对", "retryable": False}
_LOW = "磁盘只剩 420 MB；写满后新的对话将无法保存，请清理一些空间。"
_USED = {
    "code": "unknown_code",
    "message": "配对码不正确、已过期或已用过，请显示新的二维码并扫描。",
    "retryable": False,
}


async def pair(chat: ChatPage) -> None:
    """As whoever opens the page and is not known sees it."""

    def refuse(socket: WebSocketRoute) -> None:
        socket.on_message(lambda _: socket.send(json.dumps(_UNPAIRED)))

    await chat.page.route_web_socket("**/ws/chat/", refuse)
    await chat.page.reload()
    await expect(chat.page.get_by_test_id("pair-screen")).to_be_visible()


async def pair_digits(chat: ChatPage) -> None:
    await pair(chat)
    told = {"request": "R", "digits": "381046", "seconds": 573}
    await _answer(chat, "/pair/request", told, 201)
    await _answer(chat, "/pair/claim", {"approved": False}, 202)
    await chat.page.get_by_test_id("show-digits").click()
    await expect(chat.page.get_by_test_id("digits")).to_be_visible()


async def pair_confirm(chat: ChatPage) -> None:
    await pair_digits(chat)
    approved = {"approved": True, "member": {"name": "妈妈", "role": "member"}}
    await _answer(chat, "/pair/claim", approved, 202)
    await expect(chat.page.get_by_test_id("confirm-pairing")).to_be_visible()


async def pair_password(chat: ChatPage) -> None:
    await pair(chat)
    await chat.page.get_by_test_id("with-password").click()
    await chat.page.get_by_test_id("sign-in-member").locator("input").fill("妈妈")
    await chat.page.get_by_test_id("sign-in-password").locator("input").fill("一二三四")


async def pair_used(chat: ChatPage) -> None:
    await pair(chat)
    await _answer(chat, "/pair", _USED, 403)
    await chat.page.evaluate("code => location.assign(code)", _CODE)
    await expect(chat.page.get_by_test_id("pair-trouble")).to_be_visible()


async def devices(chat: ChatPage) -> None:
    await _answer(chat, "/devices", {"devices": _devices()})
    await _answer(chat, "/members", {"members": _members(), "usual": _USUAL})
    await chat.go("settings")
    await chat.page.get_by_test_id("to-devices").click()
    await expect(chat.page.get_by_test_id("device")).to_have_count(4)


async def revoke(chat: ChatPage) -> None:
    await devices(chat)
    await chat.page.get_by_test_id("device").nth(1).click()
    await chat.page.get_by_test_id("revoke-device").click()
    await expect(chat.page.get_by_test_id("confirm")).to_be_visible()


async def rename_device(chat: ChatPage) -> None:
    await devices(chat)
    await chat.page.get_by_test_id("device").nth(1).click()
    await chat.page.get_by_test_id("rename-device").click()
    await expect(chat.page.get_by_test_id("name-field")).to_be_visible()


async def add_device(chat: ChatPage) -> None:
    screen = {"digits": "381046", "name": "Android · WeChat", "address": "192.168.43.88"}
    await _answer(chat, "/devices/code", _invitation(), 201)
    await _answer(chat, "/devices/requests/381046/approve", screen)
    await devices(chat)
    await chat.page.get_by_test_id("add-device").click()
    await expect(chat.page.locator(".code img[alt]")).to_be_attached()
    await chat.page.get_by_test_id("digits-field").locator("input").fill("381 046")
    await chat.page.get_by_test_id("confirm-digits").click()
    await expect(chat.page.get_by_test_id("digits-approved")).to_be_visible()


async def connection(chat: ChatPage) -> None:
    """Of a server that is for paired devices alone."""
    told = {"version": "0.1.0", "open": False, "pairing": True, "addresses": _addresses("")}
    told["notes"] = [{"code": "disk_low", "message": _LOW}]
    await _answer(chat, "/connection", told)
    await chat.go("connection")
    await expect(chat.page.get_by_test_id("connection-add-device")).to_be_visible()


async def members(chat: ChatPage) -> None:
    await _answer(chat, "/members", {"members": _members(), "usual": _USUAL})
    await chat.go("settings")
    await chat.page.get_by_test_id("to-members").click()
    await expect(chat.page.get_by_test_id("member")).to_have_count(4)


async def member(chat: ChatPage) -> None:
    await members(chat)
    await chat.page.get_by_test_id("member").nth(1).click()
    await expect(chat.page.get_by_test_id("invite-member")).to_be_visible()


async def password(chat: ChatPage) -> None:
    await member(chat)
    await chat.page.get_by_test_id("member-password").click()
    await expect(chat.page.get_by_test_id("name-field")).to_be_visible()


async def limits(chat: ChatPage) -> None:
    await member(chat)
    await chat.page.get_by_test_id("limit-member").click()
    await expect(chat.page.locator("[data-limit]")).to_have_count(5)


async def limit(chat: ChatPage) -> None:
    await limits(chat)
    await chat.page.locator("[data-limit=messages_per_day]").click()
    await expect(chat.page.get_by_test_id("option-field")).to_be_visible()


async def limit_wrong(chat: ChatPage) -> None:
    await limit(chat)
    await chat.page.get_by_test_id("option-field").locator("input").fill("0.5")
    await expect(chat.page.get_by_test_id("sheet").get_by_role("alert")).to_be_visible()


async def guest(chat: ChatPage) -> None:
    await _answer(chat, "/devices/code", _invitation(), 201)
    await members(chat)
    await chat.page.get_by_test_id("invite-guest").click()
    await expect(chat.page.locator(".code img[alt]")).to_be_attached()


async def _answer(chat: ChatPage, path: str, told: Any, status: int = 200) -> None:
    async def fulfill(route: Route) -> None:
        await route.fulfill(json=told, status=status)

    await chat.page.route(f"**/api/v1{path}", fulfill)


def _invitation() -> dict[str, Any]:
    return {"member": "everyone", "seconds": 573, "addresses": _addresses(f"/{_CODE}")}


def _addresses(code: str) -> list[dict[str, str]]:
    links = [address + code for address in _ADDRESSES]
    return [
        {"url": link, "qr": segno.make(link, micro=False).png_data_uri(scale=6)} for link in links
    ]


def _devices() -> list[dict[str, Any]]:
    now = datetime.now(UTC)

    def device(name: str, member: str, ago: timedelta, current: bool = False) -> dict[str, Any]:
        seen = (now - ago).isoformat()
        return {"id": name, "name": name, "member": member, "last_seen": seen, "current": current}

    return [
        device("iPhone · Safari", "everyone", timedelta(), current=True),
        device("客厅的 iPad", "everyone", timedelta(minutes=42)),
        device("Windows · Edge", "everyone", timedelta(days=3)),
        device("妈妈的手机", "mum", timedelta(hours=5)),
    ]


def _members() -> list[dict[str, Any]]:
    tomorrow = datetime.now(UTC).replace(hour=20, minute=0) + timedelta(days=1)

    def one(key: str, name: str, role: str, colour: str, count: int) -> dict[str, Any]:
        until = tomorrow.isoformat() if role == "guest" else None
        words: dict[str, Any] = {
            "id": key,
            "name": name,
            "role": role,
            "colour": colour,
            "devices": count,
        }
        words |= dict.fromkeys(_USUAL) | {"has_password": key == "mum", "remote_models": None}
        if key == "mum":
            words |= {"messages_per_day": 60, "runs_at_once": 0}
        return {**words, "expires_at": until}

    return [
        one("everyone", "", "owner", "#2f8791", 3),
        one("mum", "妈妈", "member", "#c2504a", 1),
        one("max", "小明", "member", "#4a76b8", 0),
        one("g1", "", "guest", "", 1),
    ]
