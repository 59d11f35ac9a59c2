"""The checks of `manage.py test`, in their order."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from chat.terminal.language import pick
from chat.terminal.progress import ProgressLine
from hosting.checks.core_imports import faults
from hosting.checks.private_postgresql import find_postgresql, private_postgresql
from hosting.page import client_packages
from hosting.page.build import build_page, is_fresh
from hosting.page.node import find_node
from hosting.terminal.child import Outcome, follow

NOTHING_TO_DO = Outcome(0, "")
MOST_WORKERS = 4
"""Each worker may start a server and a browser."""
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


@dataclass(frozen=True)
class Step:
    """One check. `run` may raise `Refusal`; its output is shown only if it failed.

    With `streams` the check writes while it runs, and nothing is added once it has passed.
    """

    name: str
    run: Callable[[ProgressLine], Outcome]
    streams: bool = False


@dataclass(frozen=True)
class Places:
    """The folders that checks use: the clone, the built page, and what is kept between runs."""

    root: Path
    page: Path
    kept: Path

    @property
    def client(self) -> Path:
        return self.root / "client-uniapp"

    @property
    def node(self) -> Path:
        return self.kept / "node"


def check_steps(places: Places, *, require_browser: bool) -> list[Step]:
    """pytest comes last, so that its summary ends the output."""
    return [
        *_python_steps(places),
        Step("npm ci", lambda line: _npm_ci(places)),
        _npm_step("eslint", places, "lint"),
        _npm_step("vue-tsc", places, "typecheck"),
        _npm_step("vitest", places, "test"),
        Step("build h5", lambda line: _build_page(places)),
        _npm_step("build mp-weixin", places, "build:mp-weixin"),
        _npm_step("run mp-weixin", places, "test:mp-weixin"),
        _npm_step("build app", places, "build:app"),
        _python_step("model", places, "-m", "inference.catalog", str(places.kept / "models")),
        Step("postgresql", lambda line: _on_postgresql(places), streams=True),
        Step("pytest", lambda line: _pytest(places, require_browser), streams=True),
    ]


def _python_steps(places: Places) -> list[Step]:
    return [
        _python_step("ruff check", places, "-m", "ruff", "check"),
        _python_step("ruff format", places, "-m", "ruff", "format", "--check"),
        _python_step("mypy", places, "-m", "mypy"),
        _python_step("imports", places, "-c", LINT_IMPORTS),
        Step("core imports", lambda line: _core_imports(places)),
        _python_step("migrations", places, "manage.py", "makemigrations", "--check", "--dry-run"),
        _python_step("protocol", places, "manage.py", "protocol", "--check"),
    ]


def _python_step(name: str, places: Places, *arguments: str) -> Step:
    def run(line: ProgressLine) -> Outcome:
        return follow([sys.executable, *arguments], lambda _: line.show(), cwd=places.root)

    return Step(name, run)


def _core_imports(places: Places) -> Outcome:
    found = faults(places.root)
    return Outcome(1, "\n".join(found)) if found else NOTHING_TO_DO


def _npm_step(name: str, places: Places, script: str) -> Step:
    def run(line: ProgressLine) -> Outcome:
        return find_node(places.node).run(["run", script], places.client, lambda _: line.show())

    return Step(name, run)


def _npm_ci(places: Places) -> Outcome:
    if not client_packages.are_installed(places.client):
        client_packages.install(places.client, find_node(places.node))
    return NOTHING_TO_DO


def _build_page(places: Places) -> Outcome:
    if not is_fresh(places.client, places.page):
        build_page(places.client, places.page, places.node)
    return NOTHING_TO_DO


def _on_postgresql(places: Places) -> Outcome:
    """The tests of storage on a real PostgreSQL; skipped where none is installed."""
    programs = find_postgresql()
    if programs is not None:
        with private_postgresql(programs) as url:
            return _run_pytest(places, "tests/chat", DATABASE_URL=url)
    skipped = pick("没有安装 PostgreSQL，已跳过。", "PostgreSQL is not installed: skipped.")
    if os.environ.get("MYLLM_REQUIRE_POSTGRESQL") == "1":
        return Outcome(1, skipped)
    print(skipped, flush=True)
    return NOTHING_TO_DO


def _pytest(places: Places, require_browser: bool) -> Outcome:
    variables = {"MYLLM_REQUIRE_BROWSER": "1"} if require_browser else {}
    return _run_pytest(places, **variables)


def _run_pytest(places: Places, *arguments: str, **variables: str) -> Outcome:
    """In parallel, each file in one process, so that its servers and models are started once.

    In the order of the listing, which ends with many short files: no process runs alone at the end.
    """
    workers = min(os.cpu_count() or 1, MOST_WORKERS)
    beside = ("-n", str(workers), "--dist", "loadfile", "--no-loadscope-reorder")
    # Django chose the project's settings for this process; the tests have their own.
    chosen = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL"}
    environ = {name: value for name, value in os.environ.items() if name not in chosen}
    ended = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "pytest", *beside, *arguments],
        cwd=places.root,
        env=environ | variables,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return Outcome(ended.returncode, "")
