from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chat.management import schema
from chat.management.schema import ensure_schema, fingerprint
from chat.management.terminal.refusal import Refusal

on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="only SQLite keeps a number for its application"
)


@pytest.fixture
def migrations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that were called, none of which runs."""
    called: list[str] = []
    monkeypatch.setattr(schema, "call_command", lambda name, **_: called.append(name))
    return called


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_it_migrates_once_and_again_when_migrations_change(
    migrations: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA user_version = 0")
    ensure_schema()
    ensure_schema()
    assert migrations == ["migrate"]
    changed = fingerprint() ^ 1
    monkeypatch.setattr(schema, "fingerprint", lambda: changed)
    ensure_schema()
    assert migrations == ["migrate", "migrate"]


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_later_start_asks_the_database_one_question(migrations: list[str]) -> None:
    ensure_schema()
    with CaptureQueriesContext(connection) as queries:
        schema._migrate_if_changed()
    assert [query["sql"] for query in queries] == ["PRAGMA user_version"]
    assert len(migrations) <= 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's file tells it")
@pytest.mark.django_db(transaction=True)
def test_another_database_is_asked_at_every_start(migrations: list[str]) -> None:
    ensure_schema()
    ensure_schema()
    assert migrations == ["migrate", "migrate"]


def test_the_fingerprint_fits_into_the_files_number() -> None:
    assert 0 < fingerprint() < 2**31


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_no_database_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.sqlite3"
    broken.write_bytes(b"this is not a database" * 100)
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "NAME", str(broken))
    with pytest.raises(Refusal, match=r"broken\.sqlite3"):
        ensure_schema()
