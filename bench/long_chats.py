"""Conversations of 500 long messages: opened, scrolled, and opened one after another.

Physics. 500 messages are 300,000 characters, some 0.7 MB of JSON: to parse them takes a phone a
few milliseconds, to lay them all out would take it many seconds. Opening has to cost what is on
the screen, scrolling what comes into sight; and what has gone out of sight, or belongs to a
conversation that was left, has to be let go, or a phone's memory ends. Opening is timed in the
page, from the press to the frame in which the newest answer is to be seen. Memory is what is
left after the garbage was collected, before and after all are opened once more.

    python3 -m bench.long_chats [--messages 500] [--conversations 10] [--slower 1]
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from bench.mixed_answer import answer
from bench.page_cost import Weight
from bench.phone_page import PhonePage, open_phone
from bench.report import print_result, print_table, say
from bench.serving import serving
from tests.e2e.built_page import built_page
from tests.e2e.chromium import NAME

ANSWER = 1_100
"""Characters."""
SCREENS = 60
"""So many are scrolled back, and down again."""
_OPEN = """([title, newest]) => new Promise(done => {
  const row = [...document.querySelectorAll('[data-testid=conversation]')]
    .find(row => row.textContent.includes(title))
  const began = performance.now()
  row.querySelector('[data-testid=open-conversation]').click()
  const look = () => {
    const column = document.querySelector('.message-column')
    const shown = column?.textContent.includes(newest)
      && column.checkVisibility({ visibilityProperty: true })
    if (shown) requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)))
    else setTimeout(look, 4)
  }
  look()
})"""
_SCROLL = """([screens, direction]) => new Promise(done => {
  const view = [...document.querySelectorAll('.messages, .messages *')]
    .find(one => getComputedStyle(one).overflowY === 'auto' && one.scrollHeight > one.clientHeight)
  let left = screens * 10
  const step = () => {
    view.scrollTop += direction * view.clientHeight / 10
    if ((left -= 1) > 0) requestAnimationFrame(step)
    else setTimeout(done, 300)
  }
  step()
})"""


@dataclass(frozen=True, slots=True)
class Looked:
    """What it took to look through the conversations."""

    opened: list[float]
    again: list[float]
    """Milliseconds each, for the first time and once it was seen."""
    opening_task: float
    scrolling_task: float
    """Milliseconds of the longest."""
    nodes: int
    """Elements in the page after scrolling."""
    first: Weight
    """With the first of the conversations open, all having been opened once before."""
    later: Weight
    """With the first open again, after all the others."""


def title(number: int) -> str:
    return f"第{number:02}次长谈"


def newest(number: int) -> str:
    return f"末句{number:02}"


def conversations(count: int, messages: int) -> Iterator[dict[str, object]]:
    draw = random.Random(7)  # noqa: S311  # the same texts every time
    text = answer()
    for number in range(count):
        yield {
            "id": f"c{number}",
            "title": title(number),
            "messages": list(_messages(number, messages, text, draw)),
        }


def _messages(
    number: int, count: int, text: str, draw: random.Random
) -> Iterator[dict[str, object]]:
    for n in range(count):
        role = ("user", "assistant")[n % 2]
        begin = text.index("\n\n", draw.randrange(len(text) - 2 * ANSWER))
        content = text[begin : begin + ANSWER] if n % 2 else f"问题{n}，" * 12
        if n == count - 1:
            content = f"{newest(number)}\n\n{content}"
        parent = f"c{number}-{n - 1}" if n else None
        yield {"id": f"c{number}-{n}", "parent": parent, "role": role, "content": content}


def fill(port: int, count: int, messages: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    for one in conversations(count, messages):
        body = {"format": "myllm", "version": 1, "conversations": [one]}
        connection.request(
            "POST", "/api/v1/import", json.dumps(body), {"Content-Type": "application/json"}
        )
        response = connection.getresponse()
        if response.status != http.HTTPStatus.OK:
            raise AssertionError(response.read()[:300])
        response.read()
    connection.close()


async def look(port: int, count: int, slower: float) -> Looked:
    async with open_phone(port) as phone:
        await phone.cost.slow_down(slower)
        await phone.cost.longest_task()
        opened = [await _open(phone, number) for number in range(count)]
        await _open(phone, 0)
        first = await phone.cost.weight()
        again = [await _open(phone, number) for number in [*range(1, count), 0]]
        opening = await phone.cost.longest_task()
        later = await phone.cost.weight()
        for direction in (-1, 1):
            await phone.chat.page.evaluate(_SCROLL, [SCREENS, direction])
        scrolling = await phone.cost.longest_task()
        nodes = (await phone.cost.weight()).nodes
    return Looked(opened, again, opening, scrolling, nodes, first, later)


async def _open(phone: PhonePage, number: int) -> float:
    await phone.chat.menu.click()
    await phone.chat.page.get_by_text(title(number)).wait_for()
    took: float = await phone.chat.page.evaluate(_OPEN, [title(number), newest(number)])
    await phone.cost.quiet()
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=500)
    parser.add_argument("--conversations", type=int, default=10)
    parser.add_argument("--slower", type=float, default=1)
    arguments = parser.parse_args()
    page = built_page()
    with serving(PAGE_DIR=page, HOSTS=NAME) as server:
        say(f"importing {arguments.conversations} conversations")
        fill(server.port, arguments.conversations, arguments.messages)
        looked = asyncio.run(look(server.port, arguments.conversations, arguments.slower))
    _print(arguments, looked)


def _print(arguments: argparse.Namespace, looked: Looked) -> None:
    figures = {
        "open_ms": median(looked.opened),
        "open_slowest_ms": max(looked.opened),
        "open_again_ms": median(looked.again),
        "opening_task_ms": looked.opening_task,
        "scrolling_task_ms": looked.scrolling_task,
        "nodes_after_scrolling": looked.nodes,
        "heap_mb": looked.first.heap / 1e6,
        "heap_growth": looked.later.heap / looked.first.heap,
        "nodes": looked.first.nodes,
        "nodes_growth": looked.later.nodes / looked.first.nodes,
        "listeners_growth": looked.later.listeners / looked.first.listeners,
    }
    print_table(("figure", "measured"), list(figures.items()))
    received = {name: round(figure, 2) for name, figure in figures.items()}
    print_result("long_chats", {**vars(arguments), **received})


if __name__ == "__main__":
    main()
