"""A pytest plugin: in CI, a test that stands on clocks, threads or processes may try once more.

The machine does other things too; why this is allowed, and what is not, says
docs/decisions/0020-a-second-try.md. On people's machines a failure is a failure.
"""

from __future__ import annotations

import os

import pytest

EXACT = {"chaos", "contract", "local"}
"""Rooms whose promise is "never": not a character lost, the same tokens. Once is too often."""
NEVER = "Traceback"
"""What a server printed while tests were running is no matter of time."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "CI" not in os.environ:
        return
    once_more = pytest.mark.flaky(reruns=1, rerun_except=NEVER)
    for item in items:
        if item.path.parent.name not in EXACT:
            item.add_marker(once_more)
