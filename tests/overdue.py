"""A pytest plugin: a test that hangs ends its process, and its stacks are told.

`pytest-timeout` raises where the test stands. That does not help where no Python runs, and not in
what follows: after a failure it watches no longer, so a fixture that waits for ever would stop the
whole run without a word. This watch is a thread of C, and every phase has its own; pytest-xdist
names the test whose process has died and goes on with a new one.
"""

from __future__ import annotations

import faulthandler
import os
from collections.abc import Generator

import pytest

GRACE = 1.1
"""Times pytest-timeout's own limit, which tells more and comes first where it can."""

_stderr = pytest.StashKey[int]()


def pytest_configure(config: pytest.Config) -> None:
    """The real one: while a test runs, its own is captured, and lost with the process."""
    config.stash[_stderr] = os.dup(2)


def _watched(item: pytest.Item) -> Generator[None]:
    seconds = float(item.config.getini("timeout")) * GRACE
    faulthandler.dump_traceback_later(seconds, file=item.config.stash[_stderr], exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    yield from _watched(item)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    yield from _watched(item)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    yield from _watched(item)
