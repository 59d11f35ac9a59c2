"""A pytest plugin: in CI, a test that needs a real server or a browser may try once more.

Such a test stands on clocks, sockets and processes of a machine that does other things too; why
this is allowed, and what is not, says docs/decisions/0020-a-second-try.md. On people's machines a
failure is a failure.
"""

from __future__ import annotations

import os

import pytest

ROOMS = {"e2e", "live"}
NEVER = "Traceback"
"""What a server printed while tests were running is no matter of time."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "CI" not in os.environ:
        return
    once_more = pytest.mark.flaky(reruns=1, rerun_except=NEVER)
    for item in items:
        if item.path.parent.name in ROOMS:
            item.add_marker(once_more)
