"""Models that the owner adds, the providers of some of them, and who may use those."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

import chat.models


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0009_journal"),
    ]

    operations = [
        migrations.CreateModel(
            name="Provider",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=chat.models.new_id,
                        editable=False,
                        max_length=32,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("preset", models.CharField(max_length=32)),
                ("name", models.CharField(max_length=80)),
                ("base_url", models.CharField(blank=True, max_length=500)),
                ("key", models.TextField(blank=True, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.AddField(
            model_name="household",
            name="default_model",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddField(
            model_name="member",
            name="remote_models",
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="member",
            name="remote_tokens_per_day",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="run",
            name="provider",
            field=models.CharField(max_length=80, null=True),
        ),
        migrations.AddField(
            model_name="run",
            name="remote_tokens",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.CreateModel(
            name="ListedModel",
            fields=[
                (
                    "id",
                    models.CharField(
                        editable=False, max_length=200, primary_key=True, serialize=False
                    ),
                ),
                ("spec", models.CharField(max_length=1000)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("owner_only", models.BooleanField(default=False)),
                ("trusted_code", models.CharField(blank=True, editable=False, max_length=64)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="models",
                        to="chat.provider",
                    ),
                ),
            ],
        ),
    ]
