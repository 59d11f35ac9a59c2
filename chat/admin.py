"""Django's admin: all rows can be viewed, and some fields changed.

Ids, owners and revisions cannot be edited, as clients depend on them; nor runs, which are a record,
nor running answers, which the next checkpoint overwrites.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.auth.password_validation import validate_password
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from chat.members.passwords import encode
from chat.models import Conversation, Device, Member, Message, Persona, Run
from chat.store.revisions import raise_revision

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Any]
    _MemberForm = forms.ModelForm[Member]
else:
    _Admin = admin.ModelAdmin  # only generic in its stubs
    _MemberForm = forms.ModelForm

_LIVE = (Run.Status.WAITING, Run.Status.RUNNING)


class _Kept(_Admin):
    """Rows that only the chat creates. The total is not counted, as that scans the table."""

    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Conversation)
class ConversationAdmin(_Kept):
    """A change increments the revision, so that clients fetch it."""

    list_display = ("title_or_id", "owner", "message_count", "revision", "updated_at", "deleted_at")
    list_filter = ("archived_at", "deleted_at", "updated_at")
    search_fields = ("title", "id")
    date_hierarchy = "updated_at"
    readonly_fields = ("id", "owner", "persona", "leaf", "revision", "created_at", "updated_at")
    fields = (
        *readonly_fields[:2],
        "title",
        "is_renamed",
        "system_prompt",
        "options",
        "pinned_at",
        "archived_at",
        "deleted_at",
        *readonly_fields[2:],
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Conversation]:
        found: QuerySet[Conversation] = super().get_queryset(request)
        return found.annotate(message_count=Count("messages"))

    @admin.display(description="title")
    def title_or_id(self, conversation: Conversation) -> str:
        return str(conversation)

    @admin.display(ordering="message_count")
    def message_count(self, conversation: Conversation) -> int:
        count: int = conversation.message_count  # type: ignore[attr-defined]
        return count

    def save_model(
        self, request: HttpRequest, conversation: Conversation, form: Any, change: bool
    ) -> None:
        super().save_model(request, conversation, form, change)
        raise_revision(conversation.id)


@admin.register(Message)
class MessageAdmin(_Kept):
    """An answer that is being written can only be viewed."""

    list_display = ("shown", "role", "conversation", "created_at")
    list_filter = ("role", "created_at")
    list_select_related = ("conversation",)
    search_fields = ("content", "id", "conversation__id")
    date_hierarchy = "created_at"
    readonly_fields = ("id", "conversation", "parent", "role", "created_at")
    fields = (*readonly_fields, "content", "reasoning")

    @admin.display(description="message")
    def shown(self, message: Message) -> str:
        return message.content[:80] or message.id

    def has_change_permission(self, request: HttpRequest, message: Message | None = None) -> bool:
        allowed: bool = super().has_change_permission(request, message)
        live = message and Run.objects.filter(message=message, status__in=_LIVE).exists()
        return allowed and not live

    def save_model(self, request: HttpRequest, message: Message, form: Any, change: bool) -> None:
        super().save_model(request, message, form, change)
        raise_revision(message.conversation_id)


@admin.register(Run)
class RunAdmin(_Kept):
    """Runs can neither be edited nor deleted on their own."""

    list_display = ("id", "status", "model", "device", "finish_reason", "created_at", "ended_at")
    list_filter = ("status", "model", "finish_reason", "created_at")
    search_fields = ("id", "message__id", "client_msg_id", "model")
    date_hierarchy = "created_at"

    def has_change_permission(self, request: HttpRequest, run: Run | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, run: Run | None = None) -> bool:
        return False


@admin.register(Persona)
class PersonaAdmin(_Admin):
    """Conversations keep the prompt they have."""

    list_display = ("name", "owner", "created_at")
    search_fields = ("name", "prompt", "owner")
    readonly_fields = ("id", "created_at")


class MemberForm(_MemberForm):
    """A password can be set and is never shown."""

    new_password = forms.CharField(
        required=False,
        validators=[validate_password],
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Left empty the password stays as it is. manage.py members takes one away.",
    )


@admin.register(Member)
class MemberAdmin(_Kept):
    """Members are deleted through the chat, with their conversations."""

    list_display = ("__str__", "role", "expires_at", "created_at")
    search_fields = ("name", "id")
    readonly_fields = ("id", "role", "expires_at", "created_at")
    fields = (
        *readonly_fields,
        "name",
        "colour",
        "new_password",
        "messages_per_minute",
        "messages_per_day",
        "runs_at_once",
        "prompt_tokens",
        "remote_models",
        "remote_tokens_per_day",
    )
    form = MemberForm

    def save_model(self, request: HttpRequest, member: Member, form: Any, change: bool) -> None:
        if password := form.cleaned_data["new_password"]:
            member.password = encode(password)
        super().save_model(request, member, form, change)

    def has_delete_permission(self, request: HttpRequest, member: Member | None = None) -> bool:
        return False


@admin.register(Device)
class DeviceAdmin(_Kept):
    """A device with `revoked_at` is disconnected within a second. Tokens' digests are not shown."""

    list_display = ("__str__", "member", "is_key", "last_seen", "revoked_at", "created_at")
    list_filter = ("is_key", "revoked_at", "last_seen")
    list_select_related = ("member",)
    search_fields = ("name", "id", "member__name")
    readonly_fields = ("id", "member", "is_key", "created_at", "last_seen")
    fields = (*readonly_fields, "name", "revoked_at")
