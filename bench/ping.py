"""How long the event loop is busy elsewhere while a model of this process decodes.

Physics. The model's thread and the event loop share one interpreter lock. torch gives it up
within its kernels but not between them, and a step of a small model is thousands of short
kernels; a thread that wants the lock asks for it after 5 ms (`sys.setswitchinterval`). One
wake-up of the loop therefore costs 5 ms at most, and a ping needs one or two. Where there are
no more cores than the model has threads the loop also waits for the kernel's scheduler. The
delay runs from a ping's sending to its pong on one clock; the client's own work is in it.

    python3 -m bench.ping [--chats 16] [--seconds 20] [--folder FOLDER]
"""

from __future__ import annotations

import argparse
import asyncio
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from bench.model import builtin_file
from bench.report import print_result, print_table, say
from bench.serving import serving
from tests.inference.transformers_engine.real_weights import weights_folder
from tests.live.chat_socket import ChatSocket, chat_socket

PER_SECOND = 20
_KV_TOKENS_PER_CHAT = 1024
_LOAD_SECONDS = 300
_ANSWER_TOKENS = 400
_FRAMES_BEFORE_TEXT = 8
"""Places in the queue and the start come first."""


@dataclass(eq=False, slots=True)
class Talk:
    """One conversation that never falls silent; `frames` of text came so far."""

    socket: ChatSocket
    frames: int = 0
    begun: asyncio.Event = field(default_factory=asyncio.Event)

    async def go_on(self, topic: str) -> None:
        """Ask again whenever an answer has ended, until cancelled."""
        turn = 0
        while True:
            turn += 1
            options = {"max_new_tokens": _ANSWER_TOKENS}
            await self.socket.ask(f"Tell a long story, {topic}, part {turn}.", options=options)
            while (await self.socket.receive(_LOAD_SECONDS))["type"] != "end":
                self.frames += 1
                if self.frames > _FRAMES_BEFORE_TEXT:
                    self.begun.set()


async def measure(url: str, chats: int, seconds: float) -> tuple[list[float], list[float], float]:
    """Delays while the model loads and while it decodes, and the chats' frames of text a second."""
    async with AsyncExitStack() as stack:
        pinger = await stack.enter_async_context(chat_socket(url))
        sockets = [await stack.enter_async_context(chat_socket(url)) for _ in range(chats)]
        talks = [Talk(socket) for socket in sockets]
        loading = await pings(pinger, seconds / 4)
        going = [asyncio.create_task(talk.go_on(f"no {n}")) for n, talk in enumerate(talks)]
        await _until_all_speak(talks)
        before, began = sum(talk.frames for talk in talks), time.monotonic()
        busy = await pings(pinger, seconds)
        rate = (sum(talk.frames for talk in talks) - before) / (time.monotonic() - began)
        for task in going:
            task.cancel()
        await asyncio.wait(going)
    return loading, busy, rate


async def pings(socket: ChatSocket, seconds: float) -> list[float]:
    """The delay of each pong. A late one delays no later ping but its own."""
    delays: list[float] = []
    due = began = time.monotonic()
    while due - began < seconds:
        await asyncio.sleep(max(due - time.monotonic(), 0))
        sent = time.monotonic()
        await socket.send("ping")
        await socket.receive_next("pong")
        delays.append(time.monotonic() - sent)
        due = max(due + 1 / PER_SECOND, time.monotonic())
    return delays


async def _until_all_speak(talks: list[Talk]) -> None:
    say("loading the model, then waiting for every chat's first words")
    async with asyncio.timeout(_LOAD_SECONDS):
        await asyncio.gather(*(talk.begun.wait() for talk in talks))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chats", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--folder", type=Path, help="another model's; as a rule the built-in's")
    arguments = parser.parse_args()
    folder = arguments.folder or weights_folder(builtin_file())
    sizes = {"SLOTS": arguments.chats, "KV_TOKENS": arguments.chats * _KV_TOKENS_PER_CHAT}
    with serving(model=folder, **sizes) as server:
        loading, busy, rate = asyncio.run(measure(server.url, arguments.chats, arguments.seconds))
    _print(arguments.chats, loading, busy, rate)


def _print(chats: int, loading: list[float], busy: list[float], rate: float) -> None:
    figures: dict[str, float] = {"chats": chats, "frames_per_second": round(rate, 1)}
    for name, delays in (("loading", loading), ("decoding", busy)):
        percent = quantiles(delays, n=100)
        figures[f"{name}_p50_ms"] = round(percent[49] * 1000, 1)
        figures[f"{name}_p99_ms"] = round(percent[98] * 1000, 1)
        figures[f"{name}_most_ms"] = round(max(delays) * 1000, 1)
    print_table(("figure", "value"), list(figures.items()))
    print_result("ping", figures)


if __name__ == "__main__":
    main()
