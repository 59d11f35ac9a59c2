"""Encryption of secrets in the database."""

from __future__ import annotations

from pytest_django import Settings

from chat.encryption import decrypt, encrypt

KEY = "sk-0123456789abcdef"


def test_a_secret_is_read_again_and_cannot_be_seen() -> None:
    kept = encrypt(KEY)
    assert KEY not in kept
    assert decrypt(kept) == KEY


def test_the_same_secret_is_never_kept_alike() -> None:
    assert encrypt(KEY) != encrypt(KEY)


def test_no_secret_is_kept_as_none() -> None:
    assert (encrypt(""), decrypt("")) == ("", "")


def test_another_secret_key_reads_nothing(settings: Settings) -> None:
    settings.SECRET_KEY = "one"
    kept = encrypt(KEY)
    settings.SECRET_KEY = "another"
    assert decrypt(kept) is None


def test_a_damaged_secret_is_none() -> None:
    assert decrypt(encrypt(KEY)[:-4]) is None
    assert decrypt("好") is None
