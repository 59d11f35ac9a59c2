"""A name by which devices know this server again."""

from __future__ import annotations

from django.db import migrations, models

import chat.models


class Migration(migrations.Migration):
    dependencies = [("chat", "0006_limits")]

    operations = [
        migrations.CreateModel(
            name="Household",
            fields=[
                (
                    "place",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                (
                    "name",
                    models.CharField(default=chat.models.new_id, editable=False, max_length=32),
                ),
            ],
        ),
    ]
