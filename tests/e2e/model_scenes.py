"""Ways to the screens of models, with models, providers and downloads of fiction."""

from __future__ import annotations

import json
from typing import Any

from playwright.async_api import Route, WebSocketRoute, expect

from tests.e2e.chat_page import ChatPage

_GB = 1_000_000_000
_PLAIN: dict[str, Any] = {
    "state": "ready",
    "default": False,
    "builtin": False,
    "context_tokens": 32768,
    "progress": None,
    "error": None,
    "notes": [],
    "download": None,
    "languages": ["zh", "en"],
    "local": True,
    "provider": "",
    "size": None,
    "memory": None,
    "quantisation": "",
    "licence": "Apache-2.0",
    "is_base": False,
    "abilities": [],
    "option_rules": [],
    "resumable": True,
}
BUILTIN = _PLAIN | {
    "id": "builtin/qwen2.5-0.5b",
    "name": "Qwen2.5 0.5B",
    "default": True,
    "builtin": True,
    "size": 491_400_000,
    "memory": 640_000_000,
    "quantisation": "Q4_K_M",
}
_QWEN = _PLAIN | {
    "id": "qwen3-4b",
    "name": "Qwen3 4B",
    "state": "unloaded",
    "size": 2_497_000_000,
    "memory": 3_600_000_000,
    "quantisation": "Q4_K_M",
    "abilities": ["reasoning", "tools"],
    "languages": ["zh", "en", "ja", *[f"x{at}" for at in range(97)]],
}
COMING = _PLAIN | {
    "id": "glm-4-9b",
    "name": "GLM-4 9B 0414",
    "state": "fetching",
    "progress": 0.34,
    "size": 6_160_000_000,
    "memory": 7_400_000_000,
    "quantisation": "Q4_K_M",
    "licence": "MIT",
    "download": {
        "done": 2_094_000_000,
        "total": 6_160_000_000,
        "source": "ModelScope",
        "bytes_per_second": 11_300_000.0,
        "paused": False,
    },
}
_BASE = _PLAIN | {
    "id": "qwen2.5-1.5b-base",
    "name": "Qwen2.5 1.5B",
    "state": "unloaded",
    "size": 3_090_000_000,
    "memory": 3_900_000_000,
    "quantisation": "bfloat16",
    "is_base": True,
}
REMOTE = _PLAIN | {
    "id": "deepseek/deepseek-reasoner",
    "name": "DeepSeek Reasoner",
    "local": False,
    "provider": "DeepSeek",
    "licence": "",
    "context_tokens": 131072,
    "abilities": ["reasoning", "tools"],
    "option_rules": [
        {"name": "temperature", "reason": "reasoning", "low": None, "high": None},
        {"name": "top_k", "reason": "provider", "low": None, "high": None},
        {"name": "max_new_tokens", "reason": "provider", "low": 1, "high": 65536},
    ],
}
_MODELS = (BUILTIN, _QWEN, COMING, _BASE, REMOTE)
_DOING = {
    "backend": "llama_cpp",
    "running": 0,
    "waiting": 0,
    "tokens_per_second": None,
    "owner_only": False,
    "from_settings": False,
}


async def models(chat: ChatPage) -> None:
    await _meet(chat, *_MODELS)
    await chat.go("models")
    await expect(chat.page.get_by_test_id("model-acts")).to_have_count(len(_MODELS))


async def model_acts(chat: ChatPage) -> None:
    await models(chat)
    await chat.page.get_by_test_id("model-acts").nth(2).click()
    await expect(chat.page.get_by_test_id("remove-model")).to_be_visible()


async def remove_model(chat: ChatPage) -> None:
    await model_acts(chat)
    await chat.page.get_by_test_id("remove-model").click()
    await expect(chat.page.get_by_test_id("confirm")).to_be_visible()


async def chip(chat: ChatPage) -> None:
    """The chat while a model of a provider is chosen."""
    await _meet(chat, REMOTE, *_MODELS[:-1])
    await expect(chat.page.get_by_test_id("model-chip")).to_be_visible()


async def reasoning(chat: ChatPage) -> None:
    """The chat while a local model that can be told to think is chosen."""
    await _meet(chat, _QWEN | {"state": "ready"}, REMOTE)
    await expect(chat.page.get_by_test_id("thinking-pill")).to_be_visible()


async def not_thinking(chat: ChatPage) -> None:
    await reasoning(chat)
    await chat.page.get_by_test_id("thinking-pill").click()


async def composer_options(chat: ChatPage) -> None:
    await reasoning(chat)
    await chat.page.get_by_test_id("composer-options").click()
    await expect(chat.page.get_by_test_id("to-persona")).to_be_visible()


async def sheet(chat: ChatPage) -> None:
    await _meet(chat, *_MODELS)
    await chat.page.get_by_test_id("model-chip").click()
    await expect(chat.page.get_by_test_id("model-choice")).to_have_count(len(_MODELS))


async def notice(chat: ChatPage) -> None:
    await sheet(chat)
    await chat.page.get_by_test_id("model-choice").last.click()
    await expect(chat.page.get_by_test_id("agree-remote")).to_be_visible()


async def first_screen(chat: ChatPage) -> None:
    """Of an owner who has nothing but the built-in model."""
    await _meet(chat, BUILTIN)
    await expect(chat.page.get_by_test_id("better-model")).to_be_visible()


async def add(chat: ChatPage) -> None:
    await offered_here(chat)
    await first_screen(chat)
    await chat.page.get_by_test_id("better-model").click()
    await expect(chat.page.get_by_test_id("offer").first).to_be_visible()
    await expect(chat.page.get_by_test_id("preset").first).to_be_visible()
    await expect(chat.page.get_by_test_id("found").first).to_be_attached()


async def all_offers(chat: ChatPage) -> None:
    await add(chat)
    await chat.page.get_by_test_id("all-offers").click()
    await expect(chat.page.get_by_test_id("offer")).to_have_count(len(_ENTRIES))


async def found(chat: ChatPage) -> None:
    await add(chat)
    await chat.page.get_by_test_id("to-other").scroll_into_view_if_needed()


async def other(chat: ChatPage) -> None:
    await add(chat)
    await chat.page.get_by_test_id("to-other").click()
    await expect(chat.page.get_by_test_id("add-other")).to_be_visible()


async def provider_key(chat: ChatPage) -> None:
    await add(chat)
    await chat.page.locator('[data-preset="deepseek"]').click()
    await chat.page.get_by_test_id("key-field").locator("input").fill("sk-0123456789")
    await expect(chat.page.get_by_test_id("send-key")).to_be_visible()


async def provider_address(chat: ChatPage) -> None:
    await add(chat)
    await chat.page.get_by_test_id("all-presets").click()
    await chat.page.locator('[data-preset="azure"]').click()
    await expect(chat.page.get_by_test_id("base-url")).to_be_visible()


async def provider_models(chat: ChatPage) -> None:
    told = [
        {
            "id": f"deepseek-{n}",
            "name": f"deepseek-{n}",
            "context_tokens": 131072,
            "abilities": ["reasoning"] if n == "reasoner" else [],
        }
        for n in ("chat", "reasoner")
    ]
    account = {
        "id": "p1",
        "preset": "deepseek",
        "name": "DeepSeek",
        "base_url": "",
        "has_key": True,
        "key_from": "stored",
    }
    await _answer(chat, "/providers/p1/models", {"models": told})
    await provider_key(chat)
    await _answer(chat, "/providers", account, 201)
    await chat.page.get_by_test_id("send-key").click()
    await expect(chat.page.get_by_test_id("provided")).to_have_count(len(told))


async def rules(chat: ChatPage) -> None:
    """The sampling options of a model that does not take all of them."""
    await _meet(chat, REMOTE, BUILTIN)
    await chat.go("settings")
    await chat.page.get_by_test_id("to-sampling").click()
    await expect(chat.page.locator("[data-option=temperature]")).to_be_disabled()


async def _meet(chat: ChatPage, *told: dict[str, Any]) -> None:
    """The page connects anew, to a server that has these models, the first one its default."""
    models = [model | {"default": at == 0} for at, model in enumerate(told)]

    def relay(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda text: socket.send(_with_models(str(text), models)))

    await chat.page.route_web_socket("**/ws/chat/", relay)
    await _answer(chat, "/models", {"models": [model | _DOING for model in models]})
    await chat.page.evaluate("localStorage.removeItem('myllm.model')")
    await chat.page.add_init_script("localStorage.removeItem('myllm.model')")
    await chat.page.reload()


def _with_models(text: str, models: list[dict[str, Any]]) -> str:
    frame = json.loads(text)
    if "models" in frame:
        frame["models"] = models
    return json.dumps(frame)


async def offered_here(chat: ChatPage) -> None:
    offer = {
        "memory": {"available": 9_400_000_000, "total": 16_700_000_000},
        "disk": {"free": 84 * _GB},
        "tokens_per_second": 22.0,
        "entries": _ENTRIES,
    }
    await _answer(chat, "/models/offer", offer)
    await _answer(chat, "/models/found", {"found": _FOUND})
    await _answer(chat, "/providers", {"presets": _PRESETS, "providers": []})


async def _answer(chat: ChatPage, path: str, body: object, status: int = 200) -> None:
    async def fulfil(route: Route) -> None:
        await route.fulfill(status=status, json=body)

    await chat.page.route(f"**/api/v1{path}", fulfil)


def _entry(
    name: str, size: float, verdict: str, rate: float | None, **change: Any
) -> dict[str, Any]:
    entry = {
        "id": name.lower().replace(" ", "-"),
        "name": name,
        "spec": name.lower().replace(" ", "-"),
        "size": int(size * _GB),
        "quantisation": "Q4_K_M",
        "context_tokens": 32768,
        "licence": "Apache-2.0",
        "languages": ["zh", "en"],
        "is_base": False,
        "abilities": [],
        "unusable": None,
        "fit": {"verdict": verdict, "memory": int(size * 1.4 * _GB), "tokens_per_second": rate},
        "listed": None,
        "recommended": False,
    }
    return entry | change


_ENTRIES = [
    _entry("Qwen3 0.6B", 0.5, "fits", 38.2, abilities=["reasoning"]),
    _entry("Qwen3 4B", 2.5, "fits", 9.4, abilities=["reasoning", "tools"], recommended=True),
    _entry("Qwen3 8B", 5.0, "tight", 4.6, abilities=["reasoning", "tools"]),
    _entry("DeepSeek-R1-Distill-Qwen-7B", 4.7, "too_large", 5.0, licence="MIT"),
    _entry(
        "Qwen2.5-VL 3B", 3.2, "fits", 8.0, abilities=["vision"], unusable="还不能看图，只能聊文字"
    ),
]


def _found(spec: str, name: str, origin: str, **change: Any) -> dict[str, Any]:
    model = {
        "spec": spec,
        "name": name,
        "origin": origin,
        "size": 1_900_000_000,
        "quantisation": "Q4_K_M",
        "address": None,
        "listed": None,
        "unsuitable": None,
    }
    return model | change


_FOUND = [
    _found("ollama/qwen3:4b", "qwen3:4b", "Ollama"),
    _found("/m/phi.gguf", "Phi-4-mini-instruct", "LM Studio"),
    _found(
        "http://127.0.0.1:8080/v1#x",
        "llama-3.2-1b",
        "llama-server",
        size=None,
        quantisation="",
        address="127.0.0.1:8080",
    ),
    _found(
        "/hf/bge",
        "bge-small-zh-v1.5",
        "Hugging Face",
        size=95_000_000,
        quantisation="",
        unsuitable="它把文字变成向量，不能聊天。",
    ),
]


def _preset(key: str, name: str, **change: Any) -> dict[str, Any]:
    preset = {
        "id": key,
        "name": name,
        "key_url": f"https://platform.{key}.com/api_keys",
        "base_url": f"https://api.{key}.com/v1",
        "needs_key": True,
        "variable": f"{key.upper()}_API_KEY",
        "notes": "",
    }
    return preset | change


_PRESETS = [
    _preset("deepseek", "DeepSeek 深度求索"),
    _preset("siliconflow", "硅基流动"),
    _preset("openai", "OpenAI"),
    _preset("gemini", "Google Gemini"),
    _preset("zhipu", "智谱 GLM"),
    _preset("dashscope", "阿里云百炼（通义千问）"),
    _preset("moonshot", "月之暗面 Kimi"),
    _preset(
        "azure",
        "Azure OpenAI",
        base_url=None,
        notes="地址填写资源的终结点 https://NAME.openai.azure.com，模型名填写部署名称。",
    ),
    _preset("openai_compatible", "OpenAI 兼容服务", base_url=None, needs_key=False, key_url=""),
]
