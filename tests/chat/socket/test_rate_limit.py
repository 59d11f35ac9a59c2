"""The bucket empties with use and refills with time."""

from __future__ import annotations

from chat.socket.rate_limit import TokenBucket


def test_four_seconds_worth_may_come_at_once() -> None:
    bucket = TokenBucket(10, clock=lambda: 0.0)
    assert [bucket.take() for _ in range(41)] == [True] * 40 + [False]


def test_time_refills_it_up_to_its_size() -> None:
    now = 0.0
    bucket = TokenBucket(10, clock=lambda: now)
    while bucket.take():
        pass
    now = 0.1
    assert [bucket.take(), bucket.take()] == [True, False]
    now = 1000.0
    assert sum(bucket.take() for _ in range(100)) == 40


def test_what_is_refused_is_counted_until_the_bucket_is_full_again() -> None:
    now = 0.0
    bucket = TokenBucket(10, clock=lambda: now)
    assert [bucket.take() for _ in range(45)].count(False) == bucket.refused == 5
    now = 0.15
    assert [bucket.take(), bucket.take()] == [True, False]
    assert bucket.refused == 6
    now = 100.0
    assert bucket.take()
    assert bucket.refused == 0
