"""A seeded storm over a real server: cut sockets, silent readers, two devices, stops, kill -9.

Every run must end once, every reader must have the stored text, and of a scripted model the
stored text must be the script's to the letter.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from contextlib import AsyncExitStack, suppress
from itertools import zip_longest

from tests.chaos.device import BROKEN, Told, ask, read
from tests.chaos.script import Question, Round, draw
from tests.chaos.tally import Tally
from tests.live.chat_socket import chat_socket
from tests.live.fault_proxy import Fault, FaultProxy
from tests.live.live_server import LiveServer

SHORT = ("scripted/plain", "scripted/reasoning", "scripted/endless")
SCRIPTED = (*SHORT, *SHORT, "scripted/markdown")
"""The last takes five seconds, so it is drawn less often."""
DEVICES = 2


class Storm:
    """One storm; the same seed draws the same questions, stops and kills."""

    def __init__(
        self,
        server: LiveServer,
        seed: int,
        models: tuple[str, ...] = SCRIPTED,
        options: Mapping[str, object] | None = None,
    ) -> None:
        self._server = server
        self._dice = random.Random(seed)
        self._faults = random.Random(seed)
        self._models = models
        self._options = options or {}
        self._killing = asyncio.Lock()
        self.tally = Tally()

    async def rage(self, rounds: int) -> Tally:
        """So many rounds, two at a time."""
        drawn = [draw(self._dice, number, self._models) for number in range(rounds)]
        async with FaultProxy(self._server.port, self._fault) as proxy:
            for pair in zip_longest(drawn[::2], drawn[1::2]):
                await asyncio.gather(*(self._round(proxy, one) for one in pair if one))
            self.tally.connections = proxy.connections
        return self.tally

    async def _round(self, proxy: FaultProxy, wanted: Round) -> None:
        """The questions at once, each read by two devices, and perhaps a kill meanwhile."""
        kill = asyncio.create_task(self._kill(wanted.kill_after), name="kill")
        asking = [self._ask(proxy.url, question) for question in wanted.questions]
        try:
            await asyncio.gather(*asking)
        finally:
            await kill
        self.tally.rounds += 1

    async def _ask(self, url: str, question: Question) -> None:
        message = {
            "client_msg_id": question.content,
            "content": question.content,
            "model": question.model,
            "options": self._options,
        }
        run = (await ask(url, message))["run"]
        async with AsyncExitStack() as stack:
            readers = [asyncio.create_task(read(url, run)) for _ in range(DEVICES)]
            stack.push_async_callback(_end, readers)
            await self._attach_and_stop_reading(stack, run)
            if question.stop_after is not None:
                await self._stop(run, question.stop_after, readers)
            told = await asyncio.gather(*readers)
        self.tally.judge(self._server.folder / "myllm.sqlite3", question, told)

    async def _attach_and_stop_reading(self, stack: AsyncExitStack, run: str) -> None:
        """A phone that was put away: its socket is open and nothing is ever read from it."""
        with suppress(*BROKEN):
            socket = await stack.enter_async_context(chat_socket(self._server.url))
            await socket.send("attach", run=run)

    async def _stop(self, run: str, after: float, readers: list[asyncio.Task[Told]]) -> None:
        """Pressed after a while, and again until it arrived: a kill may have swallowed it."""
        await asyncio.sleep(after)
        self.tally.stops += 1
        while not all(reader.done() for reader in readers):
            with suppress(*BROKEN):
                async with chat_socket(self._server.url) as socket:
                    await socket.send("stop", run=run)
            await asyncio.wait(readers, timeout=0.5)

    async def _kill(self, after: float | None) -> None:
        if after is None:
            return
        await asyncio.sleep(after)
        async with self._killing:
            self._server.kill()
            self.tally.kills += 1
            await asyncio.to_thread(self._server.start)

    def _fault(self) -> Fault:
        after = self._faults.randint(200, 4000)
        kinds = (Fault(), Fault("cut", after), Fault("reset", after), Fault("stall", after))
        (fault,) = self._faults.choices(kinds, weights=(3, 3, 3, 1))
        return fault


async def _end(tasks: list[asyncio.Task[Told]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
