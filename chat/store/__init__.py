"""Every query of the database, each in its own transaction.

The functions block. They are called through `in_database`, on one thread: with SQLite one writing
thread is faster than several, and the event loop is never blocked.
"""

from chat.models import new_id
from chat.store.continuation import reopen
from chat.store.database import in_database
from chat.store.leftovers import Leftovers, RunningRun, WaitingRun, take_up_leftovers
from chat.store.repeats import repeated_turn
from chat.store.revisions import Revision, touch
from chat.store.runs import (
    Checkpoint,
    StoredRun,
    conversation_of_run,
    load_run,
    save,
)
from chat.store.server import remember_journal, server_and_journal
from chat.store.turns import (
    NewAnswer,
    NewTurn,
    Turn,
    conversation_of,
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
    "RunningRun",
    "StoredMessage",
    "StoredRun",
    "Turn",
    "WaitingRun",
    "Work",
    "begin",
    "conversation_of",
    "conversation_of_run",
    "in_database",
    "load_run",
    "new_id",
    "open_answer",
    "open_turn",
    "path",
    "remember_journal",
    "reopen",
    "repeated_turn",
    "save",
    "server_and_journal",
    "take_up_leftovers",
    "touch",
    "withdraw",
]
