"""Several conversations take turns at the transformers engine: what a sixth turn waits for.

Physics. Reading a prompt costs time in proportion to its tokens. A sixth turn repeats all that
was said before, and its conversation's slot holds the keys and values of it, so only the new
question is computed: with 1,500 tokens before and 20 in the question about a seventieth, and the
fixed cost of one step. All conversations begin with the same system prompt, which is computed
once and copied to the others, and then take turns one after the other. Cold is the very same
prompt on the same model with slots that hold nothing.

    python3 -m bench.prefix_reuse [--model smollm2] [--conversations 2,4,8] [--slots 8]
"""

from __future__ import annotations

import argparse
import random
from dataclasses import asdict, dataclass, field
from statistics import median

import torch

from bench.contenders import OwnEngine
from bench.engine_models import MODELS, BenchModel, bench_model
from bench.report import print_result, print_table, say

TURNS = 6
WANTED = 0.1
"""The sixth turn's time to the first token, as a share of the cold time, at most."""

_SYSTEM = 100
_TEXT = 1200
"""Tokens of the text that each conversation begins with and then is about."""
_QUESTION = 20
_ANSWER = 24


@dataclass(slots=True)
class Conversation:
    """`tokens` are all tokens so far; `waited` are seconds to each turn's first token."""

    tokens: list[int]
    prompt: list[int] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)

    def ask(self, own: OwnEngine, question: list[int]) -> None:
        """One turn, until its answer is whole."""
        self.prompt = [*self.tokens, *question]
        generation, answer = own.begin(self.prompt, _ANSWER)
        answer.wait()
        self.waited.append(answer.at[0] - answer.asked)
        self.tokens = list(generation.sequence.tokens)


@dataclass(frozen=True, slots=True)
class Round:
    """So many conversations; seconds are medians of them, `worst` is the largest ratio."""

    conversations: int
    prompt: int
    first: float
    sixth: float
    cold: float
    ratio: float
    worst: float


class Bench:
    """One engine for all rounds, whose slots are emptied between them."""

    def __init__(self, made: BenchModel, slots: int) -> None:
        self._own = OwnEngine(made, slots, 2 * (_SYSTEM + _TEXT + TURNS * (_QUESTION + _ANSWER)))
        self._words = range(min(1000, made.vocabulary - 1), made.vocabulary)
        self._own.ask([self._generated(_TEXT)], 2)

    def round(self, count: int) -> Round:
        """All conversations take six turns; then each one's last prompt is asked cold."""
        self._own.forget()
        system = self._generated(_SYSTEM)
        asked = [Conversation([*system, *self._generated(_TEXT)]) for _ in range(count)]
        for _ in range(TURNS):
            for conversation in asked:
                conversation.ask(self._own, self._generated(_QUESTION))
        colds = [self._cold(conversation.prompt) for conversation in asked]
        return _round(asked, colds)

    def close(self) -> None:
        self._own.close()

    def _cold(self, prompt: list[int]) -> float:
        self._own.forget()
        (answer,) = self._own.ask([prompt], _ANSWER)
        return answer.at[0] - answer.asked

    def _generated(self, tokens: int) -> list[int]:
        return random.choices(self._words, k=tokens)  # noqa: S311 - no secret


def _round(asked: list[Conversation], colds: list[float]) -> Round:
    ratios = [one.waited[-1] / cold for one, cold in zip(asked, colds, strict=True)]
    return Round(
        conversations=len(asked),
        prompt=len(asked[0].prompt),
        first=median(one.waited[0] for one in asked),
        sixth=median(one.waited[-1] for one in asked),
        cold=median(colds),
        ratio=median(ratios),
        worst=max(ratios),
    )


def main() -> None:
    arguments = _arguments()
    dtype = getattr(torch, arguments.dtype)
    bench = Bench(bench_model(arguments.model, arguments.device, dtype), arguments.slots)
    rounds: list[Round] = []
    for number in arguments.conversations.split(","):
        rounds.append(bench.round(int(number)))
        say(f"{number} conversations: {rounds[-1].worst:.3f} of the cold time at most")
    bench.close()
    _print(arguments, rounds)


def _print(arguments: argparse.Namespace, rounds: list[Round]) -> None:
    figures = [{name: round(value, 4) for name, value in asdict(one).items()} for one in rounds]
    print_table(list(figures[0]), [list(one.values()) for one in figures])
    kept = all(one.worst <= WANTED for one in rounds)
    setting = {name: getattr(arguments, name) for name in ("model", "device", "dtype", "slots")}
    print_result("prefix_reuse", {**setting, "rounds": figures, "as_wanted": kept})


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--model", choices=MODELS, default="smollm2")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--dtype", choices=("bfloat16", "float32", "float16"), default="bfloat16")
    parser.add_argument("--conversations", default="2,4,8")
    parser.add_argument("--slots", type=int, default=8)
    return parser.parse_args()


if __name__ == "__main__":
    main()
