"""Rounds of answers that are read by many while their server is killed."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence

from tests.chaos import answer as answers
from tests.chaos.answer import Answer, Question
from tests.chaos.damage import Damage, no_damage
from tests.chaos.judgement import faults_of, retold
from tests.chaos.killer import Killer, length_of
from tests.chaos.moments import draw
from tests.chaos.score import Score
from tests.live.live_server import LiveServer

_KILLS_A_ROUND = 6
_TEMPERATURES: dict[str, tuple[dict[str, object], ...]] = {
    "0": ({"temperature": 0},),
    "default": ({},),
    "all": ({"temperature": 0}, {}),
}
_TOPICS = ("the sea", "一只狐狸", "a lighthouse", "雪山", "an old clock", "village bread")


class KillSeries:
    """The same seed draws the same questions and kills; `tokens` are those of each answer.

    A journal that was damaged may begin a new epoch, whose text may be another one; else that
    counts as changed text.
    """

    def __init__(
        self,
        server: LiveServer,
        seed: int,
        temperature: str = "all",
        tokens: int = 160,
        damage: Damage = no_damage,
    ) -> None:
        self._server = server
        self._dice = random.Random(seed)
        self._options = _TEMPERATURES[temperature]
        self._tokens = tokens
        self._killer = Killer(server, damage)
        self._epochs_may_change = damage is not no_damage
        self._lengths = [2.0 * tokens]
        self.score = Score()

    async def run(self, kills: int) -> Score:
        """Rounds until there were so many kills."""
        while (left := kills - self._killer.kills.total()) > 0:
            await self._round(min(left, _KILLS_A_ROUND))
            self._count()
        return self.score

    def _count(self) -> None:
        self.score.kills = self._killer.kills
        self.score.starts_killed = self._killer.starts_killed
        self.score.back_seconds = self._killer.back_seconds
        self.score.tell()

    async def _round(self, kills: int) -> None:
        """Two conversations at once, one with a second message that waits; kills meanwhile."""
        begun, reading = await self._begin()
        try:
            await self._kill(begun, kills)
            await asyncio.gather(*reading)
        finally:
            for task in reading:
                task.cancel()
        for answer in begun:
            await self._judge(answer)

    async def _begin(self) -> tuple[list[Answer], list[asyncio.Task[None]]]:
        begun: list[Answer] = []
        reading: list[asyncio.Task[None]] = []
        for question in self._questions():
            conversation = begun[0].conversation if question.waits else None
            begun.append(await answers.begin(self._server, question, conversation))
            work = answers.read(self._server, begun[-1], self._dice)
            reading.append(asyncio.create_task(work, name=question.content))
        await asyncio.sleep(0)  # lets them enter their readers
        return begun, reading

    def _questions(self) -> Sequence[Question]:
        options = [{"max_new_tokens": self._tokens, **one} for one in self._options]
        number = self.score.rounds = self.score.rounds + 1
        topics = self._dice.sample(_TOPICS, 3)
        asked = [f"{number}: Tell me a long story about {topic}." for topic in topics]
        return [
            Question(asked[0], options[0]),
            Question(asked[1], options[-1]),
            Question(asked[2], options[0], waits=True),
        ]

    async def _kill(self, begun: list[Answer], kills: int) -> None:
        for _ in range(kills):
            unended = [answer for answer in begun if not answer.ended]
            if not unended:
                return
            target = self._dice.choice(unended[:2]).readers[0]
            usual = sum(self._lengths) / len(self._lengths)
            await self._killer.kill(draw(self._dice), target, usual)

    async def _judge(self, answer: Answer) -> None:
        await answers.read_again(self._server, answer)
        stored = await answers.stored(self._server, answer)
        faults = faults_of(answer.readers, stored)
        self._lengths.append(length_of(answer.readers[0]))
        over_epochs = [fault for reader in answer.readers for fault in retold(reader)]
        if not self._epochs_may_change:
            faults += over_epochs
        self.score.add(answer.readers, faults, stored[0].epoch - 1)
