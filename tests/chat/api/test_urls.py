"""Clients that cannot send PATCH."""

from __future__ import annotations

import pytest

from tests.chat.api.conftest import Api, api

__all__ = ["api"]


async def test_a_post_that_means_patch_is_one(api: Api) -> None:
    made = await api.make()
    path = f"/conversations/{made['id']}"
    response = await api.send("post", path, {"pinned": True}, x_http_method_override="PATCH")
    assert response.status_code == 200
    assert response.json()["pinned_at"]


@pytest.mark.parametrize("method", ["DELETE", "patch", ""])
async def test_no_other_method_is_taken_from_a_header(api: Api, method: str) -> None:
    made = await api.make()
    path = f"/conversations/{made['id']}"
    assert (await api.send("post", path, x_http_method_override=method)).status_code == 405
    assert (await api.get(path)).status_code == 200
