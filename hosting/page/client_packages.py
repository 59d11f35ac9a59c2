"""Installs the client's npm packages by its lockfile."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from chat.terminal.language import pick
from chat.terminal.progress import ProgressLine
from chat.terminal.refusal import Refusal
from hosting.page.node import Node
from hosting.page.npm_ci import LACKING, NO_NETWORK, NO_SPACE, NpmCi
from hosting.sources.indexes import npm_registries
from hosting.sources.sequential_fetch import SequentialFetch
from hosting.sources.tried_sources import TriedSources
from hosting.terminal.child import Outcome

LACKING_MODULE = re.compile(r"Cannot find (module|package)|MODULE_NOT_FOUND")
NAMED_ERROR = re.compile(r"\w*Error( \[\w+\])?: \w")
"""`Error: Cannot find module …` is more useful than the `throw error;` above it."""
ERROR = re.compile(r"^(?!npm (?:http|info)).*\berror\b", re.IGNORECASE)
FETCHED = re.compile(r"npm http (?:fetch GET 200|cache) \S+")
"""npm requests the versions of every package, then its file."""
NO_SOURCE = TriedSources("MYLLM_NPM_REGISTRIES")
"""For failures without a registry."""


def are_installed(client: Path) -> bool:
    """Whether node_modules has what the lockfile requires.

    npm writes node_modules/.package-lock.json last, so it is missing after an interruption.
    """
    try:
        wanted = _versions(client / "package-lock.json", required_only=True)
        found = _versions(client / "node_modules" / ".package-lock.json", required_only=False)
    except FileNotFoundError:
        return False
    return wanted.items() <= found.items()


def install(client: Path, node: Node) -> None:
    """Run `npm ci`. Raises `Refusal` if that fails."""
    view = NpmView(expected=len(_versions(client / "package-lock.json", required_only=True)))
    registries = npm_registries(os.environ, client)
    fetched = SequentialFetch(NpmCi(node, client), registries, view).fetch()
    if fetched.outcome.code != 0:
        raise explain(fetched.outcome.output, fetched.tried)
    view.done()


class NpmView:
    """Displays the number of downloaded packages."""

    def __init__(self, expected: int) -> None:
        title = pick("安装页面的依赖包", "Installing the page's packages")
        self._line = ProgressLine(title)
        self._expected = expected
        self.begin()

    def begin(self) -> None:
        self._fetched: set[str] = set()

    def see(self, line: str) -> None:
        if found := FETCHED.match(line):
            self._fetched.add(found[0])
        count = min(len(self._fetched) // 2, self._expected)
        self._line.show(f"{count}/{self._expected}" if count else "")

    def note(self, sentence: str) -> None:
        self._line.note(sentence)

    def done(self) -> None:
        self._line.done(pick("完成", "finished"))


def are_damaged(outcome: Outcome) -> bool:
    """Whether a build failed for lack of an installed file: an interrupted copy or a virus scanner
    removes files that the lockfile lists.
    """
    return outcome.code != 0 and LACKING_MODULE.search(outcome.output) is not None


def explain(output: str, tried: TriedSources = NO_SOURCE) -> Refusal:
    """npm's failure as one sentence."""
    if NO_SPACE.search(output):
        return Refusal(
            pick(
                "磁盘空间不足，无法构建页面，请腾出空间后重新运行。",
                "The disk is too full to build the page; make room and start again.",
            )
        )
    if NO_NETWORK.search(output) or LACKING.search(output):
        return Refusal(
            pick(
                f"连不上 npm 下载源{tried.in_brackets()}，无法构建页面："
                f"{tried.way_out()}，然后重新运行。",
                f"The npm registry cannot be reached{tried.in_brackets()}, so the page cannot be "
                f"built: {tried.way_out()}, and start again.",
            )
        )
    lines = [line.strip() for line in output.splitlines() if line.strip()] or ["?"]
    named = (line for line in lines if NAMED_ERROR.match(line))
    reason = next(named, None) or next((line for line in lines if ERROR.search(line)), lines[-1])
    return Refusal(pick(f"页面构建失败：{reason}", f"Building the page failed: {reason}"))


def _versions(lockfile: Path, *, required_only: bool) -> dict[str, str]:
    """Versions by folder. Optional packages are for other systems and may be missing."""
    packages = json.loads(lockfile.read_text(encoding="utf-8"))["packages"]
    return {
        place: entry.get("version", "")
        for place, entry in packages.items()
        if place and not (required_only and (entry.get("optional") or entry.get("peer")))
    }
