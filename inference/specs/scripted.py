"""`scripted` for all scenarios, `scripted/<scenario>` for one."""

from __future__ import annotations

from collections.abc import Iterator

from inference.backends.base import Backend
from inference.backends.scenarios import SCENARIOS
from inference.backends.scripted import ScriptedBackend
from inference.config import EngineConfig
from inference.remote.account import Account


class ScriptedReader:
    """Models without weights."""

    example = "scripted (without weights, for trying things out)"

    def reads(self, spec: str) -> bool:
        kind, _, scenario = spec.partition("/")
        return spec == "scripted" or (kind == "scripted" and scenario in SCENARIOS)

    def open(self, spec: str, config: EngineConfig, account: Account | None) -> Iterator[Backend]:
        _, _, only = spec.partition("/")
        for name, scenario in SCENARIOS.items():
            if only in ("", name):
                yield ScriptedBackend(scenario, config.slots)
