"""A failed task is logged and restarted; a cancelled one ends."""

from __future__ import annotations

import asyncio
import gc
import logging

import pytest

from chat.supervised import Restarts, detach, failing, supervise

_AT_ONCE = Restarts(first=0.0, longest=0.0)
_FAR_OFF = Restarts(first=0.0, longest=3600.0)


@pytest.fixture(autouse=True)
def captured_log(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.getLogger("chat"), "propagate", True)


class _Work:
    """Fails a number of times, then runs until it is cancelled."""

    def __init__(self, deaths: int) -> None:
        self.deaths = deaths
        self.begun = 0
        self.lasts = asyncio.Event()

    async def __call__(self) -> None:
        self.begun += 1
        if self.begun <= self.deaths:
            raise ValueError(f"death {self.begun}")
        self.lasts.set()
        await asyncio.Event().wait()


async def test_work_that_dies_is_started_again_and_its_cause_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    work = _Work(deaths=2)
    task = supervise(work, "probe", _AT_ONCE)
    await work.lasts.wait()
    task.cancel()
    await asyncio.wait({task})
    assert work.begun == 3
    assert "task probe died" in caplog.text
    assert "ValueError: death 1" in caplog.text


async def test_cancelling_ends_the_task_for_good() -> None:
    work = _Work(deaths=0)
    task = supervise(work, "probe", _AT_ONCE)
    await work.lasts.wait()
    task.cancel()
    await asyncio.wait({task})
    assert (task.cancelled(), work.begun) == (True, 1)


async def test_a_cancellation_from_elsewhere_is_a_death_like_any_other() -> None:
    work = _Work(deaths=0)

    async def awaits_what_another_cancelled() -> None:
        if not work.begun:
            work.begun += 1
            raise asyncio.CancelledError
        await work()

    task = supervise(awaits_what_another_cancelled, "probe", _AT_ONCE)
    await work.lasts.wait()
    task.cancel()
    await asyncio.wait({task})


async def test_work_that_returns_is_over() -> None:
    async def short() -> None:
        return

    task = supervise(short, "probe", _AT_ONCE)
    await asyncio.wait({task})
    assert not task.cancelled()


async def test_an_unreferenced_task_is_not_collected() -> None:
    work = _Work(deaths=1)
    supervise(work, "probe", _AT_ONCE)
    gc.collect()
    await work.lasts.wait()


def test_pauses_double_up_to_the_longest() -> None:
    restarts = Restarts(first=1.0, longest=60.0)
    assert [restarts.pause(deaths) for deaths in (1, 2, 3, 7, 1000)] == [1, 2, 4, 60, 60]


async def test_several_deaths_in_a_row_are_reported_until_the_task_ends(
    caplog: pytest.LogCaptureFixture,
) -> None:
    work = _Work(deaths=3)
    task = supervise(work, "probe", _FAR_OFF)
    await work.lasts.wait()
    assert failing() == ("probe",)
    assert "task probe died 3 times in a row" in caplog.text
    task.cancel()
    await asyncio.wait({task})
    await asyncio.sleep(0)
    assert failing() == ()


async def test_two_deaths_are_not_yet_reported() -> None:
    work = _Work(deaths=2)
    task = supervise(work, "probe", _FAR_OFF)
    await work.lasts.wait()
    assert failing() == ()
    task.cancel()
    await asyncio.wait({task})


async def test_what_a_detached_task_raises_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    task = detach(_Work(deaths=1), "errand")
    await asyncio.wait({task})
    assert task.exception() is None
    assert "task errand died" in caplog.text
    assert "ValueError: death 1" in caplog.text
