"""With a substitute for npm that records the registry it is given."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from chat.terminal import language
from chat.terminal.refusal import Refusal
from hosting.page import client_packages
from hosting.page.node import Node
from hosting.page.npm_ci import NpmCi
from hosting.sources.stall import Activity

FAKE_NPM = """
import os, pathlib, sys
given = {name: value for name, value in os.environ.items() if "registry" in name.lower()}
with pathlib.Path("asked").open("a") as asked:
    print(*given.values(), file=asked)
print("npm info using npm@11", flush=True)
if "good" not in str(given):
    sys.exit("npm error code " + pathlib.Path("code").read_text())
"""


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(language, "prefers_chinese", lambda: False)
    for name in [name for name in os.environ if "npm_config" in name.lower() or "_proxy" in name]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("MYLLM_NPM_REGISTRIES", raising=False)
    folder = tmp_path / "client"
    folder.mkdir()
    (folder / "package-lock.json").write_text(json.dumps({"packages": {}}))
    (folder / "code").write_text("ECONNREFUSED")
    (tmp_path / "npm.py").write_text(FAKE_NPM)
    return folder


def node(client: Path) -> Node:
    return Node((sys.executable, str(client.parent / "npm.py")), client.parent)


def asked(client: Path) -> list[str]:
    return (client / "asked").read_text().splitlines()


def test_the_persons_registry_is_the_only_one_npm_is_given(
    client: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", "http://good/")
    client_packages.install(client, node(client))
    assert asked(client) == ["http://good/"]


@pytest.mark.parametrize("code", ["ECONNREFUSED", "E404", "EINTEGRITY"])
def test_a_registry_that_fails_gives_way(
    client: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    (client / "code").write_text(code)
    monkeypatch.setenv("MYLLM_NPM_REGISTRIES", "http://127.0.0.1:9/bad, http://127.0.0.1:9/good")
    client_packages.install(client, node(client))
    assert asked(client) == ["http://127.0.0.1:9/bad", "http://127.0.0.1:9/good"]


def test_when_all_fail_they_are_named_with_what_to_do(
    client: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MYLLM_NPM_REGISTRIES", "http://me:secret@127.0.0.1:9/a")
    monkeypatch.setenv("http_proxy", "http://me:secret@proxy:1")
    monkeypatch.setenv("no_proxy", "")
    with pytest.raises(Refusal, match=r"127\.0\.0\.1:9, through the proxy proxy:1") as caught:
        client_packages.install(client, node(client))
    assert "MYLLM_NPM_REGISTRIES" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_local_failure_is_reported_at_once(client: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (client / "code").write_text("ENOSPC")
    monkeypatch.setenv("MYLLM_NPM_REGISTRIES", "http://127.0.0.1:9/a,http://127.0.0.1:9/good")
    with pytest.raises(Refusal, match="too full"):
        client_packages.install(client, node(client))
    assert asked(client) == ["http://127.0.0.1:9/a"]


@pytest.mark.parametrize(
    ("line", "activity"),
    [
        ("npm http fetch GET 200 https://r/vue 286ms (cache miss)", Activity.PROGRESS),
        ("npm http fetch GET https://r/vue attempt 1 failed with ECONNREFUSED", Activity.NONE),
        ("npm info run esbuild@0.20.2 postinstall node_modules/esbuild", Activity.DOWNLOADED),
        ("", Activity.NONE),
    ],
)
def test_npms_output_is_understood(client: Path, line: str, activity: Activity) -> None:
    assert NpmCi(node(client), client).activity_of(line) is activity


def test_what_npm_downloads_is_counted_in_its_cache(
    client: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    coming = tmp_path / "cache" / "_cacache" / "tmp" / "x"
    coming.parent.mkdir(parents=True)
    coming.write_bytes(bytes(5))
    assert NpmCi(node(client), client).downloaded() == 5
