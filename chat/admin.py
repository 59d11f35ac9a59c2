"""Django's admin: everything can be looked at, and changed where no promise hangs on it.

Ids, owners and revisions are what clients hold on to, a run is what happened, and an answer
being written is overwritten by the next checkpoint: none of these can be edited.
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
    _Admin = admin.ModelAdmin  # generic in its stubs alone
    _MemberForm = forms.ModelForm

_LIVE = (Run.Status.WAITING, Run.Status.RUNNING)


class _Kept(_Admin):
    """Made through the chat alone; the count of all rows is not worth a scan."""

    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Conversation)
class ConversationAdmin(_Kept):
    """A change raises the revision, so that clients fetch it."""

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
    """An answer that is being written can only be looked at."""

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
    """What happened; nothing of it can be edited or taken away alone."""

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
    """Conversations that have its prompt already keep what they have."""

    list_display = ("name", "owner", "created_at")
    search_fields = ("name", "prompt", "owner")
    readonly_fields = ("id", "created_at")


class MemberForm(_MemberForm):
    """A password is set and never shown."""

    new_password = forms.CharField(
        required=False,
        validators=[validate_password],
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Left empty the password stays as it is. manage.py members takes one away.",
    )


@admin.register(Member)
class MemberAdmin(_Kept):
    """Taken away through the chat, which takes their conversations along."""

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
    """One with `revoked_at` is cut off within a second. Its token's digest is nobody's business."""

    list_display = ("__str__", "member", "is_key", "last_seen", "revoked_at", "created_at")
    list_filter = ("is_key", "revoked_at", "last_seen")
    list_select_related = ("member",)
    search_fields = ("name", "id", "member__name")
    readonly_fields = ("id", "member", "is_key", "created_at", "last_seen")
    fields = (*readonly_fields, "name", "revoked_at")
