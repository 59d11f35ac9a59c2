"""Members' limits and passwords."""

from __future__ import annotations

from django.db import migrations, models


def _limit() -> models.PositiveIntegerField[int | None, int | None]:
    return models.PositiveIntegerField(blank=True, null=True)


class Migration(migrations.Migration):
    dependencies = [("chat", "0005_pairing")]

    operations = [
        migrations.AddField("member", "messages_per_minute", _limit()),
        migrations.AddField("member", "messages_per_day", _limit()),
        migrations.AddField("member", "runs_at_once", _limit()),
        migrations.AddField("member", "prompt_tokens", _limit()),
        migrations.AddField(
            "member", "password", models.CharField(blank=True, editable=False, max_length=128)
        ),
        migrations.AddIndex(
            "run",
            models.Index(fields=["owner", "created_at"], name="chat_run_owner_0fc4fe_idx"),
        ),
    ]
