"""A browser for all tests of this folder, servers they share, and a phone for each."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.e2e.built_page import built_page
from tests.e2e.chat_page import ChatPage
from tests.e2e.chromium import NAME, find_chromium, open_chromium
from tests.e2e.paired_devices import pairing_link, visitor
from tests.e2e.server_logs import ServerLogs
from tests.e2e.terminal_server import TerminalServer
from tests.e2e.watch import Watch
from tests.live.live_server import LiveServer

_HERE = Path(__file__).parent
_FRAMES_TOLD = 40
_FRAME_TOLD = 240
_WAIT_MS = 30_000
"""Only how soon a failure is told; a loaded machine needs it."""
expect.set_options(timeout=_WAIT_MS)
_PAGES = pytest.StashKey[list[ChatPage]]()
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "locale": "zh-CN",
    "reduced_motion": "reduce",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One loop for all: a browser belongs to the loop that opened it."""
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failure tells what the pages heard last: the next one may be long in coming."""
    report = yield
    if report.when == "call" and report.failed:
        report.sections.append(("the last frames", "\n".join(_last_frames(item))))
    return report


def _last_frames(item: pytest.Item) -> list[str]:
    heard = [frame for page in item.stash.get(_PAGES, []) for frame in page.watch.received]
    return [json.dumps(frame, ensure_ascii=False)[:_FRAME_TOLD] for frame in heard[-_FRAMES_TOLD:]]


class Visit(Protocol):
    """Opens the link on a phone that has never been here."""

    async def __call__(self, link: str) -> ChatPage: ...


class OwnServer(Protocol):
    """A server of the test's own, started, with a fresh data folder."""

    def __call__(self, models: str = "scripted", slots: int = 8, **settings: str) -> LiveServer: ...


class OpenPage(Protocol):
    """Opens the chat of the server at `port` in a context of its own."""

    async def __call__(
        self, port: int, *, network_may_fail: bool = False, **options: Any
    ) -> ChatPage: ...


@pytest.fixture(scope="session")
def page_folder() -> Path:
    return built_page()


@pytest.fixture(scope="session")
def server_logs() -> ServerLogs:
    return ServerLogs()


@pytest.fixture(autouse=True)
def no_server_prints_a_traceback(server_logs: ServerLogs) -> Iterator[None]:
    """Asked for first and so ended last, when the test's own servers have ended."""
    yield
    assert server_logs.new_tracebacks() == []


@pytest.fixture(scope="session")
def server(
    tmp_path_factory: pytest.TempPathFactory, page_folder: Path, server_logs: ServerLogs
) -> Iterator[LiveServer]:
    """All scripted models, for all tests that do it no harm."""
    folder = tmp_path_factory.mktemp("e2e")
    with open_server(folder, page_folder) as server:
        yield server_logs.watch(server)


def open_server(
    folder: Path, page: Path, models: str = "scripted", slots: int = 8, **settings: str
) -> LiveServer:
    """One that serves the built page and knows its name in the browser."""
    return LiveServer(
        folder,
        PAGE_DIR=page,
        HOSTS=NAME,
        MODELS=models,
        SLOTS=slots,
        RUNS_PER_DEVICE=64,
        **settings,
    )


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with open_chromium(find_chromium()) as browser:
        yield browser


@pytest.fixture
def servers() -> Iterator[ExitStack]:
    """Left when the test's pages are closed: one that outlives its server complains."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def own_server(
    servers: ExitStack, tmp_path: Path, page_folder: Path, server_logs: ServerLogs
) -> OwnServer:
    def start(models: str = "scripted", slots: int = 8, **settings: str) -> LiveServer:
        server = open_server(tmp_path, page_folder, models, slots, **settings)
        return server_logs.watch(servers.enter_context(server))

    return start


@pytest.fixture
def pages_seen(request: pytest.FixtureRequest) -> list[ChatPage]:
    """The test's, for the report of its failure."""
    pages: list[ChatPage] = request.node.stash.setdefault(_PAGES, [])
    return pages


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(
    chromium: Browser, pages_seen: list[ChatPage], servers: ExitStack
) -> AsyncIterator[OpenPage]:
    """As phones do, unless told otherwise. No page may complain or call a stranger."""
    async with AsyncExitStack() as pages:

        async def open_one(
            port: int, *, network_may_fail: bool = False, **options: Any
        ) -> ChatPage:
            watch = Watch(f"http://{NAME}:{port}", network_may_fail)
            page = _opened(chromium, watch, {**PHONE, **options})
            pages_seen.append(await pages.enter_async_context(page))
            return pages_seen[-1]

        yield open_one


@asynccontextmanager
async def _opened(
    chromium: Browser, watch: Watch, options: dict[str, Any]
) -> AsyncIterator[ChatPage]:
    context = await chromium.new_context(**options)
    try:
        context.set_default_timeout(_WAIT_MS)
        page = await context.new_page()
        watch.begin(page)
        await page.goto(watch.origin)
        chat = ChatPage(page, watch)
        await expect(chat.composer).to_be_visible()
        yield chat
    finally:
        await context.close()
    assert watch.strangers == []
    assert watch.complaints == []


@pytest_asyncio.fixture(loop_scope="session")
async def phone(open_page: OpenPage, server: LiveServer) -> ChatPage:
    """A phone with the shared server's chat open."""
    return await open_page(server.port)


@pytest.fixture(scope="session")
def home(
    tmp_path_factory: pytest.TempPathFactory, page_folder: Path, server_logs: ServerLogs
) -> Iterator[TerminalServer]:
    with TerminalServer(tmp_path_factory.mktemp("home"), page_folder) as server:
        server_logs.watch(server)
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def visit(
    chromium: Browser, pages_seen: list[ChatPage], servers: ExitStack
) -> AsyncIterator[Visit]:
    async with AsyncExitStack() as visitors:

        async def open_one(link: str) -> ChatPage:
            page = visitor(chromium, link, **PHONE)
            pages_seen.append(await visitors.enter_async_context(page))
            return pages_seen[-1]

        yield open_one


@pytest_asyncio.fixture(loop_scope="session")
async def paired(visit: Visit, home: TerminalServer) -> ChatPage:
    """A phone that came in by a QR code, which it has redeemed: a reload before that loses it."""
    phone = await visit(pairing_link(home))
    await phone.is_online()
    return phone
