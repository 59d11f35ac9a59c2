"""Personas over REST."""

from __future__ import annotations

from chat.library.preset_personas import SUPPLIED
from chat.models import Persona
from chat.store import in_database
from tests.chat.api.conftest import Api


async def test_the_supplied_ones_speak_the_callers_language(api: Api) -> None:
    chinese = (await api.get("/personas", accept_language="zh-CN")).json()["supplied"]
    english = (await api.get("/personas")).json()["supplied"]
    assert [one["id"] for one in chinese] == [one["id"] for one in english] == list(SUPPLIED)
    assert (chinese[0]["name"], english[0]["name"]) == ("翻译", "Translator")


async def test_an_own_persona_is_made_changed_used_and_deleted(api: Api) -> None:
    made = (await api.send("post", "/personas", {"name": "诗人", "prompt": "写诗"})).json()
    path = f"/personas/{made['id']}"
    await api.send("patch", path, {"prompt": "写七言"})
    conversation = await api.make(persona=made["id"])
    assert conversation["system_prompt"] == "写七言"
    assert (await api.send("delete", path)).status_code == 204
    assert (await api.get("/personas")).json()["own"] == []
    assert (await api.send("patch", path, {})).json()["code"] == "unknown_persona"


async def test_a_deleted_persona_is_made_again_with_its_id(api: Api) -> None:
    fields = {"name": "诗人", "prompt": "写诗"}
    made = (await api.send("post", "/personas", fields)).json()
    await api.send("delete", f"/personas/{made['id']}")
    assert (await api.send("post", "/personas", made)).json() == made
    other = (await api.send("post", "/personas", made)).json()
    assert other["id"] != made["id"]


async def test_another_members_persona_is_unknown(api: Api) -> None:
    persona = await in_database(Persona.objects.create, owner="mallory", name="x", prompt="y")
    assert (await api.get("/personas")).json()["own"] == []
    for method, body in (("patch", {"name": "z"}), ("delete", None)):
        response = await api.send(method, f"/personas/{persona.id}", body)
        assert response.json()["code"] == "unknown_persona"
    used = await api.send("post", "/conversations", {"persona": persona.id})
    assert used.json()["code"] == "unknown_persona"


async def test_a_name_must_be_there(api: Api) -> None:
    for name in ("", "  ", None):
        response = await api.send("post", "/personas", {"name": name, "prompt": "x"})
        assert response.status_code == 422
        assert "name" in response.json()["message"]
