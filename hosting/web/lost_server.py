"""A server that waits for the owner's decision about a lost database."""

from __future__ import annotations

import socket
import sys

import uvicorn

from chat.access.host_check import HostCheck
from chat.conf import conf
from chat.terminal.language import pick
from hosting.banner import server_addresses
from hosting.conf import hosting_conf
from hosting.database.lost import LostDatabase
from hosting.web.lost_page import LostPage
from hosting.web.one_page import one_page_config
from hosting.web.server import expect_stop


class LostServer(uvicorn.Server):
    """Serves one page and nothing else."""

    def __init__(self, lost: LostDatabase) -> None:
        self._lost = lost
        self._is_decided = False
        super().__init__(_config(LostPage(lost.loss, self._decide)))

    def serve_until_decided(self, listener: socket.socket) -> bool:
        """Whether to continue with a new database; False if the server was stopped or cannot
        listen. Closes the listener.
        """
        expect_stop()
        self.run(sockets=[listener])
        return self._is_decided

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            print(f"{self._lost}\n{_where_to_decide()}", file=sys.stderr, flush=True)

    def _decide(self) -> None:
        self._is_decided = self.should_exit = True


def _where_to_decide() -> str:
    page = server_addresses(conf().host, conf().port, is_open=False).home
    if not conf().local_owner:
        return pick("正在等待。按 Ctrl-C 停止。", "Waiting. Ctrl-C stops it.")
    return pick(
        f"也可以在这台电脑上打开 {page} 决定。正在等待，按 Ctrl-C 停止。",
        f"Or open {page} on this computer and decide there. Waiting; Ctrl-C stops it.",
    )


def _config(page: LostPage) -> uvicorn.Config:
    return one_page_config(HostCheck(page), hosting_conf().proxies)
