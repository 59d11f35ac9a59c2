"""Full text search for SQLite; what it is and why stands in chat/store/search_index.py."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from chat.store.search_index import create, drop


def _create(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    create(editor.connection)


def _drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    drop(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("chat", "0003_run_tokens")]

    operations = [migrations.RunPython(_create, _drop)]
