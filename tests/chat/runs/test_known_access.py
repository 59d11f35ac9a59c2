"""What members may use is remembered for a minute, and never from before a change."""

from __future__ import annotations

import asyncio

from chat.errors import ChatError, ErrorCode
from chat.runs.known_access import KnownAccess
from chat.store.model_access import ModelAccess

LOCAL = ModelAccess(is_owner=False, remote=False)
ALL = ModelAccess(is_owner=False, remote=True)


async def test_the_database_is_asked_once_a_minute() -> None:
    asked: list[str] = []
    now = [0.0]

    async def ask(member: str) -> ModelAccess:
        asked.append(member)
        return ALL

    known = KnownAccess(ask, lambda: now[0])
    assert [await known.of("a"), await known.of("a"), await known.of("b")] == [ALL] * 3
    now[0] = 61.0
    await known.of("a")
    assert asked == ["a", "b", "a"]


async def test_an_answer_from_before_a_change_is_not_remembered() -> None:
    answers = [ALL, LOCAL]
    go_on = asyncio.Event()

    async def ask(_: str) -> ModelAccess:
        answer = answers.pop(0)
        await go_on.wait()
        return answer

    known = KnownAccess(ask)
    early = asyncio.create_task(known.of("a"))
    await asyncio.sleep(0)
    known.forget()
    go_on.set()
    await early
    assert await known.of("a") == LOCAL


async def test_a_silent_database_leaves_what_was_known_or_nothing() -> None:
    now = [0.0]
    answers: list[ModelAccess] = [ALL]

    async def ask(_: str) -> ModelAccess:
        if not answers:
            raise ChatError(ErrorCode.STORAGE_FAILED)
        return answers.pop()

    known = KnownAccess(ask, lambda: now[0])
    await known.of("a")
    now[0] = 61.0
    assert await known.of("a") == ALL
    assert await known.of("b") == LOCAL
