"""The models that a provider lists."""

from __future__ import annotations

from typing import Any

import pytest

from inference.errors import InferenceError, InferenceErrorCode
from inference.remote.listing import list_provider_models
from inference.remote.provider_model import ProviderModel, read_model
from inference.types import Ability
from tests.inference.remote.models import KEY, account
from tests.inference.remote.upstream import Call, upstream
from tests.inference.remote.upstream_scenarios import SCENARIOS


async def _listed(models: Any, preset: str = "vllm") -> tuple[ProviderModel, ...]:
    async with upstream(SCENARIOS["plain"]) as server:
        server.models = models
        found = await list_provider_models(account(server.url, preset))
        if server.listings:
            assert server.listings[0].headers["authorization"] == f"Bearer {KEY}"
    return found


async def test_those_that_chat_come_first_and_embeddings_are_marked() -> None:
    names = ["bge-m3", "qwen-plus", "text-embedding-v4", "deepseek-v3", "wanx-v1", "qwen-tts"]
    found = await _listed({"data": [{"id": name} for name in names]})
    assert [model.id for model in found] == [
        "qwen-plus",
        "deepseek-v3",
        "bge-m3",
        "text-embedding-v4",
    ]
    assert [model.can_chat for model in found] == [True, True, False, False]
    assert found[-1].abilities == (Ability.EMBEDDINGS,)


@pytest.mark.parametrize(
    ("listed", "context", "abilities"),
    [
        ({"id": "m", "max_model_len": 4096}, 4096, ()),
        ({"id": "m", "meta": {"n_ctx_train": 32768}}, 32768, ()),
        (
            {
                "id": "m",
                "context_length": 256,
                "supports_image_in": True,
                "supports_reasoning": True,
            },
            256,
            (Ability.REASONING, Ability.VISION),
        ),
        (
            {
                "id": "a/b",
                "context_length": 128,
                "architecture": {"input_modalities": ["text", "image"]},
                "supported_parameters": ["tools", "reasoning"],
            },
            128,
            (Ability.REASONING, Ability.VISION, Ability.TOOLS),
        ),
        ({"id": "m", "max_context_length": True, "meta": 5, "architecture": []}, None, ()),
    ],
)
def test_what_the_list_shows_of_a_model_is_read(
    listed: Any, context: int | None, abilities: tuple[Ability, ...]
) -> None:
    model = read_model(listed)
    assert model is not None
    assert (model.context_tokens, model.abilities) == (context, abilities)


def test_geminis_prefix_is_not_shown() -> None:
    model = read_model({"id": "models/gemini-2.5-flash"})
    assert model is not None
    assert (model.id, model.name) == ("models/gemini-2.5-flash", "gemini-2.5-flash")


@pytest.mark.parametrize(
    "models", [[{"id": "m"}], {"models": [{"name": "m"}]}, {"data": ["m", 5, None, {"id": 7}]}]
)
async def test_a_list_is_read_in_any_of_its_shapes(models: Any) -> None:
    assert [model.id for model in await _listed(models)] == ["m"]


async def test_a_list_in_pages_is_read_to_its_end() -> None:
    pages = {
        "/v1/models": {"data": [{"id": "a"}], "has_more": True, "last_id": "a"},
        "/v1/models?after=a": {"data": [{"id": "b"}], "has_more": True, "last_id": "b"},
        "/v1/models?after=b": {"data": [{"id": "c"}], "has_more": False},
    }
    async with upstream(SCENARIOS["plain"]) as server:

        async def answer(call: Call) -> None:
            await call.answer(200, pages[call.path])

        server.list_models = answer
        found = await list_provider_models(account(server.url))
    assert [model.id for model in found] == ["a", "b", "c"]


async def test_an_endless_list_is_given_up() -> None:
    async with upstream(SCENARIOS["plain"]) as server:

        async def answer(call: Call) -> None:
            await call.begin({"content-type": "application/json"})
            for _ in range(20):
                await call.send(b" " * (1 << 20))
            await call.end()

        server.list_models = answer
        with pytest.raises(InferenceError, match="too long"):
            await list_provider_models(account(server.url))


@pytest.mark.parametrize("models", ["<html>", {"hello": 1}, 7])
async def test_what_is_no_list_is_reported(models: Any) -> None:
    with pytest.raises(InferenceError, match="no list of models") as raised:
        await _listed(models)
    assert raised.value.code is InferenceErrorCode.PROVIDER_FAILED


async def test_an_empty_list_is_one() -> None:
    assert await _listed({"data": []}) == ()


async def test_a_provider_without_a_list_is_not_asked() -> None:
    assert await _listed({"data": [{"id": "m"}]}, "spark") == ()


async def test_a_refusal_and_a_bad_address_have_the_providers_errors() -> None:
    async with upstream(SCENARIOS["plain"]) as server:

        async def answer(call: Call) -> None:
            await call.answer(401, {"error": {"message": f"bad key {KEY}"}})

        server.list_models = answer
        with pytest.raises(InferenceError) as raised:
            await list_provider_models(account(server.url))
    assert raised.value.code is InferenceErrorCode.PROVIDER_KEY_REFUSED
    assert KEY not in raised.value.message
    with pytest.raises(InferenceError) as raised:
        await list_provider_models(account("http://me:pw@a"))
    assert raised.value.code is InferenceErrorCode.PROVIDER_REFUSED
    with pytest.raises(InferenceError) as raised:
        await list_provider_models(account("http://a", "deepseek", key=""))
    assert raised.value.code is InferenceErrorCode.PROVIDER_KEY_MISSING
