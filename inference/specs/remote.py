"""The backend of a remote model, with the errors of its address as those of a spec."""

from __future__ import annotations

from inference.backends.base import Backend
from inference.config import EngineConfig
from inference.remote.account import Account
from inference.remote.address import BadAddressError
from inference.remote.openai_compatible import OpenAiCompatibleBackend, RemoteSettings
from inference.remote.remote_model import RemoteModel
from inference.specs.reader import ModelSpecError


def open_remote(model_id: str, name: str, account: Account, config: EngineConfig) -> Backend:
    """`name` is what the provider calls it, "" for the only one it has. Raises `ModelSpecError`,
    which does not repeat the address.
    """
    try:
        model = RemoteModel(account, name)
    except BadAddressError as error:
        raise ModelSpecError(
            f"the address of {name or 'a model'} cannot be used: {error}"
        ) from None
    settings = RemoteSettings(config.provider_slots, config.provider_timeout_seconds)
    return OpenAiCompatibleBackend(model_id, model, settings)
