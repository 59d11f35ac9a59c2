"""Secrets that authenticate a caller, and the digests in which alone they are stored.

They are random, so one round of SHA-256 is enough: there is no dictionary to try. They are
looked up by their digest, and the time that takes reveals nothing about the secret.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

_CODE_BYTES = 16
_TOKEN_BYTES = 32
_KEY_BEGINS = "myllm_"


def new_code() -> str:
    """128 bits for one use within minutes, as 22 characters that are safe in a URL."""
    return secrets.token_urlsafe(_CODE_BYTES)


def new_token() -> str:
    """256 bits that authenticate a device, as 43 characters."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def new_key() -> str:
    """An API key: a token with a prefix by which secret scanners recognise it."""
    return _KEY_BEGINS + new_token()


def new_digits() -> str:
    """Six digits to be read from a screen; they do not authenticate."""
    return f"{secrets.randbelow(1_000_000):06}"


def proof(token_hash: str, question: str) -> str:
    """HMAC-SHA-256 of the question by the token's digest, as 64 hexadecimal characters."""
    return hmac.new(token_hash.encode(), question.encode(), hashlib.sha256).hexdigest()


def digest(secret: str) -> str:
    """64 hexadecimal characters; the same for the same secret."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
