"""Every use case takes the actor first, whichever transport calls it."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

from chat.allowed_models import AllowedModels
from chat.service import ChatService

MODULES = (
    "chat.catalog.choice",
    "chat.catalog.code",
    "chat.catalog.extras",
    "chat.catalog.found",
    "chat.catalog.model_changes",
    "chat.catalog.models",
    "chat.catalog.offer",
    "chat.catalog.providers",
    "chat.library.answers",
    "chat.library.conversations",
    "chat.library.exports",
    "chat.library.imports",
    "chat.library.personas",
    "chat.members.admin_login",
    "chat.members.devices",
    "chat.members.digit_pairing",
    "chat.members.members",
    "chat.members.pairing",
    "chat.members.sign_in",
)
UNKNOWN_CALLER = "its callers are not known yet: they prove themselves by what they send"
AT_THE_COMPUTER = "for commands on the computer itself and for use cases, which check the actor"
NO_USE_CASE = "a part of use cases, which check the actor"
PROCESS = "about this process as a whole, and not what is an actor's"
EXCEPTIONS = {
    "chat.catalog.choice.make_default": NO_USE_CASE,
    "chat.catalog.extras.install_by": "wires the process at its start",
    "chat.library.imports.batches_of": NO_USE_CASE,
    "chat.members.admin_login.check_password": UNKNOWN_CALLER,
    "chat.members.digit_pairing.claim": UNKNOWN_CALLER,
    "chat.members.digit_pairing.decline": UNKNOWN_CALLER,
    "chat.members.digit_pairing.digit_attempts": PROCESS,
    "chat.members.digit_pairing.pairing_requests": PROCESS,
    "chat.members.digit_pairing.request_pairing": UNKNOWN_CALLER,
    "chat.members.members.end_of_day": NO_USE_CASE,
    "chat.members.pairing.admit": NO_USE_CASE,
    "chat.members.pairing.count_miss": UNKNOWN_CALLER,
    "chat.members.pairing.introduce": UNKNOWN_CALLER,
    "chat.members.pairing.invite": AT_THE_COMPUTER,
    "chat.members.pairing.is_open": AT_THE_COMPUTER,
    "chat.members.pairing.issue_key": AT_THE_COMPUTER,
    "chat.members.pairing.misses": PROCESS,
    "chat.members.pairing.recognise": UNKNOWN_CALLER,
    "chat.members.pairing.redeem": UNKNOWN_CALLER,
    "chat.members.sign_in.attempts": PROCESS,
    "chat.members.sign_in.sign_in": UNKNOWN_CALLER,
}
OF_NO_ACTOR = {
    "AllowedModels.forget": PROCESS,
    "ChatService.card": PROCESS,
    "ChatService.close": PROCESS,
    "ChatService.is_answering": PROCESS,
    "ChatService.models": PROCESS,
    "ChatService.start": PROCESS,
    "ChatService.watch": PROCESS,
    "ChatService.watch_engine": PROCESS,
}


def _functions(module: ModuleType) -> Iterator[tuple[str, Callable[..., Any]]]:
    for name, found in vars(module).items():
        is_own = getattr(found, "__module__", "") == module.__name__
        if is_own and callable(found) and not inspect.isclass(found) and name[0] != "_":
            yield f"{module.__name__}.{name}", found


USE_CASES = dict(pair for name in MODULES for pair in _functions(importlib.import_module(name)))
METHODS = {
    f"{kind.__name__}.{name}": found
    for kind in (AllowedModels, ChatService)
    for name, found in inspect.getmembers(kind, inspect.isfunction)
    if name[0] != "_"
}


@pytest.mark.parametrize("name", sorted(USE_CASES.keys() - EXCEPTIONS.keys()))
def test_a_use_case_takes_the_actor_first(name: str) -> None:
    assert next(iter(inspect.signature(USE_CASES[name]).parameters), "") == "actor"


@pytest.mark.parametrize("name", sorted(METHODS.keys() - OF_NO_ACTOR.keys()))
def test_the_service_takes_the_actor_first(name: str) -> None:
    assert [*inspect.signature(METHODS[name]).parameters][1:2] == ["actor"]


def test_every_exception_is_there_and_takes_no_actor() -> None:
    assert USE_CASES.keys() >= EXCEPTIONS.keys()
    assert METHODS.keys() >= OF_NO_ACTOR.keys()
    for name in EXCEPTIONS:
        assert "actor" not in inspect.signature(USE_CASES[name]).parameters
