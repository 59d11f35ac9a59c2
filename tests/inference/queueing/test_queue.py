"""People before background work; the rest is the ring's."""

from __future__ import annotations

from dataclasses import dataclass

from inference.queueing.queue import RunQueue


@dataclass(frozen=True)
class Run:
    owner: str
    number: int
    background: bool = False
    cost: int = 200


def _queue(*runs: Run) -> RunQueue[Run]:
    queue: RunQueue[Run] = RunQueue()
    for run in runs:
        queue.push(run)
    return queue


def test_one_owners_twenty_delay_another_by_one() -> None:
    queue = _queue(*(Run("heavy", n) for n in range(20)), Run("light", 20))
    assert [run.owner for run in queue.order()][:3] == ["heavy", "light", "heavy"]


def test_background_work_waits_for_all_others() -> None:
    title, question = Run("a", 0, background=True), Run("b", 1)
    queue = _queue(title, question)
    assert queue.order() == [question, title]
    assert queue.pop() == question
    assert queue.pop(background=False) is None
    assert queue.pop() == title


def test_owners_are_counted_and_may_leave() -> None:
    queue = _queue(Run("a", 0), Run("a", 1, background=True), Run("b", 2))
    assert (len(queue), queue.count("a")) == (3, 2)
    assert queue.remove(Run("a", 1, background=True))
    assert not queue.remove(Run("a", 1, background=True))
    assert queue.count("a") == 1


def test_a_run_dearer_than_estimated_is_paid_for_later() -> None:
    first = Run("a", 0)
    queue = _queue(first, Run("a", 1), *(Run("b", n) for n in range(2, 6)))
    assert queue.pop() == first
    queue.charge(first, 700)
    assert [run.owner for run in queue.order()] == ["b", "b", "b", "b", "a"]
