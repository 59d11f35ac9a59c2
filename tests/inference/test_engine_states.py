"""Whatever is asked of an engine in whatever order: each run ends once, memory keeps its budget."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from inference.engine import Engine
from inference.errors import InferenceError, InferenceErrorCode
from inference.model_memory.policy import MemoryPolicy
from inference.restarts import Recovery
from inference.types import Download
from tests.inference.fake_model import FakeModel, Memory
from tests.inference.recorded_run import RecordedRun, read
from tests.inference.simulated_loop import SimulatedLoop

BUDGET = 10
MODELS = [f"m{number}" for number in range(3)]
CRASH = InferenceError(InferenceErrorCode.MODEL_CRASHED, "crashed", retryable=True)
BROKEN = InferenceError(InferenceErrorCode.MODEL_LOAD_FAILED, "broken")


class Engines(RuleBasedStateMachine):
    """Between two steps some seconds go by; at the end everything comes to rest."""

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner(loop_factory=SimulatedLoop)
        self._memory = Memory()
        self._made: list[FakeModel] = []
        self._runs: dict[asyncio.Task[RecordedRun], RecordedRun] = {}
        self._others: set[asyncio.Task[Any]] = set()
        policy = MemoryPolicy(BUDGET, yield_seconds=20, unload_minutes=1)
        recovery = Recovery(restarts=2, delays=(1.0, 5.0))
        models = [self._model("m0", 6), self._model("m1", 6), self._model("m2", None)]
        self._engine = self._in_loop(lambda: Engine(models, 64, recovery=recovery, memory=policy))

    @rule(model=st.sampled_from(MODELS), owner=st.sampled_from("ab"))
    def ask(self, model: str, owner: str) -> None:
        received = RecordedRun()
        task = self._task(read(self._engine, model, owner, received))
        self._runs[task] = received

    @rule(choice=st.randoms(use_true_random=False))
    def stop(self, choice: Any) -> None:
        if live := [task for task in self._runs if not task.done()]:
            choice.choice(live).cancel()
            self._pass(0)

    @rule(seconds=st.sampled_from([0, 0.05, 1, 7, 30, 90]))
    def wait(self, seconds: float) -> None:
        self._pass(seconds)

    @rule(model=st.sampled_from(MODELS))
    def load(self, model: str) -> None:
        self._sync(lambda: self._engine.load(model))

    @rule(model=st.sampled_from(MODELS))
    def unload(self, model: str) -> None:
        self._others.add(self._task(_quiet(self._engine.unload(model))))

    @rule(model=st.sampled_from(MODELS), other=st.sampled_from(MODELS))
    def remove(self, model: str, other: str) -> None:
        self._others.add(self._task(_quiet(self._engine.remove(model))))
        self.ask(other, "c")

    @rule(model=st.sampled_from(MODELS), size=st.sampled_from([None, 2, 6, 9, 11]))
    def add(self, model: str, size: int | None) -> None:
        if len(self._engine.models()) < 5:
            self._sync(lambda: self._engine.add(self._model(model, size)))

    @rule(model=st.sampled_from(MODELS), what=st.sampled_from(["fetch", "pause", "resume"]))
    def download(self, model: str, what: str) -> None:
        self._sync(lambda: getattr(self._engine, what)(model))

    @rule(model=st.sampled_from(MODELS))
    def choose(self, model: str) -> None:
        self._sync(lambda: self._engine.set_default(model))

    @rule(number=st.integers(0, 9), failure=st.sampled_from([CRASH, BROKEN]))
    def break_one(self, number: int, failure: InferenceError) -> None:
        model = self._made[number % len(self._made)]
        if failure is CRASH:
            model.crash(failure)
        else:
            model.failure = None if model.failure else failure

    @invariant()
    def the_budget_is_kept(self) -> None:
        assert self._memory.used <= self._memory.most <= BUDGET

    @invariant()
    def no_run_ends_twice(self) -> None:
        assert all(received.ends <= 1 for received in self._runs.values())

    def teardown(self) -> None:
        self._pass(3000)
        for task, received in self._runs.items():
            assert task.done()
            assert received.ends == (0 if task.cancelled() else 1)
        for model in self._made:
            model.failure = None
        may_crash = any(model.has_unseen_crash for model in self._made)
        received = self.ask_default()
        if may_crash and received.code is CRASH.code:
            received = self.ask_default()
        assert received.is_finished or received.code in _NOT_NOW
        self._run(self._engine.close())
        assert self._memory.used == 0
        assert all(task.done() for task in self._others)
        self._runner.close()

    def ask_default(self) -> RecordedRun:
        received: RecordedRun = self._run(read(self._engine, self._engine.default_model))
        assert received.ends == 1
        return received

    def _model(self, name: str, size: int | None) -> FakeModel:
        file = Download(0, 1000) if size == 2 else None
        model = FakeModel(name, size, self._memory, file=file)
        model.close_seconds = 1.5
        self._made.append(model)
        return model

    def _task(self, work: Any) -> asyncio.Task[Any]:
        task: asyncio.Task[Any] = self._in_loop(lambda: asyncio.ensure_future(work))
        return task

    def _sync(self, work: Any) -> None:
        with suppress(InferenceError):
            self._in_loop(work)

    def _in_loop(self, work: Any) -> Any:
        async def run() -> Any:
            return work()

        return self._run(run())

    def _pass(self, seconds: float) -> None:
        self._run(asyncio.sleep(seconds))

    def _run(self, work: Any) -> Any:
        return self._runner.run(work)


_NOT_NOW = {
    InferenceErrorCode.MODEL_TOO_LARGE,
    InferenceErrorCode.SMALLER_MODEL_FITS,
    InferenceErrorCode.DOWNLOAD_PAUSED,
}


async def _quiet(change: Any) -> None:
    with suppress(InferenceError):
        await change


def test_a_crash_while_idle_ends_the_next_answer_alone() -> None:
    engines = Engines()
    engines.load("m0")
    engines.wait(1)
    engines.break_one(0, CRASH)
    assert [engines.ask_default().code for _ in range(2)] == [CRASH.code, None]
    engines.teardown()


TestEngines = Engines.TestCase
TestEngines.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
