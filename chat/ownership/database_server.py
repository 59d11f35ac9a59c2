"""Why a database server cannot be used, as a sentence for people."""

from __future__ import annotations

from django.db import DatabaseError, connection

from chat.terminal.language import pick
from chat.terminal.refusal import Refusal


def explain_database_server(error: DatabaseError) -> Refusal:
    """The reason for the server in the settings."""
    name, reason = connection.settings_dict["NAME"], " ".join(str(error).split())
    return Refusal(
        pick(
            f"数据库 {name} 无法使用（{reason}），请检查 DATABASE_URL，"
            "以及数据库服务器是否在运行。",
            f"The database {name} cannot be used ({reason}); check DATABASE_URL and whether the "
            "database's server runs.",
        )
    )
