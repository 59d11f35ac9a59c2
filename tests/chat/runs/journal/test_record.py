"""What is written is read, and nothing else: neither half a record nor one of another journal."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import MsgspecError

from chat.errors import ErrorCode
from chat.run_events import Failure, RunEnded, TextSnapshot
from chat.runs.journal.record import (
    DeltaEntry,
    EndedEntry,
    Entry,
    StartedEntry,
    TextEntry,
    decode_entries,
    encode_entries,
    frame,
    unframe,
)
from chat.wire.protocol import Timings, Usage

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.integers(0, 2**32)
NUMBERED = (TEXTS, NUMBERS, NUMBERS, NUMBERS)
ENDS = (
    RunEnded("completed", "stop", Usage(1, 2), Timings(0.0, 0.1, 0.2, 3.0)),
    RunEnded("failed", failure=Failure(ErrorCode.CONTEXT_EXCEEDED, {"limit": 8})),
)
ENTRIES = st.one_of(
    st.builds(DeltaEntry, *NUMBERED, st.sampled_from(["answer", "reasoning"]), NUMBERS, TEXTS),
    st.builds(StartedEntry, *NUMBERED, TEXTS, NUMBERS, TEXTS),
    st.builds(EndedEntry, *NUMBERED, st.sampled_from(ENDS)),
    st.builds(
        TextEntry,
        *NUMBERED,
        st.builds(TextSnapshot, NUMBERS, NUMBERS, TEXTS, TEXTS, TEXTS),
    ),
)
PAYLOADS = st.lists(st.binary(max_size=40), max_size=6)


@given(st.lists(ENTRIES))
def test_entries_are_read_as_they_were_written(entries: list[Entry]) -> None:
    assert decode_entries(encode_entries(entries)) == entries


def test_what_is_no_entry_is_refused() -> None:
    with pytest.raises(MsgspecError):
        decode_entries(b"\x93\x01\x02\x03")


@given(PAYLOADS, st.integers(0, 2**32 - 1), st.data())
def test_a_record_cut_off_is_dropped_and_those_before_it_are_kept(
    payloads: list[bytes], seed: int, data: st.DataObject
) -> None:
    whole = b"".join(frame(payload, seed) for payload in payloads)
    cut = data.draw(st.integers(0, len(whole)))
    read = unframe(whole[:cut], 0, seed)
    assert list(read.payloads) == payloads[: len(read.payloads)]
    assert sum(len(frame(one, seed)) for one in read.payloads) <= cut
    assert read.torn == (b"".join(frame(one, seed) for one in read.payloads) != whole[:cut])


@given(PAYLOADS.filter(bool), st.data())
def test_a_changed_byte_ends_what_is_read(payloads: list[bytes], data: st.DataObject) -> None:
    whole = bytearray(b"".join(frame(payload, 7) for payload in payloads))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    read = unframe(bytes(whole), 0, 7)
    assert read.torn
    assert list(read.payloads) == payloads[: len(read.payloads)]


def test_a_record_of_another_journal_is_none() -> None:
    assert unframe(frame(b"one", 1), 0, 2).payloads == ()


def test_a_start_written_before_there_were_providers_is_read() -> None:
    payload = msgspec.msgpack.encode([["started", "r", 1, 1, 0, "m", 2]])
    assert decode_entries(payload) == [StartedEntry("r", 1, 1, 0, "m", 2, "")]


def test_a_text_written_before_there_were_providers_is_read() -> None:
    text = {"epoch": 1, "seq": 2, "model": "m", "reasoning": "", "answer": "好"}
    payload = msgspec.msgpack.encode([["text", "r", 1, 2, 1, text]])
    assert decode_entries(payload) == [TextEntry("r", 1, 2, 1, TextSnapshot(**text))]  # type: ignore[arg-type]
