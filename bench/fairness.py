"""One device with twenty questions, and thirty devices at once: who waits for whom.

Physics. A model decodes all its slots in one batch, and a batch of eight takes longer a step
than a batch of one: beside others the first token takes longer however fair the queue is. What
the queue decides is whether it also waits for a slot. A quarter of the slots is kept for other
owners, so a light device's first token should take at most twice what it takes alone; with no
slot kept it waits until one of the heavy device's answers ends. Thirty devices with one
question each leave no choice but turns: the last should begin when the slots have gone round,
and the finishing times should spread evenly.

The engine runs in this process with the built-in model: sockets are measured elsewhere.

    python3 -m bench.fairness [--tokens 32] [--repetitions 3] [--phones 30]
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from statistics import median

from bench.model import builtin_file
from bench.report import print_result, print_table, say
from inference import (
    ChatMessage,
    Engine,
    EngineConfig,
    GenerationFinished,
    GenerationRequest,
    QueuePosition,
    SamplingOptions,
    Started,
    TextDelta,
    open_engine,
)

HEAVY_QUESTIONS = 20
SLOTS = 8


@dataclass(slots=True)
class Answer:
    """Seconds since the question; `promised` is the first waiting time that was sent."""

    promised: float | None = None
    started: float = 0.0
    first_token: float = 0.0
    finished: float = 0.0


async def ask(engine: Engine, owner: str, question: str, tokens: int) -> Answer:
    """One question to its end."""
    options = SamplingOptions(max_new_tokens=tokens, temperature=1.0, seed=1)
    messages = (ChatMessage("user", question),)
    request = GenerationRequest("r", engine.default_model, owner, messages, options)
    answer, asked = Answer(), time.monotonic()
    async with aclosing(engine.generate(request)) as events:
        async for event in events:
            passed = time.monotonic() - asked
            match event:
                case QueuePosition() if answer.promised is None:
                    answer.promised = event.eta_seconds
                case Started():
                    answer.started = passed
                case TextDelta() if not answer.first_token:
                    answer.first_token = passed
                case GenerationFinished():
                    answer.finished = passed
    return answer


@asynccontextmanager
async def engine_with(slots_per_owner: int, tokens: int) -> AsyncIterator[Engine]:
    """The built-in model, loaded and warm."""
    file = builtin_file()
    engine = open_engine(
        EngineConfig(
            models=(str(file),),
            models_dir=file.parent,
            slots=SLOTS,
            slots_per_owner=slots_per_owner,
        )
    )
    await asyncio.gather(*(ask(engine, f"w{n}", f"Warm up {n}.", tokens) for n in range(SLOTS)))
    yield engine
    await engine.close()


async def light(engine: Engine, where: str, repetitions: int, tokens: int) -> list[float]:
    """Seconds to the first token, one question after the other."""
    asked = [_question(where, number) for number in range(repetitions)]
    return [(await ask(engine, "light", question, tokens)).first_token for question in asked]


async def light_beside_heavy(engine: Engine, repetitions: int, tokens: int) -> list[float]:
    """The same while another device's questions fill what they may of the model."""
    heavy = [
        asyncio.create_task(ask(engine, "heavy", _question("heavy", n), 4 * tokens))
        for n in range(HEAVY_QUESTIONS)
    ]
    await asyncio.sleep(1.0)
    seconds = await light(engine, "beside", repetitions, tokens)
    for question in heavy:
        question.cancel()
    await asyncio.wait(heavy)
    return seconds


async def phones_at_once(engine: Engine, phones: int, tokens: int) -> list[Answer]:
    """One question from each, all at the same moment."""
    asking: list[Coroutine[None, None, Answer]] = [
        ask(engine, f"phone {n}", _question("phone", n), tokens) for n in range(phones)
    ]
    return list(await asyncio.gather(*asking))


def _question(who: str, number: int) -> str:
    return f"{who} {number}: tell me a very long story about the number {number}."


async def measure(arguments: argparse.Namespace) -> dict[str, object]:
    """All figures; prints the tables on the way."""
    tokens, repetitions = arguments.tokens, arguments.repetitions
    async with engine_with(0, tokens) as engine:
        say("a light device alone, then beside a heavy one")
        alone = await light(engine, "alone", repetitions, tokens)
        kept = await light_beside_heavy(engine, repetitions, tokens)
        say(f"{arguments.phones} phones at once")
        answers = await phones_at_once(engine, arguments.phones, tokens)
    phones = _spread(answers)
    say("beside a heavy one with no slot kept")
    async with engine_with(SLOTS, tokens) as engine:
        unkept = await light_beside_heavy(engine, 1, tokens)
    rows = {"alone": alone, "beside, a quarter kept": kept, "beside, none kept": unkept}
    print_table(
        ("light device", "first token s", "worst s", "ratio"),
        [(n, median(s), max(s), median(s) / median(alone)) for n, s in rows.items()],
    )
    return {
        **{name: [round(s, 3) for s in seconds] for name, seconds in rows.items()},
        "ratio": round(median(kept) / median(alone), 2),
        "ratio_none_kept": round(median(unkept) / median(alone), 2),
        "phones": phones,
    }


def _spread(answers: list[Answer]) -> dict[str, object]:
    finished = sorted(answer.finished for answer in answers)
    received = [(a.promised, a.started) for a in answers if a.promised is not None]
    figures = {
        "first_finished": finished[0],
        "median_finished": median(finished),
        "last_finished": finished[-1],
        "first_token_median": median(answer.first_token for answer in answers),
        "first_token_worst": max(answer.first_token for answer in answers),
        "promise_off_median": median([abs(p - s) for p, s in received]) if received else 0.0,
    }
    print_table(("phones at once", "seconds"), list(figures.items()))
    unfinished = sum(not answer.finished for answer in answers)
    return {"unfinished": unfinished, **{name: round(s, 2) for name, s in figures.items()}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tokens", type=int, default=32)
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--phones", type=int, default=30)
    print_result("fairness", asyncio.run(measure(parser.parse_args())))


if __name__ == "__main__":
    main()
