"""The journal that continues the texts of running answers."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chat", "0008_keys")]

    operations = [
        migrations.AddField(
            "household",
            "journal",
            models.CharField(blank=True, default="", editable=False, max_length=32),
        ),
    ]
