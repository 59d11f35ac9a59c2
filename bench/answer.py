"""A long answer as it is written, on the screen of a phone with a slow processor.

Physics. 14,500 characters come in 1,009 deltas, as fast as the server ever sends them, thirty a
second. Whatever is done anew for the whole text at every delta costs 500 times the text; what is
done for the unsettled end alone does not grow. A processor four times slower than this one is about
a cheap phone; the page may then draw fewer, larger steps, but no step may hold up a finger for more
than a fifth of a second. The processor's time is measured by the browser's own instruments: script,
layout with styles, and the longest of its tasks.

    python3 -m bench.answer [--times 3] [--slower 4] [--deltas-per-second 30]
"""

from __future__ import annotations

import argparse
import asyncio
import os
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from bench import answer_server
from bench.mixed_answer import DELTAS, LENGTH
from bench.page_cost import Cost
from bench.phone_page import PhonePage, open_phone
from bench.report import print_result, print_table, say
from bench.serving import serving
from tests.e2e.built_page import built_page
from tests.e2e.chromium import NAME

TENTHS = 10


@dataclass(frozen=True, slots=True)
class Written:
    """One answer, from the question to the last thing drawn."""

    whole: Cost
    tenths: list[Cost]
    longest_task: float
    """Milliseconds."""

    @property
    def growth(self) -> float:
        return self.tenths[-1].both / self.tenths[0].both


async def write(port: int, slower: float) -> Written:
    async with open_phone(port) as phone:
        await phone.cost.longest_task()
        await phone.cost.slow_down(slower)
        began = await phone.cost.cost()
        await phone.chat.ask("讲讲算法")
        marks = [await _mark(phone, tenth) for tenth in range(TENTHS)]
        await phone.wire.end()
        await phone.cost.quiet()
        await phone.chat.is_("completed")
        longest = await phone.cost.longest_task()
        marks.append(await phone.cost.cost())
    tenths = [after.since(before) for before, after in pairwise(marks)]
    return Written(marks[-1].since(began), tenths, longest)


async def _mark(phone: PhonePage, tenth: int) -> Cost:
    """What it has cost when so many tenths of the text are there."""
    await phone.wire.characters(max(1, tenth * LENGTH // TENTHS))
    return await phone.cost.cost()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--slower", type=float, default=4)
    parser.add_argument("--deltas-per-second", type=float, default=30)
    arguments = parser.parse_args()
    page = built_page()
    os.environ[answer_server.PACE] = str(arguments.deltas_per_second)
    runs = []
    with serving(answer_server.COMMAND, PAGE_DIR=page, HOSTS=NAME) as server:
        for number in range(arguments.times):
            runs.append(asyncio.run(write(server.port, arguments.slower)))
            say(f"{number + 1}: {runs[-1].whole} {runs[-1].longest_task:.0f} ms")
    _print(arguments.slower, runs)


def _print(slower: float, runs: list[Written]) -> None:
    figures = {
        "script_s": median(run.whole.script for run in runs),
        "layout_s": median(run.whole.layout for run in runs),
        "script_and_layout_s": median(run.whole.both for run in runs),
        "longest_task_ms": median(run.longest_task for run in runs),
        "last_tenth_to_first": median(run.growth for run in runs),
    }
    print_table(("figure", "median"), list(figures.items()))
    received = {name: round(figure, 2) for name, figure in figures.items()}
    tenths = [round(median(run.tenths[n].both for run in runs), 3) for n in range(TENTHS)]
    given = {"characters": LENGTH, "deltas": DELTAS, "slower": slower, "times": len(runs)}
    print_result("answer", {**given, **received, "tenths_s": tenths})


if __name__ == "__main__":
    main()
