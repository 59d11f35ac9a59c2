"""Every query of the database, each in its own transaction.

The functions block. They are called through `in_database`, on one thread: with SQLite one writing
thread is faster than several, and the event loop is never blocked.
"""

from chat.store.continuation import reopen
from chat.store.database import in_database
from chat.store.leftovers import Leftovers, WaitingRun, take_up_leftovers
from chat.store.repeats import check_repeat
from chat.store.revisions import Revision, touch
from chat.store.runs import (
    Checkpoint,
    StoredRun,
    load_run,
    save,
)
from chat.store.server import remember_journal, server_and_journal
from chat.store.turns import (
    NewAnswer,
    NewTurn,
    Turn,
    conversation_of,
    known_turn,
    open_answer,
    open_turn,
    withdraw,
)
from chat.store.work import StoredMessage, Work, begin, path

__all__ = [
    "Checkpoint",
    "Leftovers",
    "NewAnswer",
    "NewTurn",
    "Revision",
    "StoredMessage",
    "StoredRun",
    "Turn",
    "WaitingRun",
    "Work",
    "begin",
    "check_repeat",
    "conversation_of",
    "in_database",
    "known_turn",
    "load_run",
    "open_answer",
    "open_turn",
    "path",
    "remember_journal",
    "reopen",
    "save",
    "server_and_journal",
    "take_up_leftovers",
    "touch",
    "withdraw",
]
