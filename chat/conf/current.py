"""The settings that hold now."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from django.conf import settings as django_settings
from django.core.signals import setting_changed

from chat.conf.reading import read_settings

S = TypeVar("S")


class Current(Generic[S]):
    """Called, it returns an instance of `settings`, read from Django's setting `name` at the first
    call and again after Django's settings have changed, as they do in tests.

    Raises `ImproperlyConfigured` for a dictionary that cannot be read.
    """

    def __init__(self, settings: type[S], name: str) -> None:
        self._settings = settings
        self._name = name
        self._read: S | None = None
        setting_changed.connect(self._forget)

    def __call__(self) -> S:
        if self._read is None:
            given = getattr(django_settings, self._name, {})
            self._read = read_settings(self._settings, self._name, given)
        return self._read

    def replace(self, settings: S) -> None:
        """Have others, unchecked, until Django's settings change."""
        self._read = settings

    def _forget(self, *, setting: str, **kwargs: Any) -> None:
        if setting in (self._name, "BASE_DIR"):
            self._read = None
