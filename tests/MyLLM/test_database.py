"""`DATABASE_URL` as it is written, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from MyLLM import database

FILE = Path("x.sqlite3")


def test_without_a_url_it_is_the_file() -> None:
    made = database.from_url("", FILE)
    assert made["NAME"] == FILE
    assert made["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_every_part_of_a_url_arrives() -> None:
    made = database.from_url("postgres://al%40ice:p%2Fw@db.lan:5433/chat?sslmode=require", FILE)
    names = ("USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS")
    expected = ("al@ice", "p/w", "db.lan", "5433", "chat", {"sslmode": "require"})
    assert tuple(made[name] for name in names) == expected


def test_a_folder_is_a_socket() -> None:
    assert database.from_url("postgresql:///chat?host=/run/pg", FILE)["HOST"] == "/run/pg"


@pytest.mark.parametrize(
    "url",
    [
        "mysql://h/chat",
        "chat",
        "postgresql://h",
        "postgresql://h/",
        "postgresql://h/a/b",
        "postgresql://h:99999/chat",
        "postgresql://h/chat?colour=blue",
        "postgresql://h/chat?x",
    ],
)
def test_a_wrong_url_is_refused_by_name(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        database.from_url(url, FILE)


def test_a_password_is_never_repeated() -> None:
    with pytest.raises(ImproperlyConfigured) as raised:
        database.from_url("postgresql://alice:hunter2@h:port/chat", FILE)
    assert "hunter2" not in str(raised.value)


def test_a_missing_psycopg_is_reported_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"requirements-postgresql\.txt"):
        database.from_url("postgresql:///chat", FILE)
