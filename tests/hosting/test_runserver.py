import pytest
from daphne.management.commands.runserver import Command as DaphneCommand
from django.core.management import get_commands

from hosting.management.commands import runserver


def test_manage_py_finds_hostings_command() -> None:
    assert get_commands()["runserver"] == "hosting"


def test_the_database_is_ready_before_daphne_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(runserver, "own_data", done.append)
    monkeypatch.setattr(runserver, "ensure_schema", lambda: done.append("schema"))
    monkeypatch.setattr(DaphneCommand, "inner_run", lambda self: done.append("daphne"))
    command = runserver.Command()
    command.addr, command.port = "127.0.0.1", "8000"
    command.inner_run()
    assert done == ["http://127.0.0.1:8000/", "schema", "daphne"]
