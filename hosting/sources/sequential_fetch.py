"""Downloads from one source after another, until one of them succeeds."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from chat.terminal.language import pick
from hosting.sources.address import shown
from hosting.sources.candidates import Candidates
from hosting.sources.fastest import first_to_answer
from hosting.sources.stall import Activity, StallWatch
from hosting.sources.tried_sources import TriedSources
from hosting.terminal.child import Outcome


class Fetcher(Protocol):
    """Runs pip or npm, and interprets their output."""

    @property
    def probe(self) -> str:
        """The path of a small file that every source has."""

    def trust(self) -> ssl.SSLContext: ...

    def proxy(self, source: str) -> str:
        """The proxy for requests to that source, else ""."""

    def run(self, source: str, on_line: Callable[[str], None], *, is_last: bool) -> Outcome:
        """Run once with this source; with the configured one if it is ""."""

    def downloaded(self) -> int:
        """Bytes in the folder of running downloads."""

    def is_busy(self) -> bool:
        """Whether the current step is local, so that no download is expected."""

    def activity_of(self, line: str) -> Activity: ...

    def blames_source(self, output: str) -> bool:
        """Whether another source may succeed."""


class View(Protocol):
    """Displays the progress."""

    def begin(self) -> None:
        """A run begins: reset all counts."""

    def see(self, line: str) -> None: ...

    def note(self, sentence: str) -> None: ...


@dataclass(frozen=True)
class Fetched:
    """The end of the last run, and the sources that were tried."""

    outcome: Outcome
    tried: TriedSources


class _Stalled(Exception):  # noqa: N818 - it ends a run that has not failed
    """The download has stalled, and another source answers."""


class SequentialFetch:
    """Downloads one thing.

    A stalled run is ended only if another source answers; without an alternative it continues until
    pip or npm give up.
    """

    def __init__(self, fetcher: Fetcher, candidates: Candidates, view: View) -> None:
        self._fetcher = fetcher
        self._candidates = candidates
        self._view = view
        self._left = [list(candidates.preferred), list(candidates.others)]
        self._answering: str | None = None
        self._trust: ssl.SSLContext | None = None
        self._tried: list[str] = []
        self._reported: set[str] = set()

    def fetch(self) -> Fetched:
        """Raises `OSError` if the program cannot be started."""
        if not self._candidates.all:
            return self._fetched(self._run(""))
        stalled: list[str] = []
        outcome: Outcome | None = None
        while source := self._take():
            try:
                outcome = self._run(source)
            except _Stalled:
                stalled.append(source)
                continue
            if self._is_settled(outcome):
                return self._fetched(outcome)
        if stalled:  # it was slow, but it may be the only one with the packages
            outcome = self._run(stalled[0])
        assert outcome is not None  # noqa: S101 - the last run is not interrupted
        return self._fetched(outcome)

    def _fetched(self, outcome: Outcome) -> Fetched:
        tried = tuple(dict.fromkeys(self._tried))
        proxy = self._fetcher.proxy(tried[-1]) if tried else ""
        return Fetched(outcome, TriedSources(self._candidates.setting, tried, proxy))

    def _is_settled(self, outcome: Outcome) -> bool:
        return outcome.code == 0 or not self._fetcher.blames_source(outcome.output)

    def _take(self) -> str:
        """The next source to try, "" if all were tried."""
        group = self._group()
        if not group:
            return ""
        answering = self._answering or (self._first_to_answer(group) if len(group) > 1 else None)
        chosen = answering or group[0]
        self._answering = None
        group.remove(chosen)
        if self._tried:
            self._note_change(self._tried[-1], chosen)
        return chosen

    def _group(self) -> list[str]:
        return next((group for group in self._left if group), [])

    def _first_to_answer(self, group: list[str]) -> str | None:
        if self._trust is None:
            self._trust = self._fetcher.trust()
        return first_to_answer(group, self._fetcher.probe, self._trust)

    def _run(self, source: str) -> Outcome:
        if source:
            self._tried.append(source)
        stall = StallWatch(self._fetcher.downloaded, self._fetcher.is_busy)
        self._view.begin()

        def see(line: str) -> None:
            self._view.see(line)
            if source and stall.is_stalled(self._fetcher.activity_of(line)):
                self._handle_stall(source)

        return self._fetcher.run(source, see, is_last=not self._group())

    def _handle_stall(self, source: str) -> None:
        """Report the stall once per source; raises `_Stalled` if another source answers."""
        if source not in self._reported:
            self._reported.add(source)
            tried = TriedSources(self._candidates.setting, (source,), self._fetcher.proxy(source))
            self._view.note(tried.stalled_sentence())
        group = self._group()
        self._answering = self._first_to_answer(group) if group else None
        if self._answering:
            raise _Stalled

    def _note_change(self, before: str, after: str) -> None:
        checked = after in self._candidates.others
        zh = "（公共源，下载的文件会核对校验值）" if checked else ""
        en = " (a public one; every file is checked by its digest)" if checked else ""
        self._view.note(
            pick(
                f"{shown(before)} 没能完成下载，改用 {shown(after)}{zh}。",
                f"{shown(before)} did not bring everything; going on with {shown(after)}{en}.",
            )
        )
