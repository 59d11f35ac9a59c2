"""`PROVIDER/MODEL`, a model of one of the known providers; `PROVIDER/MODEL@ADDRESS` elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inference.backends.base import Backend
from inference.config import EngineConfig
from inference.remote.account import Account
from inference.remote.presets import environment_account, find_preset
from inference.specs.addressed import addressed
from inference.specs.reader import ModelSpecError
from inference.specs.remote import open_remote

_SPEC = re.compile(r"(?P<preset>[a-z_]+)/(?P<model>.+?)(?:@(?P<address>https?://.*))?$", re.S)


class ProviderReader:
    """A model's name may itself have slashes; the key comes from the provider's variable."""

    example = "deepseek/deepseek-chat (a provider's model)"

    def reads(self, spec: str) -> bool:
        found = _SPEC.match(spec)
        return found is not None and find_preset(found["preset"]) is not None

    def open(self, spec: str, config: EngineConfig, account: Account | None) -> Iterator[Backend]:
        found = _SPEC.match(spec)
        preset = None if found is None else find_preset(found["preset"])
        if found is None or preset is None:
            raise ModelSpecError(f"{spec!r} is no model of a provider")
        chosen = account or environment_account(preset)
        if found["address"]:
            chosen = addressed(account, preset, found["address"], config)
        if not (chosen.base_url or preset.base_url):
            raise ModelSpecError(
                f"{preset.name} has no address of its own, write one after the model: "
                f"{preset.id}/{found['model']}@https://…"
            )
        yield open_remote(f"{preset.id}/{found['model']}", found["model"], chosen, config)
