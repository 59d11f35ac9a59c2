"""`ollama/NAME[:TAG]`, and `ollama/NAME@ADDRESS` for the server of another computer."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from inference.backends.base import Backend
from inference.config import EngineConfig
from inference.remote.account import Account, ApiKey
from inference.remote.address import BadAddressError, is_within, refuse_credentials
from inference.remote.ollama_address import OllamaAddress, parsed
from inference.remote.ollama_backend import OllamaBackend
from inference.remote.ollama_card import first_card
from inference.remote.ollama_presence import Presence, presence
from inference.remote.ollama_settings import OllamaSettings
from inference.remote.presets import preset_of
from inference.specs.reader import ModelSpecError

_SPEC = re.compile(r"ollama/(?P<name>\w[\w.:/-]*)(@(?P<address>\S+))?", re.ASCII)


class OllamaReader:
    """Without an address the server is the account's, else that of `OLLAMA_HOST`, else this
    computer's. As many answers at once as the server's `OLLAMA_NUM_PARALLEL`, usually one.
    """

    example = "ollama/NAME"

    def reads(self, spec: str) -> bool:
        return bool(_SPEC.fullmatch(spec)) and not Path(spec).exists()

    def open(self, spec: str, config: EngineConfig, account: Account | None) -> Iterator[Backend]:
        found = _SPEC.fullmatch(spec)
        if found is None:
            raise ModelSpecError(f"{spec!r} names no model of Ollama's")
        address = _address(spec, found["address"] or (account.base_url if account else ""))
        name = found["name"]
        known = presence(name, address)
        slots = config.slots if known is Presence.PASSED_ON else _parallel()
        settings = OllamaSettings(slots, config.kv_tokens, config.ollama_keep_alive)
        card = first_card(spec, name, address, slots, known)
        yield OllamaBackend(card, name, address, _key(account, address), settings)


def _address(spec: str, typed: str) -> OllamaAddress:
    """The spec becomes the model's id, which is public, so it may hold no password."""
    try:
        if typed:
            refuse_credentials(urlsplit(parsed(typed).url))
        return parsed(typed or os.environ.get("OLLAMA_HOST", ""))
    except BadAddressError as error:
        raise ModelSpecError(f"the address of an Ollama server: {error}") from None
    except ValueError as error:
        raise ModelSpecError(f"{spec!r}: {error}") from None


def _parallel() -> int:
    typed = os.environ.get("OLLAMA_NUM_PARALLEL", "")
    return int(typed) if typed.isdecimal() and int(typed) > 0 else 1


def _key(account: Account | None, address: OllamaAddress) -> ApiKey:
    """The account's, for its own server alone."""
    home = "" if account is None else account.base_url or preset_of(account).base_url
    try:
        is_own = bool(home) and is_within(address.url, parsed(home).url)
    except ValueError:
        is_own = False
    return account.key if account is not None and is_own else _no_key


def _no_key() -> str:
    return ""
