"""One source after another, until one has brought what was asked for."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from chat.terminal.language import pick
from hosting.sources.address import shown
from hosting.sources.candidates import Candidates
from hosting.sources.fastest import first_to_answer
from hosting.sources.stall import Heard, Stall
from hosting.sources.tried import Tried
from hosting.terminal.child import Outcome


class Fetcher(Protocol):
    """How pip or npm is run, and what it writes means."""

    @property
    def probe(self) -> str:
        """A small thing that every source is asked for, by its path."""

    def trust(self) -> ssl.SSLContext: ...

    def proxy(self, source: str) -> str:
        """The proxy through which it asks that source, else ""."""

    def run(self, source: str, on_line: Callable[[str], None], *, is_last: bool) -> Outcome:
        """Once, from this source; from what is configured if it is ""."""

    def downloaded(self) -> int:
        """Bytes that lie where it downloads to."""

    def is_busy(self) -> bool:
        """Whether what it works on is here already, so that it waits for no source."""

    def hear(self, line: str) -> Heard: ...

    def blames_source(self, output: str) -> bool:
        """Whether another source may do better."""


class View(Protocol):
    """What is shown of it."""

    def begin(self) -> None:
        """A run begins, and counts anew."""

    def see(self, line: str) -> None: ...

    def note(self, sentence: str) -> None: ...


@dataclass(frozen=True)
class Fetched:
    """How the last run ended, and who was asked."""

    outcome: Outcome
    tried: Tried


class _Still(Exception):  # noqa: N818 - it ends a run, and is no error of it
    """Nothing comes any more, and another source answers."""


class InTurn:
    """Of one thing to be fetched.

    A run in which nothing moves is ended only where another source answers by then; one without
    an alternative goes on for as long as pip or npm themselves are patient.
    """

    def __init__(self, fetcher: Fetcher, candidates: Candidates, view: View) -> None:
        self._fetcher = fetcher
        self._candidates = candidates
        self._view = view
        self._left = [list(candidates.preferred), list(candidates.others)]
        self._answering: str | None = None
        self._trust: ssl.SSLContext | None = None
        self._tried: list[str] = []
        self._told: set[str] = set()

    def fetch(self) -> Fetched:
        """OSError if the program cannot be started."""
        if not self._candidates.all:
            return self._fetched(self._run(""))
        still: list[str] = []
        outcome: Outcome | None = None
        while source := self._take():
            try:
                outcome = self._run(source)
            except _Still:
                still.append(source)
                continue
            if self._is_settled(outcome):
                return self._fetched(outcome)
        if still:  # slow as it was, it may be the only one that has it
            outcome = self._run(still[0])
        assert outcome is not None  # noqa: S101 - the last one is not ended
        return self._fetched(outcome)

    def _fetched(self, outcome: Outcome) -> Fetched:
        asked = tuple(dict.fromkeys(self._tried))
        proxy = self._fetcher.proxy(asked[-1]) if asked else ""
        return Fetched(outcome, Tried(self._candidates.setting, asked, proxy))

    def _is_settled(self, outcome: Outcome) -> bool:
        return outcome.code == 0 or not self._fetcher.blames_source(outcome.output)

    def _take(self) -> str:
        """The next one to be tried, "" where all were."""
        group = self._group()
        if not group:
            return ""
        answering = self._answering or (self._ask(group) if len(group) > 1 else None)
        chosen = answering or group[0]
        self._answering = None
        group.remove(chosen)
        if self._tried:
            self._tell_change(self._tried[-1], chosen)
        return chosen

    def _group(self) -> list[str]:
        return next((group for group in self._left if group), [])

    def _ask(self, group: list[str]) -> str | None:
        if self._trust is None:
            self._trust = self._fetcher.trust()
        return first_to_answer(group, self._fetcher.probe, self._trust)

    def _run(self, source: str) -> Outcome:
        if source:
            self._tried.append(source)
        stall = Stall(self._fetcher.downloaded, self._fetcher.is_busy)
        self._view.begin()

        def see(line: str) -> None:
            self._view.see(line)
            if source and stall.is_still(self._fetcher.hear(line)):
                self._leave_still(source)

        return self._fetcher.run(source, see, is_last=not self._group())

    def _leave_still(self, source: str) -> None:
        """Say so once; raises _Still if there is somewhere else to go."""
        if source not in self._told:
            self._told.add(source)
            tried = Tried(self._candidates.setting, (source,), self._fetcher.proxy(source))
            self._view.note(tried.nothing_comes())
        group = self._group()
        self._answering = self._ask(group) if group else None
        if self._answering:
            raise _Still

    def _tell_change(self, before: str, after: str) -> None:
        checked = after in self._candidates.others
        zh = "（公共源，下载的文件会核对校验值）" if checked else ""
        en = " (a public one; every file is checked by its digest)" if checked else ""
        self._view.note(
            pick(
                f"{shown(before)} 没能完成下载，改用 {shown(after)}{zh}。",
                f"{shown(before)} did not bring everything; going on with {shown(after)}{en}.",
            )
        )
