"""Owners share by tokens, whatever comes when; the predicted order is the order served."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from inference.queueing.fair_queue import FairQueue

QUANTUM = 10
LARGEST = 60


@dataclass(frozen=True)
class Run:
    owner: str
    number: int
    cost: int = 1


costs = st.lists(st.integers(1, LARGEST), min_size=40, max_size=40)
arrivals = st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 500)), max_size=30)
blocked = st.sets(st.sampled_from("abcd"))


def _ring(wanted: list[tuple[str, int]]) -> FairQueue[Run]:
    ring: FairQueue[Run] = FairQueue(QUANTUM)
    for number, (owner, cost) in enumerate(wanted):
        ring.push(Run(owner, number, cost))
    return ring


@given(costs, costs, costs)
def test_service_between_waiting_owners_is_bounded(
    a: list[int], b: list[int], c: list[int]
) -> None:
    mine = {"a": a, "b": b, "c": c}
    ring = _ring([(owner, cost) for owner, line in mine.items() for cost in line])
    served = dict.fromkeys(mine, 0)
    while all(ring.count(owner) for owner in mine):
        run = ring.pop()
        assert run is not None
        served[run.owner] += run.cost
        assert max(served.values()) - min(served.values()) <= 2 * LARGEST + QUANTUM


@given(costs, st.lists(st.integers(0, LARGEST), min_size=120, max_size=120))
def test_it_stays_bounded_when_runs_cost_more_or_less_than_estimated(
    estimates: list[int], actual: list[int]
) -> None:
    ring = _ring([(owner, cost) for owner in "abc" for cost in estimates])
    served = dict.fromkeys("abc", 0)
    while all(ring.count(owner) for owner in "abc"):
        run = ring.pop()
        assert run is not None
        cost = actual[run.number]
        ring.charge(run.owner, cost - run.cost)
        served[run.owner] += cost
        assert max(served.values()) - min(served.values()) <= 3 * LARGEST + 2 * QUANTUM


@given(arrivals, blocked, st.integers(0, 30))
def test_the_predicted_order_is_the_order_served(
    wanted: list[tuple[str, int]], passed_over: set[str], gone: int
) -> None:
    ring = _ring(wanted)
    for _ in range(min(gone, len(wanted))):
        ring.pop()
    received = ring.order(passed_over)
    served = []
    while (run := ring.pop(passed_over)) or (run := ring.pop()):
        served.append(run)
    assert served == received
    assert len(served) == max(len(wanted) - gone, 0)
    for owner in "abcd":
        mine = [run.number for run in served if run.owner == owner]
        assert mine == sorted(mine)


@given(st.integers(1, 10_000), st.integers(2, 20))
def test_one_owners_many_runs_delay_another_by_one(cost: int, many: int) -> None:
    ring = _ring([("heavy", cost)] * many)
    ring.pop()
    ring.push(Run("light", 99, min(cost, QUANTUM)))
    owners = [run.owner for run in ring.order()]
    assert owners.index("light") * cost <= cost + QUANTUM


def test_a_blocked_owner_loses_no_credit_and_delays_no_other() -> None:
    ring = _ring([("a", 5), ("b", 5)])
    assert ring.pop({"a"}) == Run("b", 1, 5)
    assert ring.pop({"a"}) is None
    assert ring.pop() == Run("a", 0, 5)


def test_a_debt_lasts_while_others_wait() -> None:
    ring = _ring([("a", 5), ("a", 5), *[("b", 5)] * 4])
    assert ring.pop() == Run("a", 0, 5)
    ring.charge("a", 20)
    assert [run.owner for run in ring.order()] == ["b", "b", "b", "b", "a"]


def test_who_has_left_is_not_served() -> None:
    ring = _ring([("a", 5), ("b", 5)])
    assert ring.remove(Run("a", 0, 5))
    assert not ring.remove(Run("a", 0, 5))
    assert ring.pop() == Run("b", 1, 5)
    assert ring.pop() is None
