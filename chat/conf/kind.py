"""What sort of value a setting has."""

from __future__ import annotations

from enum import Enum, auto


class Kind(Enum):
    """Decides how a value is checked, and how a project reads it from an environment variable."""

    NUMBER = auto()
    FLAG = auto()
    CHOICE = auto()
    TEXT = auto()
    WORD = auto()
    OPTION = auto()
    """A sampling option of `chat.wire.protocol.Options`, or None."""
    FOLDER = auto()
    NAMES = auto()
    MODELS = auto()
    HOSTS = auto()
    PROXIES = auto()
    ORIGINS = auto()
    """Web origins as browsers send them."""
    SOURCES = auto()
    """URLs that packages may come from."""
    ORIGIN = auto()
    """The one origin that other devices open, or nothing."""
    SITE = auto()
    """An origin with or without a path."""
    DEVICE = auto()
    KEEP_ALIVE = auto()
    """A duration as Ollama writes it."""
    LOCAL_NAME = auto()
    """A host name of multicast DNS, or nothing."""
