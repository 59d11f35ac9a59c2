"""What all models together may hold."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from inference.model_memory.budget import MemoryBudget, private_memory

GB = 1_000_000_000


def _measured(free: int, private: int) -> MemoryBudget:
    budget = MemoryBudget(0, lambda: free, lambda: private)
    budget.measure(frozenset({"a"}))
    return budget


def test_a_limit_is_the_budget() -> None:
    assert MemoryBudget(3 * GB).total(held=2 * GB) == 3 * GB


def test_what_models_give_back_counts_as_free() -> None:
    alone = _measured(4 * GB, 0).total(held=0)
    assert 3 * GB < alone < 4 * GB
    assert _measured(2 * GB, 3 * GB).total(held=2 * GB) == alone


def test_weights_mapped_from_a_file_are_not_counted_twice() -> None:
    """The system calls their 2 GB available, whether they are used or not."""
    mapped = _measured(4 * GB, GB).total(held=3 * GB)
    assert mapped == _measured(5 * GB, 0).total(held=0)


def test_it_knows_for_which_models_it_was_measured() -> None:
    budget = _measured(GB, GB)
    assert budget.knows(frozenset({"a"}))
    assert not budget.knows(frozenset({"a", "b"}))
    assert MemoryBudget(GB).knows(frozenset({"b"}))


def test_memory_that_is_taken_and_given_back_is_seen_also_in_a_child() -> None:
    """Measured from a new process: this one may have room left, and other children."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        before, taken, given_back, beside_child = pool.submit(_measured_in_turn).result()
    assert taken - before > 150_000_000
    assert given_back < taken
    assert beside_child > given_back + 1_000_000


def _measured_in_turn() -> tuple[int, int, int, int]:
    before = private_memory()
    block = bytearray(200_000_000)
    taken = private_memory()
    del block
    given_back = private_memory()
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        pool.submit(abs, 1).result()
        return before, taken, given_back, private_memory()
