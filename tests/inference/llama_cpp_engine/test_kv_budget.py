"""The shared cache never overflows by what is known of it, and every answer ends."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inference.llama_cpp_engine.kv_budget import KvBudget, Share


def _entered(budget: KvBudget, *shares: Share) -> KvBudget:
    for share in shares:
        budget.enter(share)
    return budget


def test_one_begins_where_its_prompt_and_space_to_grow_fit_beside_the_others() -> None:
    budget = _entered(KvBudget(1024), Share(0, 500))
    assert budget.fits(Share(1, 400))
    assert not budget.fits(Share(1, 500))


def test_an_answer_that_will_be_short_needs_no_more_than_it_may_say() -> None:
    budget = _entered(KvBudget(1024), Share.of(0, 500, 8))
    assert budget.fits(Share.of(1, 508, 8))


def test_where_nothing_runs_anything_begins() -> None:
    assert KvBudget(1024).fits(Share(0, 5000))


def test_what_takes_no_space_begins_in_a_full_cache() -> None:
    assert _entered(KvBudget(1024), Share(0, 1020)).fits(Share.of(1, 0, 0))


def test_the_one_with_the_fewest_tokens_preempted() -> None:
    shares = [Share(0, 40), Share(1, 500), Share(2, 100), Share(3, 300)]
    budget = _entered(KvBudget(1024), *shares)
    budget.grow(shares[1], 530)
    assert [share.preempted for share in shares] == [False, False, True, False]


def test_of_two_alike_the_younger_preempted() -> None:
    shares = [Share(0, 350), Share(2, 350), Share(1, 350)]
    _entered(KvBudget(1024), *shares).grow(shares[0], 351)
    assert [share.preempted for share in shares] == [False, True, False]


def test_the_oldest_goes_on_though_it_has_the_fewest() -> None:
    shares = [Share(3, 20), Share(4, 900)]
    _entered(KvBudget(1024), *shares).grow(shares[1], 1000)
    assert [share.preempted for share in shares] == [False, True]


def test_a_steady_one_goes_on_though_it_has_the_fewest() -> None:
    shares = [Share(0, 500), Share(1, 100, steady=True), Share(2, 350)]
    _entered(KvBudget(1024), *shares).grow(shares[0], 600)
    assert [share.preempted for share in shares] == [False, False, True]


def test_as_many_give_way_as_it_takes() -> None:
    shares = [Share(0, 600), Share(1, 50), Share(2, 50), Share(3, 50)]
    _entered(KvBudget(1024), *shares).grow(shares[0], 940)
    assert [share.preempted for share in shares] == [False, False, True, True]


def test_one_that_is_alone_is_never_interrupted() -> None:
    share = Share(0, 10)
    _entered(KvBudget(1024), share).grow(share, 1024)
    assert not share.preempted


def test_none_begins_beside_one_that_must_be_alone() -> None:
    budget = _entered(KvBudget(1024), Share(0, 10, alone=True))
    assert not budget.fits(Share(1, 1))
    assert not _entered(KvBudget(1024), Share(1, 1)).fits(Share(0, 10, alone=True))


def test_who_shared_cache_is_known_after_it_has_left() -> None:
    budget, first, second = KvBudget(1024), Share(0, 10), Share(1, 10)
    budget.enter(first)
    assert not first.shared_cache
    budget.enter(second)
    budget.leave(second)
    assert first.shared_cache
    assert second.shared_cache


@given(
    st.integers(256, 4096),
    st.lists(st.tuples(st.integers(1, 3000), st.integers(1, 3000)), min_size=1, max_size=12),
)
def test_all_end_within_the_cache_whatever_they_ask(
    capacity: int, asked: list[tuple[int, int]]
) -> None:
    """As llama.cpp does it: each that runs grows by a token a step, up to the context."""
    left = {Share.of(n, *sizes): sizes[1] for n, sizes in enumerate(asked)}
    waiting, running, budget = list(left), list[Share](), KvBudget(capacity)
    steps = 0
    while left:
        while waiting and budget.fits(waiting[0]):
            budget.enter(waiting[0])
            running.append(waiting.pop(0))
        for share in running:
            budget.grow(share, share.tokens + 1)
            left[share] -= 1
        assert len(running) == 1 or sum(share.tokens for share in running) <= capacity
        for share in [each for each in running if each.preempted or not left[each]]:
            running.remove(share)
            budget.leave(share)
            if left[share]:
                waiting.append(share)
            else:
                del left[share]
        waiting.sort(key=lambda share: share.number)
        steps += 1
    assert steps <= sum(most for _, most in asked)
