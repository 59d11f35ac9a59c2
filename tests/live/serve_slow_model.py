"""`manage.py serve` with scripted models that take as long to load as large ones."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from unittest.mock import patch

from inference.backends.base import Report
from inference.backends.scenarios import Scenario
from inference.backends.scripted import ScriptedBackend
from inference.specs import scripted
from inference.types import ModelState
from tests.live.serve_without_page import serve

_STEPS = 4
_STEP_SECONDS = 1.5


class SlowBackend(ScriptedBackend):
    """Not in memory until it is loaded."""

    def __init__(self, scenario: Scenario, slots: int) -> None:
        super().__init__(scenario, slots)
        self.card = replace(self.card, state=ModelState.UNLOADED)

    async def load(self, report: Report) -> None:
        for step in range(_STEPS):
            report(ModelState.LOADING, step / _STEPS)
            await asyncio.sleep(_STEP_SECONDS)
        await super().load(report)


if __name__ == "__main__":
    with patch.object(scripted, "ScriptedBackend", SlowBackend):
        serve()
