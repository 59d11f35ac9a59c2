"""`manage.py model`, through a server and on the database alone."""

from __future__ import annotations

from pathlib import Path

from tests.live.live_server import LiveServer
from tests.live.terminal import typed


def test_through_the_server_whichever_port_it_has(tmp_path: Path) -> None:
    with LiveServer(tmp_path, MODELS="scripted/plain") as server:
        added = typed(tmp_path, "model", "add", "scripted/slow", "--name", "Slow one")
        assert (added.returncode, "Slow one" in added.stdout) == (0, True), added.stderr
        assert typed(tmp_path, "model", "use", "slow").returncode == 0
        models = server.get("/api/v1/models")["models"]
        assert [(one["id"], one["default"]) for one in models] == [
            ("scripted/slow", True),
            ("scripted/plain", False),
        ]
        assert "Slow one" in typed(tmp_path, "model", "info", "slow").stdout
        assert typed(tmp_path, "model", "rm", "slow").returncode == 0
        assert len(server.get("/api/v1/models")["models"]) == 1


def test_without_a_server_the_next_one_has_what_was_added(tmp_path: Path) -> None:
    assert typed(tmp_path, "model", "add", "scripted/slow", "--default").returncode == 0
    listed = typed(tmp_path, "model", "list").stdout.splitlines()
    assert listed[0].startswith("* scripted/slow")
    with LiveServer(tmp_path, MODELS="scripted/plain") as server:
        assert server.get("/api/v1/models")["models"][0]["id"] == "scripted/slow"


def test_what_is_on_the_list_is_pulled_by_what_it_was_added_by(tmp_path: Path) -> None:
    assert typed(tmp_path, "model", "add", "scripted/slow", "--name", "Slow").returncode == 0
    again = typed(tmp_path, "model", "pull", "scripted/slow")
    assert (again.returncode, "Slow" in again.stdout) == (0, True), again.stderr


def test_what_is_refused_is_a_sentence(tmp_path: Path) -> None:
    refused = typed(tmp_path, "model", "rm", "scripted/plain", MODELS="scripted/plain")
    assert (refused.returncode, "MYLLM_MODELS" in refused.stderr) == (1, True)
    unknown = typed(tmp_path, "model", "add", "nonsense", MODELS="scripted/plain")
    assert (unknown.returncode, "nonsense" in unknown.stderr) == (1, True)
    assert "Traceback" not in refused.stderr + unknown.stderr


def test_the_list_includes_what_is_offered(tmp_path: Path) -> None:
    listed = typed(tmp_path, "model", "list", "--all", MODELS="scripted/plain")
    assert listed.returncode == 0, listed.stderr
    assert "qwen3-0.6b" in listed.stdout
    assert "tokens/s" in listed.stdout
