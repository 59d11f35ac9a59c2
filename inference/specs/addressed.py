"""The account of a model at the address that its spec names."""

from __future__ import annotations

from dataclasses import replace

from inference.config import EngineConfig
from inference.remote.account import Account
from inference.remote.preset import ProviderPreset
from inference.remote.presets import account_at, environment_account


def addressed(
    account: Account | None, preset: ProviderPreset, address: str, config: EngineConfig
) -> Account:
    """`account` at the address, without its key where that is not its own server; without an
    account, the environment's.
    """
    if account is not None:
        return account_at(account, address)
    if config.keys_for_any_address:
        return replace(environment_account(preset), base_url=address)
    return environment_account(preset, address)
