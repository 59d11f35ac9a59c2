"""The one table of errors. `docs/errors.md` is generated from it."""

from __future__ import annotations

from chat.errors.kinds.conversations import CONVERSATIONS
from chat.errors.kinds.downloads import DOWNLOADS
from chat.errors.kinds.error_kind import ErrorKinds
from chat.errors.kinds.generation import GENERATION
from chat.errors.kinds.imports import IMPORTS
from chat.errors.kinds.limits import LIMITS
from chat.errors.kinds.members import MEMBERS
from chat.errors.kinds.model_list import MODEL_LIST
from chat.errors.kinds.model_loading import MODEL_LOADING
from chat.errors.kinds.providers import PROVIDERS
from chat.errors.kinds.requests import REQUESTS
from chat.errors.kinds.server import SERVER

TOPICS: tuple[ErrorKinds, ...] = (
    REQUESTS,
    CONVERSATIONS,
    IMPORTS,
    LIMITS,
    MEMBERS,
    MODEL_LIST,
    MODEL_LOADING,
    DOWNLOADS,
    GENERATION,
    PROVIDERS,
    SERVER,
)
KINDS: ErrorKinds = {code: kind for topic in TOPICS for code, kind in topic.items()}
"""Every `ErrorCode` has exactly one entry."""
