"""`ADDRESS#NAME`: a model of any server that speaks OpenAI's protocol."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from inference.backends.base import Backend
from inference.config import EngineConfig
from inference.remote.account import Account
from inference.remote.address import BadAddressError, check_addresses, host_of
from inference.remote.presets import COMPATIBLE, find_preset
from inference.specs.addressed import addressed
from inference.specs.reader import ModelSpecError
from inference.specs.remote import open_remote


class ServerAddressReader:
    """Several addresses of one model have `|` between them. Without a name it is the only model
    that the server lists; the key comes from OPENAI_API_KEY.
    """

    example = "http://127.0.0.1:8001/v1#NAME (an OpenAI-compatible server)"

    def reads(self, spec: str) -> bool:
        return spec.lower().startswith(("http://", "https://"))

    def open(self, spec: str, config: EngineConfig, account: Account | None) -> Iterator[Backend]:
        addresses, _, name = spec.partition("#")
        preset = find_preset(COMPATIBLE)
        if preset is None:
            raise ModelSpecError("no preset for other servers")
        try:
            check_addresses(addresses)
        except BadAddressError as error:
            raise ModelSpecError(
                f"the address of {name or 'a model'} cannot be used: {error}"
            ) from None
        host = host_of(addresses.partition("|")[0])
        chosen = addressed(account, preset, addresses, config)
        chosen = replace(chosen, name=chosen.name if account else host)
        yield open_remote(f"{host}/{name.lstrip('/')}" if name else host, name, chosen, config)
