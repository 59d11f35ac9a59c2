"""One import at a time, which continues if its caller is cancelled."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable

import pytest

from chat.actor import OWNER, VISITORS, Identity, Role
from chat.errors import ChatError, ErrorCode
from chat.library import imports
from chat.models import Message
from chat.service import ChatService
from chat.store import in_database
from chat.store.imports import Insertion
from tests.live.member_with_history import history
from tests.overrides import Overrides

CALLER = Identity(OWNER, "phone", Role.OWNER)


def _file(count: int, key: str) -> io.BytesIO:
    return io.BytesIO(history(count, key))


async def test_imports_take_turns(
    paired_service: ChatService, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []

    def noted(name: str, kept: Callable[..., object]) -> Callable[..., object]:
        def method(insertion: Insertion, *args: object) -> object:
            order.append(f"{name} {insertion._found.id}")
            return kept(insertion, *args)

        return method

    for name in ("begin", "finish"):
        monkeypatch.setattr(Insertion, name, noted(name, getattr(Insertion, name)))
    files = [_file(120, key) for key in ("a", "b")]
    await asyncio.gather(*(imports.import_file(CALLER, paired_service, file) for file in files))
    assert order == ["begin a", "finish a", "begin b", "finish b"]


async def test_an_import_continues_without_its_caller(paired_service: ChatService) -> None:
    importing = asyncio.create_task(imports.import_file(CALLER, paired_service, _file(200, "a")))
    while not await in_database(Message.objects.count):
        pass
    importing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await importing
    await paired_service.import_turn.take()
    assert await in_database(Message.objects.count) == 200


async def test_a_turn_is_given_back_after_a_refusal(paired_service: ChatService) -> None:
    for body in (b"", b"PK", b"[1]"):
        with pytest.raises(ChatError):
            await imports.import_file(CALLER, paired_service, io.BytesIO(body))
    assert (await imports.import_file(CALLER, paired_service, _file(2, "a"))).messages == 2


@pytest.mark.parametrize(
    ("caller", "setting"),
    [
        (Identity("g", "phone", Role.GUEST), "guest_import_messages"),
        (Identity(VISITORS, "10.0.0.9", Role.VISITOR), "guest_import_messages"),
        (Identity("m", "phone", Role.MEMBER), "import_messages"),
        (Identity(OWNER, "10.0.0.9", Role.VISITOR), "import_messages"),
    ],
)
async def test_the_limit_is_the_callers_own(
    paired_service: ChatService, conf: Overrides, caller: Identity, setting: str
) -> None:
    conf.guest_import_messages = conf.import_messages = 100
    setattr(conf, setting, 10)
    with pytest.raises(ChatError) as raised:
        await imports.import_file(caller, paired_service, _file(10, "a"))
    assert raised.value.code is ErrorCode.IMPORT_TOO_LONG
    assert raised.value.detail == {"limit": 10, "setting": setting}
    assert await in_database(Message.objects.count) == 0
    assert (await imports.import_file(caller, paired_service, _file(9, "a"))).messages == 9


async def test_a_guests_message_is_no_longer_than_one_they_may_send(
    paired_service: ChatService, conf: Overrides
) -> None:
    conf.frame_bytes = 1024
    body = history(1, "a").replace(b'"x"', b'"' + b"x" * 1024 + b'"')
    with pytest.raises(ChatError) as raised:
        await imports.import_file(
            Identity("g", "phone", Role.GUEST), paired_service, io.BytesIO(body)
        )
    assert "1024" in str(raised.value.detail["reason"])
    assert (await imports.import_file(CALLER, paired_service, io.BytesIO(body))).messages == 1


async def test_nothing_is_stored_for_a_member_who_has_been_removed_meanwhile(
    paired_service: ChatService,
) -> None:
    caller = Identity("gone", "phone", Role.MEMBER, is_paired=True)
    with pytest.raises(ChatError, match="unknown_member"):
        await imports.import_file(caller, paired_service, _file(2, "a"))
    assert await in_database(Message.objects.count) == 0
