"""The providers that are known, and their keys in the environment."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import msgspec

from inference.remote.account import Account
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
    """How the account's provider is spoken to."""
    return _BY_ID.get(account.preset, _BY_ID[COMPATIBLE])


def environment_account(preset: ProviderPreset) -> Account:
    """An account whose key is the first of the preset's variables that is set, looked up whenever
    it is needed.
    """

    def key() -> str:
        return next(filter(None, map(os.environ.get, preset.variables)), "") or ""

    return Account(preset.id, preset.name, key=key)
