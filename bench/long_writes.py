"""The delay of a person's sends during another user's long writes: the import of a conversation of
30,000 messages, and the removal of the member whose it is.

Physics. There is one database thread. A batch of 25 messages with their runs and index entries
holds it for some 10 ms, then others have it for as long; a send goes through it about seven times.
So a send takes at most a few batches longer than on an idle server, however long the write is,
and a write takes twice its own time. The member calls through a proxy's header, the person sends
from this computer, and the model is scripted.

    python3 -m bench.long_writes [--messages 30000]
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from statistics import median, quantiles

from bench.report import print_result, print_table, say
from bench.serving import serving
from tests.live.live_server import LiveServer
from tests.live.member_with_history import history, invite_member, remove, upload
from tests.live.steady_sender import Sends, send_while

_ALONE_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Measured:
    """What was sent while something happened, and how long that took."""

    sends: Sends
    seconds: float


async def measure(server: LiveServer, messages: int) -> dict[str, Measured]:
    member = invite_member(server)
    body = history(messages)

    async def imported() -> None:
        status, received = await upload(server, member, body)
        if status != 200 or received["messages"] != messages:
            raise AssertionError(f"{status} {received}")

    say("alone")
    alone = await _beside(server, lambda: asyncio.sleep(_ALONE_SECONDS))
    say("import")
    importing = await _beside(server, imported)
    say("removal")
    removing = await _beside(server, lambda: remove(server, member))
    return {"alone": alone, "import": importing, "removal": removing}


async def _beside(server: LiveServer, happens: Callable[[], Awaitable[object]]) -> Measured:
    began = time.monotonic()
    sends = await send_while(server, happens)
    return Measured(sends, time.monotonic() - began)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=30_000)
    arguments = parser.parse_args()
    with serving(PAIRING=1, OPEN=0) as server:
        measured = asyncio.run(measure(server, arguments.messages))
    _print(arguments.messages, measured)


def _print(messages: int, measured: dict[str, Measured]) -> None:
    heads = ("beside", "seconds", "sends", "refused", "median_ms", "p99_ms", "slowest_ms")
    rows = [(name, *_figures(found)) for name, found in measured.items()]
    print_table(heads, rows)
    figures = {str(row[0]): dict(zip(heads[1:], row[1:], strict=True)) for row in rows}
    print_result("long_writes", {"messages": messages, **figures})


def _figures(found: Measured) -> tuple[float | int, ...]:
    took = [seconds * 1000 for seconds in found.sends.accepted]
    slow = quantiles(took, n=100)[-1] if len(took) > 1 else took[0]
    counts = (round(found.seconds, 1), len(took), len(found.sends.refused))
    return (*counts, round(median(took)), round(slow), round(max(took)))


if __name__ == "__main__":
    main()
