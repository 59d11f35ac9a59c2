"""Members, their devices, and the codes by which devices are paired."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

import chat.models


def _key() -> models.CharField[str, str]:
    return models.CharField(
        default=chat.models.new_id,
        editable=False,
        max_length=32,
        primary_key=True,
        serialize=False,
    )


class Migration(migrations.Migration):
    dependencies = [("chat", "0004_search")]

    operations = [
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", _key()),
                ("name", models.CharField(max_length=64)),
                ("colour", models.CharField(blank=True, max_length=7)),
                (
                    "role",
                    models.CharField(
                        choices=[("owner", "Owner"), ("member", "Member"), ("guest", "Guest")],
                        default="member",
                        max_length=6,
                    ),
                ),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("role", "owner")), fields=("role",), name="one_owner"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", _key()),
                ("name", models.CharField(max_length=64)),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("last_seen", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="devices",
                        to="chat.member",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PairingCode",
            fields=[
                (
                    "code_hash",
                    models.CharField(
                        editable=False, max_length=64, primary_key=True, serialize=False
                    ),
                ),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="chat.member",
                    ),
                ),
            ],
        ),
    ]
