"""Page, model, clock, packages."""

from __future__ import annotations

from pathlib import Path

import pytest

from hosting.doctor.finding import Verdict
from hosting.doctor.installation import (
    judge_clock,
    judge_model,
    judge_page,
    judge_zeroconf,
)
from inference import ModelOnDisk

DAY = 86_400


@pytest.mark.parametrize(
    ("is_built", "fresh", "buildable", "verdict"),
    [
        (True, True, True, Verdict.GOOD),
        (True, False, True, Verdict.NOTE),
        (False, False, True, Verdict.NOTE),
        (False, False, False, Verdict.BAD),
    ],
)
def test_a_page_that_cannot_be_built_is_missing(
    is_built: bool, fresh: bool, buildable: bool, verdict: Verdict
) -> None:
    assert judge_page(is_built=is_built, fresh=fresh, buildable=buildable).verdict is verdict


@pytest.mark.parametrize(
    ("is_there", "to_fetch", "verdict"),
    [(True, 0, Verdict.GOOD), (False, 300, Verdict.NOTE), (False, 0, Verdict.BAD)],
)
def test_a_model_that_cannot_be_fetched_is_missing(
    is_there: bool, to_fetch: int, verdict: Verdict
) -> None:
    model = ModelOnDisk(Path("a.gguf"), 100, is_there, to_fetch)
    assert judge_model(model).verdict is verdict


def test_a_clock_behind_its_own_files_is_wrong() -> None:
    assert judge_clock(100 * DAY, 100 * DAY + 60).verdict is Verdict.GOOD
    assert judge_clock(100 * DAY, 103 * DAY).verdict is Verdict.BAD


def test_what_is_not_installed_is_only_noted() -> None:
    assert judge_zeroconf(True).verdict is Verdict.GOOD
    assert "pip install zeroconf" in judge_zeroconf(False).sentence
