"""Runs all checks one after the other, and reports which failed."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from chat.terminal.language import pick
from chat.terminal.progress import ProgressLine
from chat.terminal.refusal import Refusal
from hosting.checks.steps import Step
from hosting.terminal.child import Outcome


def run_checks(steps: Iterable[Step]) -> None:
    """Raises `Refusal` with the names of the checks that failed."""
    failed = [step.name for step in steps if not _passes(step)]
    if failed:
        names = ", ".join(failed)
        raise Refusal(pick(f"没有通过的检查：{names}", f"Failed checks: {names}"))


def _passes(step: Step) -> bool:
    line = ProgressLine(step.name, sys.stdout)
    if step.streams:
        line.show()
        print(flush=True)
    outcome = _run(step, line)
    passed = outcome.code == 0
    if not (passed and step.streams):
        line.done(pick("通过", "passed") if passed else pick("没有通过", "FAILED"))
    if not passed:
        print(outcome.output, flush=True)
    return passed


def _run(step: Step, line: ProgressLine) -> Outcome:
    try:
        return step.run(line)
    except Refusal as refusal:
        return Outcome(1, str(refusal))
