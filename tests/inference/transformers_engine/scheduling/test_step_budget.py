"""Steps are as long as readers bear, whatever the machine."""

from __future__ import annotations

import pytest

from inference.transformers_engine.scheduling.step_budget import STALL_SECONDS, StepBudget


@pytest.mark.parametrize("tokens_per_second", [50, 400, 1200])
def test_a_step_beside_decodes_comes_to_last_as_long_as_is_forgiven(tokens_per_second: int) -> None:
    budget = StepBudget(512)
    for _ in range(30):
        tokens = budget.tokens(decodes=3)
        budget.observe(tokens, tokens / tokens_per_second)
    wanted = min(max(STALL_SECONDS * tokens_per_second, 32), 512)
    assert budget.tokens(decodes=3) == pytest.approx(wanted, rel=0.05)


def test_without_decodes_a_step_is_as_long_as_allowed() -> None:
    budget = StepBudget(512)
    budget.observe(512, 60.0)
    assert budget.tokens(decodes=1) < 512
    assert budget.tokens(decodes=0) == 512


def test_a_fast_machine_fills_its_steps() -> None:
    budget = StepBudget(512)
    budget.observe(512, 0.0)
    budget.observe(512, 0.001)
    assert budget.tokens(decodes=60) == 512
