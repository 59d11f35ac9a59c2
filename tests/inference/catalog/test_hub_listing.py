"""Listings of repositories by the hubs' APIs: queried directly, and by their clients."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from inference.catalog.hub_clients import has_client, list_with_client
from inference.catalog.hub_file import RemoteFile
from inference.catalog.hub_listing import ListingError, list_files
from inference.catalog.sources import Hub as HubName
from tests.inference.catalog.hub import Hub, git_id, hub, sha256
from tests.inference.catalog.repository import FOLDER, GGUF

HUBS: tuple[HubName, ...] = ("ModelScope", "Hugging Face")
List = Callable[[HubName, str, str], list[RemoteFile]]


@pytest.fixture(params=[list_files, list_with_client], ids=["ourselves", "client"])
def listed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> List:
    if request.param is list_with_client and not all(map(has_client, HUBS)):
        pytest.skip("the hubs' clients are not installed")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return request.param  # type: ignore[no-any-return]


def filled(server: Hub, name: HubName, files: dict[str, bytes]) -> None:
    (server.add_modelscope if name == "ModelScope" else server.add_hugging_face)("a/b", files)


@pytest.mark.parametrize("name", HUBS)
@pytest.mark.parametrize("files", [GGUF, FOLDER], ids=["gguf", "folder"])
def test_files_come_with_length_and_digest(
    listed: List, name: HubName, files: dict[str, bytes]
) -> None:
    with hub() as server:
        filled(server, name, files)
        found = {file.path: file for file in listed(name, server.url, "a/b")}
    assert {path: file.size for path, file in found.items()} == {
        path: len(content) for path, content in files.items()
    }
    for path, file in found.items():
        assert file.digest is not None
        expected = git_id if file.digest.kind == "git" else sha256
        assert file.digest.value == expected(files[path])


@pytest.mark.parametrize("name", HUBS)
@pytest.mark.parametrize(
    ("status", "headers", "received"),
    [(404, {}, 404), (401, {}, 401), (403, {"X-Error-Code": "GatedRepo"}, 403)],
)
def test_a_refusal_has_its_status(
    name: HubName, status: int, headers: dict[str, str], received: int
) -> None:
    with hub() as server:
        server.refused["/api"] = (status, headers)
        with pytest.raises(ListingError) as caught:
            list_files(name, server.url, "a/b")
    assert caught.value.status == received


def test_hugging_face_reports_401_for_what_does_not_exist(listed: List) -> None:
    with hub() as server:
        server.refused["/api"] = (401, {"X-Error-Code": "RepoNotFound"})
        with pytest.raises(ListingError) as caught:
            listed("Hugging Face", server.url, "a/b")
    assert caught.value.status == 404


def test_a_gated_repository_is_reported(listed: List) -> None:
    with hub() as server:
        server.refused["/api"] = (403, {"X-Error-Code": "GatedRepo"})
        with pytest.raises(ListingError) as caught:
            listed("Hugging Face", server.url, "a/b")
    assert caught.value.status == 403


@pytest.mark.parametrize(
    "body", [b"[]", b"{}", b"<html>", b'{"Data": null}', b'[{"type": "file"}]']
)
def test_garbage_is_no_listing(body: bytes) -> None:
    with hub() as server:
        server.files["/api/v1/models/a/b/repo/files"] = body
        with pytest.raises(ListingError) as caught:
            list_files("ModelScope", server.url, "a/b")
    assert caught.value.status is None


def test_the_owners_token_goes_to_the_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    with hub() as server:
        server.add_hugging_face("a/b", GGUF)
        list_files("Hugging Face", server.url, "a/b")
        assert server.tokens == ["Bearer hf_secret"]
