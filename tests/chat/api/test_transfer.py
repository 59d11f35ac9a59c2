"""Exports and imports: nothing is lost or stored twice."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chat.actor import OWNER, Actor
from chat.models import Conversation, Message, Run
from chat.service import ChatService
from chat.store import in_database
from chat.wire.protocol import Send
from tests.chat.api.conftest import Api
from tests.overrides import Overrides

ACTOR = Actor(OWNER, "phone")
NOTHING_SKIPPED: dict[str, Any] = {"skipped": 0, "skips": []}
CHATGPT = [
    {
        "title": "旅行",
        "conversation_id": "0b1c2d3e-0000-4000-8000-000000000000",
        "mapping": {
            "a": {"message": {"author": {"role": "user"}, "content": {"parts": ["去哪里？"]}}},
            "b": {
                "parent": "a",
                "message": {"author": {"role": "assistant"}, "content": {"parts": ["北京"]}},
            },
        },
    }
]


async def _exported(api: Api, query: str = "") -> str:
    response = await api.get(f"/export{query}")
    assert response.status_code == 200
    return b"".join([piece async for piece in response.streaming_content]).decode()


async def _import(api: Api, body: str | bytes) -> Any:
    return await api._client.post(
        "/api/v1/import", body, content_type="application/json", headers={"accept_language": "en"}
    )


async def _answered(api: Api, service: ChatService, conversation: str | None = None) -> str:
    frame = Send(f"x{conversation}", "你好", conversation=conversation, model="scripted/plain")
    turn = await service.send(ACTOR, frame)
    while (await api.get(f"/runs/{turn.run}/text?after=0&wait=1")).json()["status"] is None:
        pass
    return turn.conversation


async def test_an_export_is_imported_unchanged(api: Api, service: ChatService) -> None:
    first = await _answered(api, service)
    await _answered(api, service, first)
    changes = {"title": "题", "options": {"top_k": 2}, "system_prompt": "p", "pinned": True}
    await api.send("patch", f"/conversations/{first}", changes)
    await api.make(title="空的")
    before = await _exported(api)
    await in_database(Conversation.objects.all().delete)
    done = (await _import(api, before)).json()
    assert done == {"conversations": 2, "messages": 4, "known": 0, "repaired": 0, **NOTHING_SKIPPED}
    after = await _exported(api)
    assert _without_moments(after) == _without_moments(before)
    assert (await api.get("/search?q=你好")).json()["hits"]


async def test_finish_reasons_are_exported(api: Api, service: ChatService) -> None:
    turn = await _answered(api, service)
    runs = Run.objects.filter(message__conversation=turn)
    for stored, kept in (("repetition", "repetition"), ("of later", "stop")):
        await in_database(partial(runs.update, finish_reason=stored))
        before = await _exported(api)
        await in_database(Conversation.objects.all().delete)
        await _import(api, before)
        assert (await in_database(runs.get)).finish_reason == kept


async def test_importing_twice_changes_nothing(api: Api) -> None:
    for expected in (
        {"conversations": 1, "messages": 2, "known": 0, "repaired": 0, **NOTHING_SKIPPED},
        {"conversations": 0, "messages": 0, "known": 2, "repaired": 0, **NOTHING_SKIPPED},
    ):
        assert (await _import(api, json.dumps(CHATGPT))).json() == expected
    assert await in_database(Message.objects.count) == 2


async def test_an_import_brings_a_deleted_conversation_back(api: Api) -> None:
    await _import(api, json.dumps(CHATGPT))
    (found,) = (await api.get("/conversations")).json()["conversations"]
    await api.send("delete", f"/conversations/{found['id']}")
    await _import(api, json.dumps(CHATGPT))
    assert (await api.get("/conversations")).json()["conversations"][0]["id"] == found["id"]


async def test_ids_of_another_member_are_not_reused(api: Api) -> None:
    theirs = await in_database(Conversation.objects.create, owner="mallory", title="theirs")
    message = await in_database(
        Message.objects.create, conversation=theirs, role="user", content="theirs"
    )
    mine = {"id": message.id, "role": "user", "content": "mine"}
    conversation = {"id": theirs.id, "title": "mine", "messages": [mine]}
    body = {"format": "myllm", "version": 1, "conversations": [conversation]}
    for new in (1, 0):
        assert (await _import(api, json.dumps(body))).json()["messages"] == new
    kept = await in_database(Message.objects.get, pk=message.id)
    assert kept.content == "theirs"


async def test_an_imported_conversation_can_be_continued(api: Api, service: ChatService) -> None:
    await _import(api, json.dumps(CHATGPT))
    (found,) = (await api.get("/conversations")).json()["conversations"]
    await _answered(api, service, found["id"])
    tree = (await api.get(f"/conversations/{found['id']}/messages")).json()
    assert [message["role"] for message in tree["messages"]] == ["user", "assistant"] * 2
    assert tree["messages"][2]["parent"] == tree["messages"][1]["id"]


async def test_markdown_shows_the_path_and_folds_the_thinking(
    api: Api, service: ChatService
) -> None:
    conversation = await _answered(api, service)
    text = await _exported(api, f"?format=markdown&conversation={conversation}")
    assert text.startswith("# 你好\n\n## Me\n\n你好\n\n## Assistant (scripted/plain)\n\n")


async def test_a_form_may_carry_the_file(api: Api) -> None:
    file = SimpleUploadedFile("conversations.json", json.dumps(CHATGPT).encode())
    response = await api._client.post("/api/v1/import", {"file": file})
    assert response.json()["messages"] == 2


async def test_a_bad_file_is_refused_with_its_reason(api: Api) -> None:
    response = await _import(api, '[{"title": "x", "mapping": null}]')
    assert (response.status_code, response.json()["code"]) == (422, "bad_import")
    assert "mapping" in response.json()["message"]


async def test_valid_conversations_of_a_list_are_imported_and_others_listed(api: Api) -> None:
    odd = {"title": "坏的", "mapping": None}
    nothing = {"name": "空的", "chat_messages": []}
    done = (await _import(api, json.dumps([odd, *CHATGPT, nothing, 7]))).json()
    assert (done["conversations"], done["messages"], done["skipped"]) == (1, 2, 3)
    assert [(one["place"], one["title"], one["why"]) for one in done["skips"]] == [
        ("$[0]", "坏的", "unreadable"),
        ("$[2]", "空的", "empty"),
        ("$[3]", "", "unknown"),
    ]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ([], "empty_import"),
        ([{"title": "x", "mapping": {}}], "empty_import"),
        ({"format": "myllm", "version": 1, "conversations": [{"id": "c"}]}, "empty_import"),
        ({"data": {"messages": []}, "mode": "postgres"}, "empty_import"),
        ([1], "unknown_import"),
        ({"what": "else"}, "unknown_import"),
        ({"time": 1, "localStorage": {}, "indexedDB": {}}, "unsupported_import"),
    ],
)
async def test_an_import_without_messages_is_no_success(api: Api, body: object, code: str) -> None:
    response = await _import(api, json.dumps(body))
    assert (response.status_code, response.json()["code"]) == (422, code)
    assert await in_database(Conversation.objects.count) == 0


async def test_more_messages_than_the_limit_are_refused_and_none_is_stored(
    api: Api, conf: Overrides
) -> None:
    conf.import_messages = 2
    response = await _import(api, json.dumps(CHATGPT))
    assert (response.status_code, response.json()["code"]) == (422, "import_too_long")
    assert "2 messages" in response.json()["message"]
    assert "import_messages" in response.json()["message"]
    assert await in_database(Conversation.objects.count) == 0


async def test_repairs_are_counted(api: Api) -> None:
    messages = [{"id": "a", "role": "user", "content": "x", "parent": key} for key in "ab"]
    body = {"format": "myllm", "version": 1, "conversations": [{"id": "c", "messages": messages}]}
    done = (await _import(api, json.dumps(body))).json()
    assert done == {"conversations": 1, "messages": 2, "known": 0, "repaired": 3, **NOTHING_SKIPPED}


async def test_a_broken_form_is_refused(api: Api) -> None:
    for kind, code in (("", "bad_import"), ("; boundary=x", "unknown_import")):
        form = f"multipart/form-data{kind}"
        response = await api._client.post("/api/v1/import", b"--y", content_type=form)
        assert (response.status_code, response.json()["code"]) == (422, code)


async def test_a_file_is_not_kept_by_whom_it_passes(api: Api) -> None:
    assert (await api.get("/export"))["Cache-Control"] == "no-store"
    assert (await api.get("/conversations"))["Cache-Control"] == "no-store"


async def test_a_file_beyond_the_limit_is_refused(api: Api, conf: Overrides) -> None:
    conf.import_bytes = 100
    response = await _import(api, "x" * 101)
    assert (response.status_code, response.json()["code"]) == (413, "body_too_large")


async def test_another_members_conversation_is_not_exported(api: Api) -> None:
    theirs = await in_database(Conversation.objects.create, owner="mallory")
    assert (await api.get(f"/export?conversation={theirs.id}")).status_code == 404
    assert json.loads(await _exported(api))["conversations"] == []


def _without_moments(exported: str) -> Any:
    """The moment of a change is the importing computer's own."""
    conversations = json.loads(exported)["conversations"]
    for one in conversations:
        del one["updated_at"]
    return sorted(conversations, key=lambda one: str(one["id"]))
