"""What holds for every route: the shape of errors, and a documentation page without a CDN."""

from __future__ import annotations

import re

import pytest
from django.test import AsyncClient

from chat.library import conversations
from tests.chat.api.conftest import Api

SHAPE = {"code", "message", "retryable"}


@pytest.mark.parametrize("path", ["/nothing", "/conversations/x/nothing"])
async def test_an_unknown_path_is_a_404(api: Api, path: str) -> None:
    response = await api.get(path)
    assert response.status_code == 404
    assert response.json()["code"] == "unknown_address"


async def test_an_unknown_path_is_a_404_with_any_method() -> None:
    response = await AsyncClient(enforce_csrf_checks=True).delete("/api/v1/models/a%0Ab")
    assert (response.status_code, response.json()["code"]) == (404, "unknown_address")


async def test_a_wrong_method_has_the_shape_of_other_errors(api: Api) -> None:
    response = await api.send("put", "/conversations")
    assert response.status_code == 405
    assert set(response.json()) == SHAPE
    assert response["Allow"]


async def test_a_body_that_is_not_json_is_refused(api: Api) -> None:
    response = await api._client.post("/api/v1/conversations", "{", content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (400, "bad_json")


async def test_a_failure_speaks_the_callers_language(api: Api) -> None:
    chinese = await api.get("/conversations/nowhere", accept_language="zh-CN,zh;q=0.9")
    english = await api.get("/conversations/nowhere", accept_language="en-GB")
    assert "找不到" in chinese.json()["message"]
    assert "wasn’t found" in english.json()["message"]


async def test_a_defect_shows_no_trace_of_itself(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(conversations, "page", broken)
    response = await api.get("/conversations")
    assert response.status_code == 500
    assert response.json()["code"] == "internal"
    assert b"secret" not in response.content


async def test_the_documentation_asks_no_other_origin(api: Api) -> None:
    page = (await api.get("/docs")).content.decode()
    assert "swagger-ui" in page
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)


async def test_every_route_documents_its_errors(api: Api) -> None:
    schema = (await api.get("/openapi.json")).json()
    operations = [one for path in schema["paths"].values() for one in path.values()]
    assert operations
    assert all({"404", "422"} <= set(one["responses"]) for one in operations)
