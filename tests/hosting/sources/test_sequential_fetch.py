"""The order in which sources are tried, with a scripted program and sources."""

from __future__ import annotations

import ssl
from collections.abc import Callable

import pytest

from chat.terminal import language
from hosting.sources import sequential_fetch, stall
from hosting.sources.candidates import Candidates
from hosting.sources.sequential_fetch import Fetched, SequentialFetch
from hosting.sources.stall import Activity
from hosting.terminal.child import Outcome

GOOD, BAD, FULL = Outcome(0, ""), Outcome(1, "no network"), Outcome(1, "disk full")


class Program:
    """Ends as the test sets it; a stalled run fails if it is not ended."""

    probe = "x/"

    def __init__(self, **ends: Outcome) -> None:
        self.ends = ends
        self.runs: list[tuple[str, bool]] = []

    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context()

    def proxy(self, source: str) -> str:
        return ""

    def run(self, source: str, on_line: Callable[[str], None], *, is_last: bool) -> Outcome:
        self.runs.append((source, is_last))
        if source not in self.ends:
            on_line("Collecting")
            on_line("")
        return self.ends.get(source, BAD)

    def downloaded(self) -> int:
        return 0

    def is_busy(self) -> bool:
        return False

    def activity_of(self, line: str) -> Activity:
        return Activity.PROGRESS if line else Activity.NONE

    def blames_source(self, output: str) -> bool:
        return output == BAD.output

    @property
    def asked(self) -> str:
        return " ".join(source for source, _ in self.runs)


class Notes:
    def __init__(self) -> None:
        self.sentences: list[str] = []
        self.begun = 0

    def begin(self) -> None:
        self.begun += 1

    def see(self, line: str) -> None:
        """Displayed elsewhere."""

    def note(self, sentence: str) -> None:
        self.sentences.append(sentence)


@pytest.fixture(autouse=True)
def answering(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Sources that answer, fastest first. Ten seconds pass at once."""
    alive: list[str] = []
    monkeypatch.setattr(language, "prefers_chinese", lambda: False)
    monkeypatch.setattr(stall, "STALLED_SECONDS", 0.0)
    monkeypatch.setattr(
        sequential_fetch,
        "first_to_answer",
        lambda urls, *_: next((url for url in alive if url in urls), None),
    )
    return alive


def fetch(program: Program, *preferred: str, others: tuple[str, ...] = ()) -> tuple[Fetched, Notes]:
    notes = Notes()
    return SequentialFetch(program, Candidates("X", preferred, others), notes).fetch(), notes


def test_the_fastest_is_taken(answering: list[str]) -> None:
    answering.append("b")
    program = Program(a=GOOD, b=GOOD)
    fetched, notes = fetch(program, "a", "b")
    assert (program.asked, fetched.outcome, notes.sentences) == ("b", GOOD, [])


def test_without_answers_the_first_is_used() -> None:
    program = Program(a=GOOD, b=GOOD)
    fetch(program, "a", "b")
    assert program.asked == "a"


def test_a_failed_one_is_replaced_and_the_last_has_the_most_retries() -> None:
    program = Program(a=BAD, b=GOOD)
    fetched, notes = fetch(program, "a", "b")
    assert fetched.outcome == GOOD
    assert program.runs == [("a", False), ("b", True)]
    assert notes.sentences == ["a did not bring everything; going on with b."]
    assert notes.begun == 2


def test_a_local_failure_is_not_retried() -> None:
    program = Program(a=FULL, b=GOOD)
    fetched, _ = fetch(program, "a", "b")
    assert (program.asked, fetched.outcome) == ("a", FULL)


def test_the_persons_own_is_alone_as_long_as_it_works(answering: list[str]) -> None:
    answering.append("public")
    program = Program(own=GOOD, public=GOOD)
    fetch(program, "own", others=("public",))
    assert program.asked == "own"


def test_a_public_one_follows_and_is_named() -> None:
    program = Program(own=BAD, public=GOOD)
    _, notes = fetch(program, "own", others=("public",))
    assert program.asked == "own public"
    assert "public (a public one; every file is checked" in notes.sentences[-1]


def test_a_stalled_one_is_replaced_by_one_that_answers(answering: list[str]) -> None:
    answering.append("b")
    program = Program(b=GOOD)
    fetched, notes = fetch(program, "a", others=("b",))
    assert (program.asked, fetched.outcome) == ("a b", GOOD)
    assert notes.sentences[0].startswith("Hardly anything has come for")
    assert "from a: check the network" in notes.sentences[0]
    assert "in X" in notes.sentences[0]


def test_a_stalled_one_is_kept_if_no_other_answers() -> None:
    program = Program(b=GOOD)
    fetched, _ = fetch(program, "a", others=("b",))
    # It was not ended: it failed by itself, and only then the next one was tried.
    assert (program.asked, fetched.outcome) == ("a b", GOOD)
    program = Program()
    fetched, notes = fetch(program, "a")
    assert (program.asked, fetched.outcome) == ("a", BAD)
    assert len(notes.sentences) == 1


def test_where_all_others_fail_the_slow_one_gets_all_the_time_it_needs(
    answering: list[str],
) -> None:
    answering.append("b")
    program = Program(b=BAD)
    fetched, _ = fetch(program, "a", others=("b",))
    assert program.asked == "a b a"
    assert fetched.tried.sources == ("a", "b")


def test_without_an_index_there_is_one_run() -> None:
    program = Program()
    program.ends[""] = BAD
    fetched, notes = fetch(program)
    assert program.runs == [("", True)]
    assert (fetched.tried.where(), notes.sentences) == ("", [])
