"""Locks by key: first come first served, independent of other keys, and gone when nobody waits."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from chat.runs.keyed_locks import KeyedLocks


@given(st.lists(st.sampled_from("abc"), max_size=12))
def test_holders_of_one_key_come_one_by_one_in_their_order(keys: list[str]) -> None:
    asyncio.run(_hold_all(keys))


async def _hold_all(keys: list[str]) -> None:
    locks, inside = KeyedLocks(), set[str]()
    came: list[tuple[str, int]] = []

    async def hold(number: int, key: str) -> None:
        async with locks.hold(key):
            assert key not in inside
            inside.add(key)
            came.append((key, number))
            await asyncio.sleep(0)
            inside.remove(key)

    await asyncio.gather(*(hold(number, key) for number, key in enumerate(keys)))
    for key in "abc":
        numbers = [number for one, number in came if one == key]
        assert numbers == sorted(numbers)
    assert len(came) == len(keys)
    assert len(locks) == 0


async def test_one_key_does_not_wait_for_another() -> None:
    locks = KeyedLocks()
    async with locks.hold("a"), locks.hold("b"):
        assert len(locks) == 2


async def test_a_lock_is_dropped_after_a_failure_and_a_cancelled_wait() -> None:
    locks = KeyedLocks()

    async def wait() -> None:
        async with locks.hold("a"):
            raise AssertionError("held by another")

    try:
        async with locks.hold("a"):
            waiting = asyncio.create_task(wait())
            await asyncio.sleep(0)
            waiting.cancel()
            await asyncio.wait({waiting})
            raise ValueError
    except ValueError:
        assert len(locks) == 0
    assert waiting.cancelled()
