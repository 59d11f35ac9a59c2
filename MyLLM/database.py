"""The database: SQLite in the data folder, or the PostgreSQL that `DATABASE_URL` names."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from MyLLM.sqlite_connection import CheckedConnection

_SCHEMES = ("postgresql", "postgres")
_OPTIONS = frozenset({"host", "sslmode", "sslrootcert", "connect_timeout", "application_name"})


def from_url(url: str, file: Path) -> dict[str, Any]:
    """Django's `DATABASES` entry for `postgresql://user:password@host:port/name?sslmode=…`, or for
    the SQLite `file` if the URL is empty. Without a host, or with `?host=/folder`, it uses a
    socket.

    Raises `ImproperlyConfigured`, without the password, for any other URL, and if psycopg is
    missing.
    """
    if not url:
        return _sqlite(file)
    parts = urlsplit(url)
    if parts.scheme not in _SCHEMES:
        raise _wrong("请以 postgresql:// 开头", "it has to begin with postgresql://")
    if find_spec("psycopg") is None:
        raise _wrong(
            "缺少 psycopg，请运行 pip install -r requirements-postgresql.txt",
            "psycopg is missing; pip install -r requirements-postgresql.txt",
        )
    return _postgresql(parts)


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        # One database thread serves all sockets, so its connection stays open.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # IMMEDIATE takes the write lock at once and waits for it; a deferred transaction
            # that turns into a writer fails with "database is locked" instead of waiting.
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "factory": CheckedConnection,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def _postgresql(parts: SplitResult) -> dict[str, Any]:
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name or parts.fragment:
        raise _wrong("请写明一个数据库名", "it has to name one database")
    options = _options(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": _port(parts),
        "CONN_MAX_AGE": None,
        # The database server may have restarted since the last query.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _options(query: str) -> dict[str, str]:
    try:
        options = dict(parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query)))
    except ValueError:
        raise _wrong("? 之后的写法不对", "what follows ? cannot be read") from None
    if unknown := sorted(set(options) - _OPTIONS):
        known = ", ".join(sorted(_OPTIONS))
        raise _wrong(f"不认识 {unknown[0]}，可用 {known}", f"{unknown[0]} is none of {known}")
    return options


def _port(parts: SplitResult) -> str:
    try:
        return str(parts.port or "")
    except ValueError:
        raise _wrong("端口不对", "its port is no port") from None


def _wrong(zh: str, en: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"DATABASE_URL 无效：{zh}。 ({en})")
