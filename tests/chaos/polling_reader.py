"""A reader of one run over REST, which asks for what follows its cursor."""

from __future__ import annotations

import asyncio
import http.client
import json
from contextlib import suppress
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from tests.chaos.transcript import CHANNELS, Transcript

Json = dict[str, Any]
BROKEN = (OSError, http.client.HTTPException)
_PAUSE_SECONDS = 0.02
_WAIT_SECONDS = 2
_ANSWER_SECONDS = 60
_REFUSED = (HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.NOT_FOUND)


class PollingReader:
    """Reads to the end. It never sees a number but the last of each reply."""

    def __init__(self, port: int, transcript: Transcript) -> None:
        self._port = port
        self._transcript = transcript

    async def read(self) -> Transcript:
        while not self._transcript.ended:
            with suppress(*BROKEN):
                self._take(*await asyncio.to_thread(self._ask, _WAIT_SECONDS))
            await asyncio.sleep(_PAUSE_SECONDS)
        return self._transcript

    async def ask_once(self) -> None:
        """What follows the cursor now. The server has to be there."""
        self._take(*await asyncio.to_thread(self._ask, 0))

    def _ask(self, wait: float) -> tuple[int, Json]:
        at = self._transcript
        epoch = {} if at.epoch is None else {"epoch": at.epoch}
        query = urlencode({"after": at.seq, "wait": wait, **epoch})
        return get_json(self._port, f"/api/v1/runs/{at.run}/text?{query}")

    def _take(self, status: int, reply: Json) -> None:
        if status in _REFUSED:
            self._transcript.take({"type": "error", **reply})
        if status != HTTPStatus.OK:
            return
        texts = {channel: reply[channel] for channel in CHANNELS}
        if reply["whole"]:
            self._transcript.replace(reply["epoch"], reply["seq"], texts)
        else:
            self._transcript.grow(reply["epoch"], reply["seq"], texts)
        if reply["status"] is not None:
            self._transcript.end()


def get_json(port: int, path: str) -> tuple[int, Json]:
    """The status and the object a GET is answered with. Raises one of `BROKEN`."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_ANSWER_SECONDS)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()
