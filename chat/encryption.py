"""Encryption of secrets in the database, such as providers' API keys."""

from __future__ import annotations

import base64
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

_INFO = b"myllm: provider keys"
"""The purpose of the derived key (RFC 5869, 3.2): other purposes have other keys."""


def encrypt(secret: str) -> str:
    """The secret as a Fernet token (AES-128-CBC with HMAC-SHA-256); empty for an empty one."""
    return _fernet(settings.SECRET_KEY).encrypt(secret.encode()).decode() if secret else ""


def decrypt(token: str) -> str | None:
    """The secret; None if it was encrypted with another `SECRET_KEY`, or is damaged."""
    if not token:
        return ""
    # The import takes 50 ms, which a start without providers does not need.
    from cryptography.fernet import InvalidToken  # noqa: PLC0415

    try:
        return _fernet(settings.SECRET_KEY).decrypt(token.encode()).decode()
    except (InvalidToken, ValueError):
        return None


@lru_cache(maxsize=1)
def _fernet(secret_key: str) -> Fernet:
    """With a key derived by HKDF-SHA-256 from Django's secret key."""
    from cryptography.fernet import Fernet  # noqa: PLC0415
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415

    derived = HKDF(SHA256(), length=32, salt=None, info=_INFO).derive(secret_key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
