"""What many tests need: a service of one's own, with backends that play at once."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import HealthCheck
from hypothesis import settings as examples

from chat.members import digit_pairing, pairing, sign_in
from chat.runs.policy import Policy
from chat.service import ChatService
from inference import InferenceError
from inference.backends.scenarios import SCENARIOS
from inference.backends.scripted import ScriptedBackend
from inference.catalog import builtin
from inference.catalog.entry import CatalogEntry
from inference.engine import Engine
from tests.builtin_models import model_file
from tests.overrides import Overrides
from tests.process_service import use_service
from tests.unread import UnreadFailures

pytest_plugins = ["tests.overdue"]

# Before torch is imported: its threads would spin while they wait for each other, and tests,
# servers and browsers share the same few cores. With two of them everything took twice as long.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

# A shell's job in the background ignores Ctrl-C, and so would all that tests start to be sent one.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Speed is shown in bench/: a busy machine fails no law. CI tries what it tried yesterday; new
# examples are for people, who can act on what they find.
examples.register_profile(
    "law",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,
)
examples.load_profile("law")


@pytest.fixture(scope="session")
def unread_failures() -> Iterator[UnreadFailures]:
    """Listens to asyncio as long as tests run."""
    made = UnreadFailures()
    logging.getLogger("asyncio").addHandler(made)
    yield made
    logging.getLogger("asyncio").removeHandler(made)


@pytest.fixture(autouse=True)
def every_failure_is_read(unread_failures: UnreadFailures) -> Iterator[None]:
    """The test that left one may be an earlier one: the text names its coroutine and line."""
    yield
    assert unread_failures.take() == []


@pytest.fixture(scope="session")
def builtin_file() -> Path:
    """The smaller built-in model's file, SmolLM2: most tests need words, not sense."""
    return _downloaded(builtin.SMOLLM2)


@pytest.fixture(scope="session")
def qwen_file() -> Path:
    """The built-in model's file, Qwen2.5-Coder-0.5B."""
    return _downloaded(builtin.QWEN)


def _downloaded(entry: CatalogEntry) -> Path:
    """Without it CI fails, others skip."""
    try:
        return model_file(entry)
    except InferenceError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"a built-in model cannot be had: {error}")


@pytest.fixture(autouse=True)
def prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test database is made already, and tests start services of their own."""

    async def nothing_left() -> None:
        pass

    monkeypatch.setattr("MyLLM.prepared.prepare", nothing_left)


@pytest.fixture
def conf() -> Iterator[Overrides]:
    """`conf.pairing = True` sets `MYLLM["PAIRING"]` until the test's end."""
    with Overrides.until_left() as overrides:
        yield overrides


@pytest.fixture
def engine() -> Engine:
    """All scenarios at high speed, two slots each; the endless one is really endless."""
    backends = [
        ScriptedBackend(scenario, slots=2, context_tokens=1 << 40, tempo=0.02)
        for scenario in SCENARIOS.values()
    ]
    return Engine(backends, queue_length=4)


@pytest_asyncio.fixture
async def service(engine: Engine, transactional_db: None) -> AsyncIterator[ChatService]:
    """A started service over the test database, closed after the test."""
    made = ChatService(engine, Policy(system_prompt="", runs_per_device=4, keep_events=64))
    await made.start()
    yield made
    await made.close()


@pytest.fixture
def served(service: ChatService, monkeypatch: pytest.MonkeyPatch) -> ChatService:
    """The service that all transports use, in place of the process's own."""
    use_service(monkeypatch, service)
    return service


@pytest.fixture
def paired_service(served: ChatService, conf: Overrides) -> ChatService:
    """A server for paired devices, where nobody has tried anything yet."""
    conf.pairing = True
    counts = (pairing.misses, sign_in.attempts, digit_pairing.digit_attempts)
    for kept in (*counts, digit_pairing.pairing_requests):
        kept.cache_clear()
    return served
