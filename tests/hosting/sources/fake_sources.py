"""Package sources on this computer that never answer, are slow, or work."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@contextmanager
def serving(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    """The URL of a server in threads of this process."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/simple"
        server.shutdown()


@contextmanager
def mute() -> Iterator[str]:
    """The system accepts connections, and nothing ever answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/simple"


def dead() -> str:
    """A port on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}/simple"


def answering(
    status: int, requests: list[tuple[str, str | None]] | None = None
) -> type[BaseHTTPRequestHandler]:
    """Always answers with `status`; appends each request's path and credentials to `requests`."""

    class Answering(Silent):
        def do_GET(self) -> None:
            if requests is not None:
                requests.append((self.path, self.headers["Authorization"]))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

    return Answering


def folder(place: Path) -> Callable[..., BaseHTTPRequestHandler]:
    """`place/simple/NAME/FILE` as a working index."""
    return partial(SilentFolder, directory=str(place))


class Silent(BaseHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Nothing is logged."""


class SilentFolder(Silent, SimpleHTTPRequestHandler):
    pass


class Trickling(Silent):
    def do_GET(self) -> None:
        """A kilobyte a second, while the client reads."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        try:
            for _ in range(600):
                self.wfile.write(b" " * 100)
                time.sleep(0.1)
        except OSError:
            pass  # the client has disconnected
