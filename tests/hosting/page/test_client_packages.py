import json
from pathlib import Path

import pytest

from chat.terminal import language
from hosting.page.client_packages import are_installed, explain

LOCK: dict[str, dict[str, object]] = {
    "": {"name": "client"},
    "node_modules/vue": {"version": "3.4.21"},
    "node_modules/only-on-mac": {"version": "1.0.0", "optional": True},
}


def write(file: Path, packages: dict[str, dict[str, object]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"packages": packages}))


@pytest.fixture
def client(tmp_path: Path) -> Path:
    write(tmp_path / "package-lock.json", LOCK)
    return tmp_path


def install(client: Path, version: str) -> None:
    installed: dict[str, dict[str, object]] = {"node_modules/vue": {"version": version}}
    write(client / "node_modules" / ".package-lock.json", installed)


def test_nothing_is_installed_in_a_fresh_clone(client: Path) -> None:
    assert not are_installed(client)


def test_an_interrupted_installation_does_not_count(client: Path) -> None:
    (client / "node_modules" / "vue").mkdir(parents=True)
    assert not are_installed(client)


def test_what_the_lockfile_asks_for_is_installed(client: Path) -> None:
    install(client, "3.4.21")
    assert are_installed(client)


def test_another_version_is_outdated(client: Path) -> None:
    install(client, "3.4.20")
    assert not are_installed(client)


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("npm error code ENOTFOUND\nnpm error network request failed", "registry cannot"),
        ("npm error code ENOSPC", "too full"),
        ("> uni build\nerror during build: boom\n  at x", "failed: error during build: boom"),
        ("", "failed"),
    ],
)
def test_a_failure_is_one_sentence(
    output: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "prefers_chinese", lambda: False)
    text = str(explain(output))
    assert sentence in text
    assert "\n" not in text
