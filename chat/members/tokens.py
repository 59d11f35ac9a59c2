"""Secrets that let somebody in, and the only form in which they are kept.

They are random, so one round of SHA-256 is enough: there is no dictionary to try. They are
looked up by their digest, and how long that takes tells nothing about the secret.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

_CODE_BYTES = 16
_TOKEN_BYTES = 32
_KEY_BEGINS = "myllm_"


def new_code() -> str:
    """128 bits for one use within minutes, as 22 characters that stand in an address."""
    return secrets.token_urlsafe(_CODE_BYTES)


def new_token() -> str:
    """256 bits by which a device is known from now on, as 43 characters."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def new_key() -> str:
    """As many bits for a program, to be recognised wherever it was left lying about."""
    return _KEY_BEGINS + new_token()


def new_digits() -> str:
    """Six digits to be read from a screen. Alone they let nobody in."""
    return f"{secrets.randbelow(1_000_000):06}"


def proof(token_hash: str, question: str) -> str:
    """64 hexadecimal characters that only those can tell who know the token or its digest."""
    return hmac.new(token_hash.encode(), question.encode(), hashlib.sha256).hexdigest()


def digest(secret: str) -> str:
    """64 hexadecimal characters; the same for the same secret."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
