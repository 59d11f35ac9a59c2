"""The providers that are known, and their keys in the environment."""

from __future__ import annotations

import os
import tomllib
from dataclasses import replace
from pathlib import Path

import msgspec

from inference.remote.account import Account
from inference.remote.address import is_loopback, is_within
from inference.remote.preset import ProviderPreset

COMPATIBLE = "openai_compatible"
"""The preset of any other server that speaks the protocol."""


def _read() -> tuple[ProviderPreset, ...]:
    tables = tomllib.loads(Path(__file__).with_name("presets.toml").read_text(encoding="utf-8"))
    return msgspec.convert(tables["preset"], tuple[ProviderPreset, ...])


PROVIDER_PRESETS: tuple[ProviderPreset, ...] = _read()
"""In the order in which they are offered."""

_BY_ID = {preset.id: preset for preset in PROVIDER_PRESETS}


def find_preset(preset: str) -> ProviderPreset | None:
    """The preset of that id."""
    return _BY_ID.get(preset)


def preset_of(account: Account) -> ProviderPreset:
    """The preset of the account's provider."""
    return _BY_ID.get(account.preset, _BY_ID[COMPATIBLE])


def account_at(account: Account, address: str) -> Account:
    """The account at another address. Its key goes there only where that is the account's own
    server.
    """
    home = account.base_url or preset_of(account).base_url
    key = account.key if is_within(address, home) else _no_key
    return replace(account, base_url=address, key=key)


def environment_account(preset: ProviderPreset, address: str = "") -> Account:
    """An account whose key is the first of the preset's variables that is set, looked up whenever
    it is needed. At another `address` than the preset's it has a key only on this computer.
    """

    def key() -> str:
        return next(filter(None, map(os.environ.get, preset.variables)), "") or ""

    is_own = not address or is_within(address, preset.base_url) or _is_here(address)
    return Account(preset.id, preset.name, address, key if is_own else _no_key)


def _is_here(address: str) -> bool:
    try:
        return all(is_loopback(one) for one in address.split("|"))
    except ValueError:
        return False


def _no_key() -> str:
    return ""
