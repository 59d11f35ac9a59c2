"""The tables: conversations, their messages as a tree, the runs that wrote them, members, devices.

Ids are 128 random bits and cannot be guessed.
"""

from __future__ import annotations

import secrets

from django.db import models


def new_id() -> str:
    """A random id of 22 characters."""
    return secrets.token_urlsafe(16)


class Persona(models.Model):
    """A system prompt with a name, created by its owner. The supplied ones are in
    `chat.library.preset_personas`.
    """

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    owner = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=80)
    prompt = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Conversation(models.Model):
    """A tree of messages. `revision` is incremented by every change that clients have to fetch.

    `leaf` is the end of the path shown last. A conversation with `deleted_at` can be restored until
    it is purged. `persona` is the source of `system_prompt`.
    """

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    owner = models.CharField(max_length=64)
    title = models.CharField(max_length=200, blank=True)
    is_renamed = models.BooleanField(default=False)
    system_prompt = models.TextField(blank=True)
    persona = models.CharField(max_length=32, blank=True)
    options = models.JSONField(default=dict, blank=True)
    leaf = models.ForeignKey(
        "Message", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=1)
    pinned_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = (models.Index(fields=["owner", "-updated_at"]),)

    def __str__(self) -> str:
        return self.title or self.id


class Message(models.Model):
    """One message; `parent` is the message it follows. Siblings are alternatives."""

    class Role(models.TextChoices):
        USER = "user"
        ASSISTANT = "assistant"

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages"
    )
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="replies")
    role = models.CharField(max_length=9, choices=Role)
    content = models.TextField(blank=True)
    reasoning = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=["conversation", "created_at"]),)

    def __str__(self) -> str:
        return f"{self.role}: {self.content[:40]}"


class Run(models.Model):
    """One generation of one assistant message.

    `seq` is the number of the newest event whose text is in the message; `epoch` counts the
    numberings, and is incremented when a run is continued after a crash. `tokens` is the number in
    the text, as far as it is known. A waiting run begins when the answer before it in its
    conversation has ended. `provider` is set if the model ran outside this computer, and
    `remote_tokens` counts all its tokens, including the prompt's; both are null for local models.
    """

    class Status(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        COMPLETED = "completed"
        CANCELLED = "cancelled"
        FAILED = "failed"
        INTERRUPTED = "interrupted"

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="run")
    owner = models.CharField(max_length=64)
    device = models.CharField(max_length=64, blank=True)
    client_msg_id = models.CharField(max_length=64)
    model = models.CharField(max_length=200)
    options = models.JSONField(default=dict)
    status = models.CharField(max_length=11, choices=Status, default=Status.RUNNING)
    finish_reason = models.CharField(max_length=14, blank=True)
    error_code = models.CharField(max_length=32, blank=True)
    error_detail = models.JSONField(default=dict)
    epoch = models.PositiveIntegerField(default=1)
    seq = models.PositiveIntegerField(default=0)
    dropped_turns = models.PositiveIntegerField(default=0)
    tokens = models.PositiveIntegerField(default=0)
    provider = models.CharField(max_length=80, null=True)
    remote_tokens = models.PositiveIntegerField(null=True)
    usage = models.JSONField(null=True)
    timings = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["owner", "client_msg_id"], name="one_run_per_send"),
        )
        indexes = (
            models.Index(fields=["status"]),
            models.Index(fields=["owner", "created_at"]),
        )

    def __str__(self) -> str:
        return f"{self.id} {self.status}"


class Member(models.Model):
    """A member; a conversation's `owner` is a member's id.

    A guest is deleted with all their data at `expires_at`. A limit of null is the server's default,
    0 is no limit. Without a password, signing in by name is not possible. If `remote_models` is
    null, the role decides whether models of providers may be used.
    """

    class Role(models.TextChoices):
        OWNER = "owner"
        MEMBER = "member"
        GUEST = "guest"

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    name = models.CharField(max_length=64)
    colour = models.CharField(max_length=7, blank=True)
    role = models.CharField(max_length=6, choices=Role, default=Role.MEMBER)
    expires_at = models.DateTimeField(null=True, blank=True)
    password = models.CharField(max_length=128, blank=True, editable=False)
    messages_per_minute = models.PositiveIntegerField(null=True, blank=True)
    messages_per_day = models.PositiveIntegerField(null=True, blank=True)
    runs_at_once = models.PositiveIntegerField(null=True, blank=True)
    prompt_tokens = models.PositiveIntegerField(null=True, blank=True)
    remote_models = models.BooleanField(null=True, blank=True)
    remote_tokens_per_day = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["role"], condition=models.Q(role="owner"), name="one_owner"
            ),
        )

    def __str__(self) -> str:
        return self.name or self.id


class Household(models.Model):
    """The only row, about this server. `name` identifies the server at every address. `journal` is
    the one that continues the texts of running answers. `default_model` is the owner's choice,
    empty for the first model of the settings.
    """

    place = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=32, default=new_id, editable=False)
    journal = models.CharField(max_length=32, blank=True, default="", editable=False)
    default_model = models.CharField(max_length=200, blank=True, default="")

    def __str__(self) -> str:
        return self.name


class Device(models.Model):
    """A browser or app with a token, or a program with an API key; only the digest is stored."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="devices")
    name = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    is_key = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    last_seen = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name or self.id


class PairingCode(models.Model):
    """A code that pairs one device of the member's; it expires within minutes."""

    code_hash = models.CharField(primary_key=True, max_length=64, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.member_id} until {self.expires_at}"


class Provider(models.Model):
    """An account at a provider of models, or an own server with OpenAI's API.

    `preset` names the provider's API, `base_url` its address, empty for the preset's. `key` is
    encrypted with the server's key.
    """

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    preset = models.CharField(max_length=32)
    name = models.CharField(max_length=80)
    base_url = models.CharField(max_length=500, blank=True)
    key = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class ListedModel(models.Model):
    """A model that the owner added to those of the settings; `id` is the engine's.

    `spec` names the model, as in the settings. If `owner_only`, other members may not use it.
    `trusted_code` is the SHA-256 of the model's code that the owner allowed to run.
    """

    id = models.CharField(primary_key=True, max_length=200, editable=False)
    spec = models.CharField(max_length=1000)
    name = models.CharField(max_length=200, blank=True)
    provider = models.ForeignKey(
        Provider, on_delete=models.CASCADE, null=True, blank=True, related_name="models"
    )
    owner_only = models.BooleanField(default=False)
    trusted_code = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name or self.id
