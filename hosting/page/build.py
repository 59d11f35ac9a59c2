"""Builds the H5 page when the client's sources have changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from chat.terminal.language import pick
from chat.terminal.lock import held_lock
from chat.terminal.progress import ProgressLine
from chat.terminal.refusal import Refusal
from hosting.page import client_packages
from hosting.page.compressed import compress
from hosting.page.node import Node, find_node
from hosting.terminal.child import Outcome

STAMP = "sources.sha256"
NO_SOURCES = frozenset({"node_modules", "dist", "unpackage", "coverage"})


def ensure_page(client: Path, page: Path, keep_node: Path) -> None:
    """Build `page` from `client` unless it is current. Raises `Refusal` if it cannot be built.

    If a rebuild fails, the older page is kept and the reason printed. Waits for another process
    that builds.
    """
    if is_fresh(client, page) and not (client.is_dir() and leftovers(page)):
        return
    try:
        build_page(client, page, keep_node)
    except Refusal as refusal:
        if not (page / "index.html").is_file():
            raise
        older = pick("先使用旧的页面。", "The older page is used for now.")
        print(f"{refusal}\n{older}", file=sys.stderr)


def is_fresh(client: Path, page: Path) -> bool:
    """Whether the page was built from exactly these sources."""
    if not client.is_dir():
        return (page / "index.html").is_file()
    try:
        return (page / STAMP).read_text(encoding="ascii") == digest(client)
    except FileNotFoundError:
        return False


def build_page(client: Path, page: Path, keep_node: Path) -> None:
    """Build beside the page and swap at the end: an incomplete build is never served. A lock admits
    one process at a time.
    """
    waiting = pick("另一个 MyLLM 正在构建页面，等它完成", "Another MyLLM builds; waiting for it")
    with held_lock(client / "dist" / "build.lock", waiting) as lock:
        clear(page)
        if not is_fresh(client, page):
            _build(client, page, replace(find_node(keep_node), keep_open=(lock,)))


def _build(client: Path, page: Path, node: Node) -> None:
    if not client_packages.are_installed(client):
        client_packages.install(client, node)
    line = ProgressLine(pick("构建页面", "Building the page"))
    built_from = digest(client)
    unfinished = page.with_name(f".{page.name}-{os.getpid()}")
    try:
        outcome = _run_build(client, unfinished, node, line)
        if client_packages.are_damaged(outcome):
            client_packages.install(client, node)
            outcome = _run_build(client, unfinished, node, line)
        if outcome.code != 0 or not (unfinished / "index.html").is_file():
            raise client_packages.explain(outcome.output)
        compress(unfinished)
        (unfinished / STAMP).write_text(built_from, encoding="ascii")
        swap(unfinished, page)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    line.done()


def _run_build(client: Path, into: Path, node: Node, line: ProgressLine) -> Outcome:
    shutil.rmtree(into, ignore_errors=True)
    return node.run(["run", "build:h5"], client, lambda _: line.show(), UNI_OUTPUT_DIR=str(into))


def leftovers(page: Path) -> list[Path]:
    """Folders that interrupted builds have left beside the page."""
    return list(page.parent.glob(f".{page.name}-*"))


def clear(page: Path) -> None:
    """Remove leftovers; a page that was being replaced is restored first."""
    old = page.with_name(f".{page.name}-old")
    if (old / "index.html").is_file() and not (page / "index.html").is_file():
        shutil.rmtree(page, ignore_errors=True)
        old.rename(page)
    for left in leftovers(page):
        shutil.rmtree(left, ignore_errors=True)


def swap(new: Path, page: Path) -> None:
    old = page.with_name(f".{page.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if page.exists():
        page.rename(old)
    new.rename(page)
    shutil.rmtree(old, ignore_errors=True)


def digest(client: Path) -> str:
    """A digest of names and contents, not times: a clone or a checkout sets new times."""
    total = hashlib.sha256(Path(__file__).read_bytes())  # and of the build itself
    for file in sorted(_sources(client)):
        name = file.relative_to(client).as_posix()
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        total.update(f"{name} {content}\n".encode())
    return total.hexdigest()


def _sources(client: Path) -> Iterable[Path]:
    for folder, below, files in os.walk(client):
        below[:] = [name for name in below if name not in NO_SOURCES]
        yield from (Path(folder, name) for name in files)
