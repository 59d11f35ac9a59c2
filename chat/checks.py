"""Django's system checks of the chat in a project."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import get_commands
from django.urls import NoReverseMatch, resolve, reverse

from chat.conf import conf

_COMMANDS = ("apikey", "members", "purge")
_OURS = frozenset({"chat", "hosting"})
_NEEDED = ("django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions")


def register_checks() -> None:
    """Register the checks. Call it once, when all applications are loaded."""
    for check in (check_settings, check_applications, check_urls, check_commands):
        checks.register(check, "chat")


def check_settings(**kwargs: Any) -> list[checks.CheckMessage]:
    """E001: the settings cannot be read."""
    try:
        conf()
    except ImproperlyConfigured as error:
        return [checks.Error(str(error), id="chat.E001")]
    return []


def check_applications(**kwargs: Any) -> list[checks.CheckMessage]:
    """E002: an application needed for users is missing."""
    missing = [name for name in _NEEDED if not apps.is_installed(name)]
    hint = "Add it to INSTALLED_APPS."
    return [checks.Error(f"The chat needs {name}.", hint=hint, id="chat.E002") for name in missing]


def check_urls(**kwargs: Any) -> list[checks.CheckMessage]:
    """W001: the URLs are not included. W002: another URL comes before them."""
    try:
        page = reverse("chat-page")
    except NoReverseMatch:
        hint = 'Add path("chat/", include("chat.urls")) to the URLconf.'
        return [checks.Warning("chat.urls is not included.", hint=hint, id="chat.W001")]
    return [
        checks.Warning(
            f"{path} is answered by another URL pattern.",
            hint="Include chat.urls before it, or at a path of its own.",
            id="chat.W002",
        )
        for path in _shadowed(page)
    ]


def check_commands(**kwargs: Any) -> list[checks.CheckMessage]:
    """W003: a command of the chat is replaced by another application's."""
    found = get_commands()
    return [
        checks.Warning(
            f"The command {name} is that of another application.",
            hint="List chat before it in INSTALLED_APPS, if the chat's is wanted.",
            id="chat.W003",
        )
        for name in _COMMANDS
        if found[name] not in _OURS
    ]


def _shadowed(page: str) -> Iterator[str]:
    names = {
        page: "chat-page",
        f"{page}healthz": "chat-healthz",
        f"{page}api/v1/": "api-v1:api-root",
    }
    return (path for path, name in names.items() if resolve(path).view_name != name)
