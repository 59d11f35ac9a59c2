"""Conversations over REST: list, change, delete and restore."""

from __future__ import annotations

import asyncio

import pytest

from chat.actor import OWNER, Actor
from chat.changes import Change, watch
from chat.models import Conversation
from chat.service import ChatService
from chat.store import in_database
from chat.wire.protocol import Send
from tests.chat.api.conftest import Api

ACTOR = Actor(OWNER, "phone")


async def _ids(api: Api, query: str = "") -> list[str]:
    page = (await api.get(f"/conversations{query}")).json()
    return [one["id"] for one in page["conversations"]]


async def test_a_conversation_is_made_and_found(api: Api) -> None:
    made = await api.make(title=" 周末\n计划 ", system_prompt="说短句", options={"top_k": 3})
    found = (await api.get(f"/conversations/{made['id']}")).json()
    assert found == made
    assert found["title"] == "周末 计划"
    assert found["options"] == {"top_k": 3}


async def test_the_list_has_the_pinned_first_then_the_newest(api: Api) -> None:
    old, middle, new = [(await api.make())["id"] for _ in range(3)]
    await api.send("patch", f"/conversations/{middle}", {"pinned": True})
    assert await _ids(api) == [middle, new, old]


async def test_pages_follow_each_other_without_gap_or_repetition(api: Api) -> None:
    made = [(await api.make())["id"] for _ in range(5)]
    for one in made[:2]:
        await api.send("patch", f"/conversations/{one}", {"pinned": True})
    seen, cursor = [], ""
    while True:
        page = (await api.get(f"/conversations?limit=2{cursor}")).json()
        seen += [one["id"] for one in page["conversations"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert seen == await _ids(api)
    assert sorted(seen) == sorted(made)


@pytest.mark.parametrize("state", ["archived", "deleted"])
async def test_the_other_shelves_have_pages_too(api: Api, state: str) -> None:
    made = [(await api.make())["id"] for _ in range(3)]
    for one in made:
        if state == "deleted":
            await api.send("delete", f"/conversations/{one}")
        else:
            await api.send("patch", f"/conversations/{one}", {"archived": True})
    first = (await api.get(f"/conversations?state={state}&limit=2")).json()
    rest = await _ids(api, f"?state={state}&limit=2&cursor={first['next']}")
    assert [one["id"] for one in first["conversations"]] + rest == made[::-1]
    assert await _ids(api) == []


@pytest.mark.parametrize("cursor", ["x", "W10", "bnVsbA", "e30", "WzEsIDJd"])
async def test_a_cursor_that_was_not_given_out_is_refused(api: Api, cursor: str) -> None:
    response = await api.get(f"/conversations?cursor={cursor}")
    assert response.status_code == 422
    assert response.json()["code"] == "bad_field"


async def test_a_deleted_conversation_comes_back_where_it_was(api: Api) -> None:
    first, second = [(await api.make())["id"] for _ in range(2)]
    await api.send("delete", f"/conversations/{first}")
    assert await _ids(api) == [second]
    assert await _ids(api, "?state=deleted") == [first]
    await api.send("post", f"/conversations/{first}/restore")
    assert await _ids(api) == [second, first]


async def test_deleting_a_conversation_stops_its_answer(api: Api, service: ChatService) -> None:
    turn = await service.send(ACTOR, Send("x", "数", model="scripted/endless"))
    await api.send("delete", f"/conversations/{turn.conversation}")
    run = (await api.get(f"/runs/{turn.run}")).json()
    assert run["status"] == "cancelled"


async def test_every_change_raises_the_revision_and_is_published(api: Api) -> None:
    made = await api.make()
    watcher = watch(OWNER)
    for number, changes in enumerate([{"title": "新"}, {"archived": True}, {"leaf": None}], 2):
        waiting = asyncio.ensure_future(anext(watcher))
        changed = (await api.send("patch", f"/conversations/{made['id']}", changes)).json()
        assert changed["revision"] == number
        assert await waiting == Change(made["id"], number)
    await watcher.aclose()


async def test_a_persona_sets_its_prompt_and_a_prompt_removes_the_persona(api: Api) -> None:
    made = await api.make(persona="translator")
    assert made["system_prompt"].startswith("You are a professional translator")
    path = f"/conversations/{made['id']}"
    changed = (await api.send("patch", path, {"system_prompt": "mine"})).json()
    assert (changed["persona"], changed["system_prompt"]) == ("", "mine")


async def test_the_etag_spares_what_is_known(api: Api) -> None:
    made = await api.make()
    path = f"/conversations/{made['id']}"
    for address in (path, f"{path}/messages", "/conversations", "/personas"):
        tag = (await api.get(address))["ETag"]
        known = await api.get(address, if_none_match=tag)
        assert (known.status_code, known.content, known["ETag"]) == (304, b"", tag)
    await api.send("patch", path, {"title": "x"})
    assert (await api.get(f"{path}/messages", if_none_match='"1.0.0.0"')).status_code == 200


async def test_a_change_may_insist_on_what_it_has_seen(api: Api) -> None:
    made = await api.make()
    path = f"/conversations/{made['id']}"
    seen = (await api.get(f"{path}/messages"))["ETag"]
    assert (await api.send("patch", path, {"title": "x"}, if_match=seen)).status_code == 200
    late = await api.send("patch", path, {"title": "y"}, if_match=seen)
    assert late.status_code == 412
    assert late.json()["code"] == "changed_meanwhile"


@pytest.mark.parametrize("odd", ['"x"', "x", '"-1"', '""', f'"{"9" * 5000}"', f'"{"9" * 19}"'])
async def test_a_change_that_insists_on_no_revision_at_all_is_not_made(api: Api, odd: str) -> None:
    path = f"/conversations/{(await api.make())['id']}"
    assert (await api.send("patch", path, {"title": "x"}, if_match=odd)).status_code == 412
    assert (await api.send("patch", path, {"title": "x"}, if_match="*")).status_code == 200


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"title": 5}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": " "}, "title"),
        ({"title": "\u200b\u2060"}, "title"),
        ({"pinned": "yes"}, "pinned"),
        ({"options": {"temperature": "hot"}}, "temperature"),
        ({"options": []}, "options"),
        ({"options": {"max_length": 1}}, "max_length"),
        ({"options": {"do_sample": True, "temperature": 0}}, "do_sample"),
        ({"options": {"response_format": {"type": "xml"}}}, "response_format"),
    ],
)
async def test_an_error_of_a_value_names_its_field(
    api: Api, changes: dict[str, object], named: str
) -> None:
    made = await api.make()
    response = await api.send("patch", f"/conversations/{made['id']}", changes)
    assert response.status_code == 422
    assert named in response.json()["message"]


async def test_unknown_fields_are_ignored(api: Api) -> None:
    made = await api.make(colour="blue")
    changed = await api.send("patch", f"/conversations/{made['id']}", {"owner": "mallory"})
    assert changed.status_code == 200
    assert await in_database(Conversation.objects.filter(owner=OWNER).count) == 1


async def test_a_message_of_elsewhere_is_no_leaf(api: Api, service: ChatService) -> None:
    turn = await service.send(ACTOR, Send("x", "你好", model="scripted/plain"))
    made = await api.make()
    response = await api.send("patch", f"/conversations/{made['id']}", {"leaf": turn.message})
    assert response.json()["code"] == "unknown_message"


async def test_another_members_conversation_is_unknown(api: Api) -> None:
    foreign = await in_database(Conversation.objects.create, owner="mallory")
    for address in ("", "/messages"):
        response = await api.get(f"/conversations/{foreign.id}{address}")
        assert (response.status_code, response.json()["code"]) == (404, "unknown_conversation")
    for method, address in (("patch", ""), ("delete", ""), ("post", "/restore")):
        response = await api.send(method, f"/conversations/{foreign.id}{address}", {})
        assert response.json()["code"] == "unknown_conversation"
