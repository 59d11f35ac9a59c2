"""One answer of a round of kills: its question, its readers, and what is stored of it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos.device import ask
from tests.chaos.judgement import Stored
from tests.chaos.polling_reader import PollingReader, get_json
from tests.chaos.socket_reader import Absences, SocketReader
from tests.chaos.tally import stored_run
from tests.chaos.transcript import Transcript
from tests.live.live_server import LiveServer


@dataclass(frozen=True, slots=True)
class Question:
    """A message with its sampling options; `waits` follows the round's first one."""

    content: str
    options: Mapping[str, object]
    waits: bool = False


@dataclass(eq=False, slots=True)
class Answer:
    """A run and all who read it; the first reader never goes away by itself."""

    run: str
    conversation: str
    message: str
    readers: list[Transcript] = field(default_factory=list)

    @property
    def ended(self) -> bool:
        return all(reader.ended for reader in self.readers)


async def begin(server: LiveServer, question: Question, conversation: str | None) -> Answer:
    """Ask, over as many connections as that takes."""
    message = {
        "client_msg_id": question.content,
        "content": question.content,
        "options": question.options,
        "conversation": conversation,
    }
    accepted = await ask(server.url, message)
    return Answer(accepted["run"], accepted["conversation"], accepted["message"])


async def read(server: LiveServer, answer: Answer, dice: random.Random) -> None:
    """To the end, by one reader who stays, one who is often away, and one who asks over REST."""
    staying, going, polling = (
        Transcript(answer.run, name) for name in ("a socket", "a socket often away", "REST")
    )
    answer.readers += [staying, going, polling]
    await asyncio.gather(
        SocketReader(server.url, staying).read(),
        SocketReader(server.url, going, Absences(dice)).read(),
        PollingReader(server.port, polling).read(),
    )


async def read_again(server: LiveServer, answer: Answer) -> None:
    """From nothing, now that the answer has ended; and once more from each reader's end."""
    for reader in tuple(answer.readers):
        await PollingReader(server.port, reader).ask_once()
    late = Transcript(answer.run, "a socket opened after the end")
    answer.readers.append(late)
    await SocketReader(server.url, late).read()


async def stored(server: LiveServer, answer: Answer) -> list[Stored]:
    """As the database's file has it, and as REST tells the conversation's messages."""
    return [
        await asyncio.to_thread(_in_file, server.folder / "myllm.sqlite3", answer.run),
        await asyncio.to_thread(_over_rest, server.port, answer),
    ]


def _in_file(database: Path, run: str) -> Stored:
    texts, status, epoch = stored_run(database, run)
    return Stored(texts, status, epoch, "the database")


def _over_rest(port: int, answer: Answer) -> Stored:
    _, tree = get_json(port, f"/api/v1/conversations/{answer.conversation}/messages")
    (found,) = [message for message in tree["messages"] if message["id"] == answer.message]
    texts = {"answer": found["content"], "reasoning": found["reasoning"]}
    return Stored(texts, found["run"]["status"], found["run"]["epoch"], "REST")
