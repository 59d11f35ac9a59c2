"""A segment says whose it is before anything in it is believed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chat.runs.journal.boot import boot_id
from chat.runs.journal.header import Header, decode_header, encode_header

HEADER = Header("journal", "server", "boot", 3)


def test_the_header_is_read_and_where_the_records_begin() -> None:
    first = encode_header(HEADER)
    assert decode_header(first + b"records") == (HEADER, len(first))


@pytest.mark.parametrize("data", [b"", b"\x00" * 64, encode_header(HEADER)[:-1], b"{}" * 40])
def test_a_file_without_a_header_is_no_segment(data: bytes) -> None:
    assert decode_header(data) is None


def test_a_segment_of_another_format_is_none() -> None:
    assert decode_header(encode_header(replace(HEADER, format=2))) is None


def test_records_of_different_segments_have_different_checksums() -> None:
    assert HEADER.seed != replace(HEADER, segment=4).seed
    assert HEADER.seed != replace(HEADER, journal="other").seed


def test_the_boot_is_the_same_for_as_long_as_the_computer_runs() -> None:
    assert boot_id() == boot_id() != ""
