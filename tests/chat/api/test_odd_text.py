"""Characters that a database cannot store are replaced before."""

from __future__ import annotations

import pytest

from tests.chat.api.conftest import Api


@pytest.mark.parametrize(
    "path", ["/conversations/a%00", "/runs/a%00", "/search?q=a%00", "/conversations/%00/messages"]
)
async def test_a_nul_in_an_address_finds_nothing(api: Api, path: str) -> None:
    assert (await api.get(path)).status_code in (200, 404, 422)


@pytest.mark.parametrize("text", ["a\x00b", "😀", "\ud800"])
async def test_any_text_is_stored_or_refused(api: Api, text: str) -> None:
    for body in ({"title": text}, {"system_prompt": text}, {"options": {"stop": [text]}}):
        response = await api.send("post", "/conversations", body)
        assert response.status_code in (201, 422), response.content
    persona = {"name": text, "prompt": text}
    assert (await api.send("post", "/personas", persona)).status_code in (201, 422)


async def test_half_a_character_is_replaced_in_every_text_of_a_body(api: Api) -> None:
    changes = {
        "title": "题 \ud83d",
        "system_prompt": "\ude00\0",
        "options": {"stop": ["\ud83d"]},
    }
    made = (await api.send("post", "/conversations", changes)).json()
    assert made["title"] == "题 \ufffd"
    assert made["system_prompt"] == "\ufffd\ufffd"
    assert made["options"] == {"stop": ["\ufffd"]}
    fields = {"name": "\ud83d\ude00", "prompt": "\ud83d"}
    persona = (await api.send("post", "/personas", fields)).json()
    assert (persona["name"], persona["prompt"]) == ("😀", "\ufffd")


async def test_numbers_that_json_does_not_know_are_refused(api: Api) -> None:
    response = await api.send("post", "/conversations", {"options": {"top_p": float("nan")}})
    assert (response.status_code, response.json()["code"]) == (400, "bad_json")
