import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from chat.terminal.refusal import Refusal
from hosting import schema
from hosting.database.lost import LostDatabase
from hosting.schema import create_new_database, ensure_schema, fingerprint
from tests.overrides import Overrides

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
def test_a_later_start_runs_one_query(migrations: list[str]) -> None:
    ensure_schema()
    with CaptureQueriesContext(connection) as queries:
        schema._migrate_if_changed(None)
    assert [query["sql"] for query in queries] == ["PRAGMA user_version"]
    assert len(migrations) <= 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's file has the number")
@pytest.mark.django_db(transaction=True)
def test_another_database_is_queried_at_every_start(migrations: list[str]) -> None:
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


@pytest.fixture
def own_main(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, conf: Overrides, migrations: list[str]
) -> Iterator[Path]:
    """A separate data folder, where migrating creates one table."""

    def migrate(name: str, **_: object) -> None:
        migrations.append(name)
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE django_migrations (name TEXT)")

    conf.data_dir = tmp_path
    connection.close()
    with monkeypatch.context() as patched:
        patched.setattr(schema, "call_command", migrate)
        patched.setitem(connection.settings_dict, "NAME", tmp_path / "myllm.sqlite3")
        yield tmp_path / "myllm.sqlite3"
        connection.close()


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_lost_database_is_not_silently_replaced(own_main: Path) -> None:
    ensure_schema()
    own_main.unlink()
    with pytest.raises(LostDatabase):
        ensure_schema()
    assert not own_main.exists()
    with pytest.raises(OperationalError, match="--new-database"):
        connection.ensure_connection()
    assert not own_main.exists()


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_replacement_keeps_the_old_files(own_main: Path) -> None:
    ensure_schema()
    own_main.write_bytes(b"")
    kept = create_new_database()
    assert kept is not None
    assert [file.name.rpartition(".")[0] for file in kept] == ["myllm.sqlite3"]
    assert own_main.stat().st_size


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_damaged_one_is_set_aside_only_on_request(own_main: Path) -> None:
    own_main.write_bytes(b"this is not a database" * 100)
    with pytest.raises(Refusal, match="--new-database"):
        ensure_schema()
    kept = create_new_database()
    assert kept is not None
    assert kept[0].read_bytes().startswith(b"this is not")


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_sound_one_is_never_replaced(own_main: Path, migrations: list[str]) -> None:
    ensure_schema()
    assert create_new_database() is None
    with closing(sqlite3.connect(own_main)) as database:
        assert database.execute("SELECT count(*) FROM django_migrations").fetchone() == (0,)
    assert migrations == ["migrate"]
