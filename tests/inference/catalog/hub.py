"""A model hub and a package index on loopback, with the faults that real ones have."""

from __future__ import annotations

import hashlib
import io
import json
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_JSON = "application/vnd.pypi.simple.v1+json"


class Hub(ThreadingHTTPServer):
    """Serves `files` by path, with ranges. `asked` are the requests: path and first byte.

    The faults: `breaks_after` so many bytes of a response, `silent` sends headers and nothing
    more, `ranges` False ignores them, `status` refuses everything, `delay` seconds pass before an
    answer. `length` stands in the place of the real Content-Length, which `tells_length` False
    leaves out; `location` redirects. `refused` are the status and headers for paths that begin so,
    `tokens` the ones that were sent, `slow` bytes a second are all that it sends.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files: dict[str, bytes] = {}
        self.asked: list[tuple[str, int]] = []
        self.breaks_after: int | None = None
        self.silent = False
        self.ranges = True
        self.status = 200
        self.delay = 0.0
        self.json = True
        self.kind = "application/octet-stream"
        self.tells_length = True
        self.length: str | None = None
        self.location = ""
        self.let_go = threading.Event()
        self.refused: dict[str, tuple[int, dict[str, str]]] = {}
        self.tokens: list[str] = []
        self.slow = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def index(self) -> str:
        return f"{self.url}/simple"

    def begins(self, path: str) -> list[int]:
        """The first bytes of what was asked for; races ask for byte 0 alone and do not count."""
        return [begin for asked, begin in self.asked if asked == path]

    def add_hugging_face(self, repository: str, files: dict[str, bytes]) -> None:
        """A repository as Hugging Face has one: large files are known by SHA-256."""
        listed = [
            {"type": "file", "path": path, "size": len(content), "oid": git_id(content)}
            | (
                {"lfs": {"oid": sha256(content), "size": len(content), "pointerSize": 134}}
                if _is_large(path)
                else {}
            )
            for path, content in files.items()
        ]
        folders = [{"type": "directory", "path": "docs", "size": 0, "oid": "0"}]
        self.files[f"/api/models/{repository}/tree/main"] = json.dumps(folders + listed).encode()
        for path, content in files.items():
            self.files[f"/{repository}/resolve/main/{path}"] = content

    def add_modelscope(self, repository: str, files: dict[str, bytes]) -> None:
        """A repository as ModelScope has one: all files are known by SHA-256."""
        listed = [
            {"Type": "blob", "Name": path, "Path": path, "Size": len(content)}
            | {"Sha256": sha256(content)}
            for path, content in files.items()
        ]
        folders = [{"Type": "tree", "Name": "docs", "Path": "docs", "Size": 0, "Sha256": ""}]
        answer = {"Code": 200, "Success": True, "Data": {"Files": folders + listed}}
        page = f"/api/v1/models/{repository}/repo/files"
        self.files[page] = json.dumps(answer).encode()
        for path, content in files.items():
            self.files[f"/models/{repository}/resolve/master/{path}"] = content

    def add_wheel(self, distribution: str, version: str, member: str, content: bytes) -> str:
        """The wheel's path."""
        wheel = f"{distribution.replace('-', '_')}-{version}-py3-none-any.whl"
        self.files[f"/files/{wheel}"] = zipped(member, content)
        links = [{"filename": wheel, "url": f"../../files/{wheel}#sha256=0"}]
        page = json.dumps({"files": links}).encode()
        if not self.json:
            page = f'<a href="../../files/{wheel}#sha256=0">{wheel}</a>'.encode()
        self.files[f"/simple/{distribution}/"] = page
        return f"/files/{wheel}"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def git_id(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()  # noqa: S324 - Git's


def _is_large(path: str) -> bool:
    return path.endswith((".gguf", ".safetensors", ".bin"))


def zipped(member: str, content: bytes) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(member, content)
    return archive.getvalue()


@contextmanager
def hub() -> Iterator[Hub]:
    made = Hub()
    thread = threading.Thread(target=made.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.let_go.set()
        made.shutdown()
        made.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: Hub

    def do_GET(self) -> None:
        path = self.path.partition("?")[0] if self.path.startswith("/api/") else self.path
        hub, content = self.server, self.server.files.get(path)
        time.sleep(hub.delay)
        hub.tokens.append(self.headers.get("Authorization", ""))
        for beginning, (status, headers) in hub.refused.items():
            if self.path.startswith(beginning):
                self._refuse(status, headers)
                return
        if hub.location:
            self.send_response(hub.status)
            self.send_header("Location", hub.location)
            self.end_headers()
            return
        if content is None or hub.status != 200:
            self.send_error(404 if hub.status == 200 else hub.status)
            return
        begin, end = self._range(len(content))
        if begin >= len(content):
            self.send_error(416)
            return
        if (begin, end) != (0, 1):
            hub.asked.append((self.path, begin))
        self._answer(content[begin:end], begin, len(content))

    def _refuse(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _range(self, length: int) -> tuple[int, int]:
        wanted = self.headers.get("Range", "")
        if not wanted or not self.server.ranges:
            return 0, length
        begin, _, last = wanted.removeprefix("bytes=").partition("-")
        return int(begin), int(last) + 1 if last else length

    def _answer(self, content: bytes, begin: int, length: int) -> None:
        partial = self.headers.get("Range") is not None and self.server.ranges
        self.send_response(206 if partial else 200)
        if partial:
            self.send_header("Content-Range", f"bytes {begin}-{begin + len(content) - 1}/{length}")
        is_page = self.path.startswith("/simple/")
        kind = self.server.kind
        if is_page:
            kind = _JSON if self.server.json else "text/html"
        self.send_header("Content-Type", kind)
        if self.server.tells_length or is_page:
            self.send_header("Content-Length", self._length(content))
        self.end_headers()
        if self.server.silent and not is_page and len(content) > 1:
            self.server.let_go.wait(30)
            return
        sent = content[: None if is_page else self.server.breaks_after]
        if not self.server.slow or len(content) == 1:
            self.wfile.write(sent)
            return
        with suppress(OSError):  # the client has gone
            for at in range(0, len(sent), max(self.server.slow // 10, 1)):
                self.wfile.write(sent[at : at + max(self.server.slow // 10, 1)])
                if self.server.let_go.wait(0.1):
                    return

    def _length(self, content: bytes) -> str:
        odd = None if self.path.startswith("/simple/") else self.server.length
        return str(len(content)) if odd is None else odd

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        pass
