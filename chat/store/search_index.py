"""The search index of messages in SQLite, kept up to date by triggers.

Measured on 20,000 messages, 29 MB of Chinese and English, on two shared cores: `LIKE` reads all
of them, which takes 0.8 to 1.4 s on the one database thread; FTS5's trigrams take 0.5 to 6 ms.
Trigrams alone cannot find a Chinese word of two characters. But every such word is the prefix of
a trigram if each text is indexed with two line feeds after it, and `fts5vocab` returns the rows of
all terms in a range: 5 ms for a word in a quarter of all messages. The alternatives are in
docs/decisions/.

The index stores no texts (`content=''`), so a row is removed by its old text. Rows have their own
numbers, because VACUUM may renumber those of `chat_message`. The triggers cover every writer. An
answer is indexed when it has ended, not at every checkpoint.

SQLite drops the triggers when a migration changes `chat_message` or `chat_run`. Such a migration
has to call `create` again; a test checks this.

PostgreSQL has no index: its `ILIKE` reads all texts, but in the database server's process.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

TRIGGERS = (
    "chat_search_message_made",
    "chat_search_message_changed",
    "chat_search_message_gone",
    "chat_search_run_ended",
)

_ENDED = """NOT EXISTS (
    SELECT 1 FROM chat_run WHERE message_id = {row}.id AND status IN ('waiting', 'running')
)"""
_REMOVE = """
    INSERT INTO chat_search(chat_search, rowid, text)
    SELECT 'delete', number, old.content || char(10, 10)
    FROM chat_search_row WHERE message = old.id;
    DELETE FROM chat_search_row WHERE message = old.id;
"""
_ADD = """
    INSERT INTO chat_search_row(message)
    SELECT id FROM chat_message AS found
    WHERE id = {message} AND content <> '' AND {ended};
    INSERT INTO chat_search(rowid, text)
    SELECT number, content || char(10, 10)
    FROM chat_search_row JOIN chat_message ON id = message WHERE message = {message};
"""


def _add(message: str) -> str:
    return _ADD.format(message=message, ended=_ENDED.format(row="found"))


_CREATE = (
    """CREATE TABLE IF NOT EXISTS chat_search_row (
        number INTEGER PRIMARY KEY, message varchar(32) NOT NULL UNIQUE
    )""",
    """CREATE VIRTUAL TABLE IF NOT EXISTS chat_search
    USING fts5(text, content='', tokenize='trigram')""",
    """CREATE VIRTUAL TABLE IF NOT EXISTS chat_search_term
    USING fts5vocab(chat_search, 'instance')""",
    f"""CREATE TRIGGER IF NOT EXISTS chat_search_message_made
    AFTER INSERT ON chat_message WHEN new.content <> '' BEGIN {_add("new.id")} END""",
    f"""CREATE TRIGGER IF NOT EXISTS chat_search_message_changed
    AFTER UPDATE OF content ON chat_message
    WHEN {_ENDED.format(row="new")} OR EXISTS (
        SELECT 1 FROM chat_search_row WHERE message = old.id
    ) BEGIN {_REMOVE} {_add("new.id")} END""",  # noqa: S608  # constants only
    f"""CREATE TRIGGER IF NOT EXISTS chat_search_message_gone
    AFTER DELETE ON chat_message BEGIN {_REMOVE} END""",
    f"""CREATE TRIGGER IF NOT EXISTS chat_search_run_ended
    AFTER UPDATE OF status ON chat_run
    WHEN new.status NOT IN ('waiting', 'running') AND NOT EXISTS (
        SELECT 1 FROM chat_search_row WHERE message = new.message_id
    ) BEGIN {_add("new.message_id")} END""",  # noqa: S608
)
_MISSING = f"""
    INSERT INTO chat_search_row(message) SELECT id FROM chat_message AS found
    WHERE content <> '' AND {_ENDED.format(row="found")}
    AND id NOT IN (SELECT message FROM chat_search_row)
"""  # noqa: S608
_FILL = """
    INSERT INTO chat_search(rowid, text) SELECT number, content || char(10, 10)
    FROM chat_search_row JOIN chat_message ON id = message WHERE number > %s
"""


def create(connection: BaseDatabaseWrapper) -> None:
    """Create what is missing of the index and its triggers, and index the missing messages."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for statement in _CREATE:
            cursor.execute(statement)
        newest = cursor.execute("SELECT coalesce(max(number), 0) FROM chat_search_row").fetchone()
        cursor.execute(_MISSING)
        cursor.execute(_FILL, newest)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Drop the index and its triggers; messages stay."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for trigger in TRIGGERS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        for table in ("chat_search_term", "chat_search", "chat_search_row"):
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
