"""The scripted models keep the contract, and play what their names say."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from inference.backends.base import Backend
from inference.backends.scenarios import SCENARIOS, Line, Scenario
from inference.backends.scripted import ScriptedBackend
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import GenerationFinished, TextDelta
from inference.types import ChatMessage
from tests.inference.backends.contract import BackendContract, read, request, text_of


class TestScripted(BackendContract):
    @pytest.fixture
    def backend(self) -> Backend:
        return ScriptedBackend(SCENARIOS["endless"], slots=2, tempo=0)

    def break_next_run(self, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
        pieces = itertools.count()

        def check() -> None:
            if next(pieces) == 1:
                raise InferenceError(InferenceErrorCode.BACKEND_FAILED, "broken", retryable=True)

        monkeypatch.setattr(backend, "_check_open", check)

    def crash(self, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
        assert isinstance(backend, ScriptedBackend)
        backend._go_down(InferenceError(InferenceErrorCode.MODEL_CRASHED, "gone", retryable=True))

    def hang(self, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
        assert isinstance(backend, ScriptedBackend)
        monkeypatch.setattr(backend, "_scenario", SCENARIOS["silence"])
        return lambda: monkeypatch.setattr(backend, "_scenario", SCENARIOS["endless"])


async def _play(name: str, reasoning: str = "", answer: str = "") -> dict[str, str]:
    backend = ScriptedBackend(SCENARIOS[name], slots=1, tempo=0)
    generated = {"answer": "", "reasoning": ""}
    wanted = replace(request("你好"), reasoning_so_far=reasoning, answer_so_far=answer)
    for event in await read(backend.generate(wanted)):
        if isinstance(event, TextDelta):
            generated[event.channel] += event.text
    return generated


@pytest.mark.parametrize("name", ["plain", "markdown", "reasoning", "slow"])
async def test_a_scenario_is_deterministic(name: str) -> None:
    generated = await _play(name)
    assert generated == await _play(name)
    assert generated["answer"]


async def test_the_plain_answer_repeats_the_question() -> None:
    assert "你好" in (await _play("plain"))["answer"]


@pytest.mark.parametrize("name", ["plain", "markdown", "reasoning"])
async def test_a_script_goes_on_at_the_very_character(name: str) -> None:
    whole = await _play(name)
    reasoning, answer = whole["reasoning"], whole["answer"]
    cuts = [(reasoning[:at], "") for at in range(len(reasoning))]
    cuts += [(reasoning, answer[:at]) for at in range(1, len(answer) + 1, 7)]
    for generated in cuts:
        rest = await _play(name, *generated)
        assert (generated[0] + rest["reasoning"], generated[1] + rest["answer"]) == (
            reasoning,
            answer,
        )


async def test_reasoning_comes_on_its_own_channel() -> None:
    generated = await _play("reasoning")
    assert generated["reasoning"]
    assert "<think>" not in generated["reasoning"] + generated["answer"]


async def test_the_failing_scenario_fails_after_some_text() -> None:
    backend = ScriptedBackend(SCENARIOS["error"], slots=1, tempo=0)
    events = backend.generate(request("你好"))
    assert isinstance(await anext(events), TextDelta)
    with pytest.raises(InferenceError) as raised:
        await read(events)
    assert raised.value.retryable


async def test_the_end_of_a_script_is_a_stop() -> None:
    backend = ScriptedBackend(SCENARIOS["plain"], slots=1, tempo=0)
    end = (await read(backend.generate(request("你好"))))[-1]
    assert isinstance(end, GenerationFinished)
    assert end.reason == "stop"


async def test_the_loop_is_stopped_where_that_is_wanted() -> None:
    backend = ScriptedBackend(SCENARIOS["loop"], slots=1, tempo=0)
    *received, end = await read(backend.generate(replace(request("你好"), stop_repetition=True)))
    assert isinstance(end, GenerationFinished)
    assert end.reason == "repetition"
    assert 200 < len(text_of(received)) < 300
    unstopped = (await read(backend.generate(request("你好", max_new_tokens=400))))[-1]
    assert isinstance(unstopped, GenerationFinished)
    assert unstopped.reason == "length"


def test_scenarios_are_kept_by_their_names() -> None:
    assert [s.name for s in SCENARIOS.values()] == list(SCENARIOS)
    assert all(dataclasses.is_dataclass(s) for s in SCENARIOS.values())


def _halves(messages: tuple[ChatMessage, ...]) -> Iterator[Line]:
    for text in ("一半 \ud83d", "\ude00 完整，", "又一半 \ud83d", "\0 结束", "\ud83d"):
        yield Line("answer", text)


WHOLE = "一半 😀 完整，又一半 \ufffd\ufffd 结束\ufffd"


@pytest.mark.parametrize("generated", [0, 3, 4, 12, len(WHOLE)])
async def test_halves_of_characters_are_made_whole_and_gone_on_with(generated: int) -> None:
    backend = ScriptedBackend(Scenario("halves", "", _halves), slots=1, tempo=0)
    wanted = replace(request("问"), answer_so_far=WHOLE[:generated])
    events = await read(backend.generate(wanted))
    assert text_of(events) == WHOLE[generated:]


async def test_a_stop_string_is_found_in_the_text_as_readers_see_it() -> None:
    backend = ScriptedBackend(Scenario("halves", "", _halves), slots=1, tempo=0)
    events = await read(backend.generate(request("问", stop=("😀",))))
    assert text_of(events) == "一半 "


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS.keys())
def test_each_has_a_name_in_both_languages(scenario: Scenario) -> None:
    card = ScriptedBackend(scenario, slots=1).card
    assert (card.name[:3], card.english_name[:10]) == ("脚本：", "Scripted: ")


async def test_the_whole_length_is_prompt_and_answer() -> None:
    backend = ScriptedBackend(SCENARIOS["endless"], slots=1, tempo=0)
    end = (await read(backend.generate(request("你好", max_length=9))))[-1]
    assert isinstance(end, GenerationFinished)
    assert end.reason == "length"
    assert end.usage.prompt_tokens + end.usage.completion_tokens == 9
