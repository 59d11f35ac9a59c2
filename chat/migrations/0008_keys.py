"""Keys for programs, beside the tokens of paired devices."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chat", "0007_household")]

    operations = [
        migrations.AddField("device", "is_key", models.BooleanField(default=False, editable=False)),
    ]
