"""The transformers engine against the tutorials' way and against transformers' own batching.

Physics. Decoding reads every weight once per step, however many runs share it: alone a chat is
bound by that reading (or, for a small model, by Python's dispatch of some hundred kernels a step),
so chats that share a step are nearly free until the multiplications themselves take longer than the
reading. A thread per request reads the weights once per chat and shares nothing. The floor of a
step is weights in bytes divided by the memory's bandwidth, which is measured here by a copy.

    python3 -m bench.bench_engine [--model smollm2] [--device cpu] [--dtype bfloat16]
                                  [--chats 1,4,8,16] [--tokens 32] [--repeats 2]

On a GPU: `--device cuda --model qwen2.5-0.5b --chats 1,8,32,64 --tokens 128`, and again with
`--model r1-distill-qwen-1.5b`. Threads wait for one another there too; they are measured for one
chat and for eight.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median, quantiles

import torch

from bench.contenders import Answer, BatchingManager, Contender, OwnEngine, ThreadPerRequest
from bench.engine_models import MODELS, BenchModel, bench_model
from bench.report import print_result, print_table, say

_PROMPT = 32
_HISTORY = 700
_LONG_HISTORY = 1500
_LONG_PROMPT = 1600
_MANY_THREADS = 16


@dataclass(frozen=True, slots=True)
class Round:
    """One contender, so many chats; seconds but for the rate, which is of all chats together."""

    way: str
    chats: int
    history: int
    tokens_per_second: float
    ttft_p50: float
    ttft_p95: float
    itl_p50: float
    itl_p95: float


@dataclass(frozen=True, slots=True)
class Bench:
    """What all rounds share."""

    made: BenchModel
    new_tokens: int
    repeats: int

    def prompts(self, chats: int, length: int) -> list[list[int]]:
        """Other words every time, so that no prefix of an earlier round is reused."""
        words = range(min(1000, self.made.vocabulary - 1), self.made.vocabulary)
        return [random.choices(words, k=length) for _ in range(chats)]  # noqa: S311 - no secret

    def round(self, way: str, contender: Contender, chats: int, history: int) -> Round:
        """The median of the repeats, by rate."""
        rounds = [self._once(way, contender, chats, history) for _ in range(self.repeats)]
        best = sorted(rounds, key=lambda one: one.tokens_per_second)[len(rounds) // 2]
        say(f"{way}, {chats} chats, {history} tokens before: {best.tokens_per_second:.1f} tokens/s")
        return best

    def _once(self, way: str, contender: Contender, chats: int, history: int) -> Round:
        prompts = self.prompts(chats, history)
        began = time.perf_counter()
        answers = contender.ask(prompts, self.new_tokens)
        seconds = time.perf_counter() - began
        first = [answer.at[0] - answer.asked for answer in answers]
        between = [gap for answer in answers for gap in _gaps(answer)]
        rate = chats * self.new_tokens / seconds
        return Round(
            way, chats, history, rate, *_middle_and_tail(first), *_middle_and_tail(between)
        )


def main() -> None:
    arguments = _arguments()
    dtype = getattr(torch, arguments.dtype)
    chats = [int(number) for number in arguments.chats.split(",")]
    made = bench_model(arguments.model, arguments.device, dtype)
    bench = Bench(made, arguments.tokens, arguments.repeats)
    rounds = _rounds(bench, arguments.device, chats, arguments.ways.split(","))
    print_table(
        ["way", "chats", "before", "tokens/s", "TTFT p50", "p95", "ITL p50", "p95"],
        [[_cell(value) for value in asdict(one).values()] for one in rounds],
    )
    own = OwnEngine(made, max(chats), 2 * _LONG_PROMPT)
    figures = {
        "model": arguments.model,
        "device": _device(arguments.device),
        "dtype": arguments.dtype,
        "rounds": [asdict(one) for one in rounds],
        "ratios": _ratios(rounds),
        "floor": _floor(made, arguments.device),
        "turn_six": _turn_six(own, bench),
        "stop": _stop(own, bench),
    }
    own.close()
    for name in ("ratios", "floor", "turn_six", "stop"):
        print(f"{name}: {figures[name]}")
    print_result("engine", figures)


def _rounds(bench: Bench, device: str, chats: list[int], ways: list[str]) -> list[Round]:
    slots, slot_tokens = max(chats), 2 * _HISTORY
    found: list[Round] = []
    long = [number for number in chats if number >= 8]
    makers: dict[str, tuple[Callable[[], Contender], int]] = {
        "ours": (lambda: OwnEngine(bench.made, slots, slot_tokens), slots),
        "manager": (lambda: BatchingManager(bench.made, slots, slot_tokens), slots),
        "threads": (lambda: ThreadPerRequest(bench.made, device=device), _MANY_THREADS),
    }
    for way in ways:
        make, most = makers[way]
        contender = make()
        contender.ask(bench.prompts(2, _PROMPT), 4)
        found += [bench.round(way, contender, n, _PROMPT) for n in chats if n <= most]
        if way != "threads":
            found += [bench.round(way, contender, n, _HISTORY) for n in long]
        contender.close()
    return found


def _ratios(rounds: list[Round]) -> dict[str, float]:
    """Ours over each other way, where both were measured."""
    rates = {(one.way, one.chats, one.history): one.tokens_per_second for one in rounds}
    return {
        f"{way}, {chats} chats, {history} before": round(rates["ours", chats, history] / rate, 2)
        for (way, chats, history), rate in rates.items()
        if way != "ours" and ("ours", chats, history) in rates
    }


def _floor(made: BenchModel, device: str) -> dict[str, float]:
    """Seconds a step takes at least: the weights read once at the speed of a copy."""
    weights = sum(parameter.nbytes for parameter in made.load().parameters())
    source = torch.empty(256 * 1024 * 1024, dtype=torch.uint8, device=device)
    target = torch.empty_like(source)
    seconds = min(_seconds(lambda: target.copy_(source), device) for _ in range(5))
    bandwidth = 2 * source.nbytes / seconds
    return {"weights_bytes": weights, "bytes_per_second": bandwidth, "step": weights / bandwidth}


def _turn_six(own: OwnEngine, bench: Bench) -> dict[str, float]:
    """Time to the first token of a sixth turn, its history in a slot, and with none kept."""
    ratios, colds, warms = [], [], []
    for _ in range(3):
        (history,) = bench.prompts(1, _LONG_HISTORY)
        (question,) = bench.prompts(1, 20)
        colds.append(_first(own.ask([history], 2)[0]))
        warms.append(_first(own.ask([history + question], 2)[0]))
        ratios.append(warms[-1] / colds[-1])
    return {"cold": median(colds), "warm": median(warms), "ratio": median(ratios)}


def _stop(own: OwnEngine, bench: Bench) -> dict[str, float]:
    """Steps begun after a stop, and seconds to the slot's freedom, decoding and in a prefill."""
    decoding = _stopped(own, bench.prompts(1, _PROMPT)[0], 4)
    prefilling = _stopped(own, bench.prompts(1, _LONG_PROMPT)[0], 1)
    return {
        "steps_decoding": decoding[0],
        "seconds_decoding": decoding[1],
        "steps_prefilling": prefilling[0],
        "seconds_prefilling": prefilling[1],
    }


def _stopped(own: OwnEngine, prompt: list[int], after_steps: int) -> tuple[int, float]:
    begin = own.runner.steps
    generation, answer = own.begin(prompt, 400)
    while own.runner.steps < begin + after_steps:
        time.sleep(0.0005)
    at, began = own.runner.steps, time.perf_counter()
    own.worker.cancel(generation)
    answer.wait()
    return own.runner.steps - at, time.perf_counter() - began


def _first(answer: Answer) -> float:
    return answer.at[0] - answer.asked


def _gaps(answer: Answer) -> list[float]:
    return [after - before for before, after in zip(answer.at, answer.at[1:], strict=False)]


def _middle_and_tail(values: list[float]) -> tuple[float, float]:
    if len(values) < 2:
        return values[0], values[0]
    return median(values), quantiles(values, n=20, method="inclusive")[-1]


def _seconds(work: Callable[[], object], device: str) -> float:
    began = time.perf_counter()
    work()
    if device.startswith("cuda"):
        torch.cuda.synchronize()
    return time.perf_counter() - began


def _cell(value: str | float) -> str | float:
    return round(value, 4) if isinstance(value, float) else value


def _device(name: str) -> str:
    return torch.cuda.get_device_name(name) if name.startswith("cuda") else name


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--model", choices=MODELS, default="smollm2")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--dtype", choices=("bfloat16", "float32", "float16"), default="bfloat16")
    parser.add_argument("--chats", default="1,4,8,16")
    parser.add_argument("--tokens", type=int, default=32)
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument("--ways", default="ours,manager,threads")
    return parser.parse_args()


if __name__ == "__main__":
    main()
