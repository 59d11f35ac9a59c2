"""What a dead process's journal adds to the texts that the database has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from chat.run_events import RestoredText, TextSnapshot
from chat.runs.journal.boot import boot_id
from chat.runs.journal.growing_text import GrowingText
from chat.runs.journal.header import Header, decode_header
from chat.runs.journal.record import (
    Entry,
    Records,
    TextEntry,
    decode_entries,
    unframe,
)
from chat.runs.journal.segment import SUFFIX, file_of


@dataclass(frozen=True, slots=True)
class Recovery:
    """The entries of each run, in the order in which they were written. `is_whole` says that no
    reader can have an event that is missing here.
    """

    is_whole: bool = False
    entries: Mapping[str, Sequence[Entry]] = field(default_factory=dict)

    def complete(self, run: str, kept: TextSnapshot, tokens: int) -> RestoredText:
        """The run's text with all events that follow `kept`, the text the database has.

        It stays in its epoch where readers can go on by their cursors; else a new one begins.
        """
        mine = [one for one in self.entries.get(run, ()) if one.epoch == kept.epoch]
        text = GrowingText(kept, tokens)
        has_no_gap = all(text.take(entry) for entry in _from_newest_text(mine, kept.seq))
        if self.is_whole and has_no_gap:
            return text.restored(kept.epoch)
        return replace(text.restored(kept.epoch + 1), events=())


def recover(folder: Path, journal: str, server: str) -> Recovery:
    """The journal of this name, made for the database `server`. Blocks.

    One that is missing, of another format or name, cut off, or of which a file cannot be read is
    not whole; nor is one of before the computer was started again, whose last pages the system may
    not have written.
    """
    files = _files(folder, journal)
    found = {file: segment for file in files if (segment := _segment(file, journal))}
    segments = sorted(found.values(), key=lambda one: one[0].segment)
    headers = [header for header, _ in segments]
    records = [one for _, one in segments]
    entries: defaultdict[str, list[Entry]] = defaultdict(list)
    is_whole = (
        _belong_together(headers, server)
        and not any(one.torn for one in records)
        and all(_is_just_made(file, headers[-1]) for file in files if file not in found)
    )
    for payload in (payload for one in records for payload in one.payloads):
        try:
            for entry in decode_entries(payload):
                entries[entry.run].append(entry)
        except msgspec.MsgspecError:
            return Recovery(is_whole=False, entries=entries)
    return Recovery(is_whole, entries)


def _files(folder: Path, journal: str) -> Collection[Path]:
    try:
        return list(folder.glob(f"{journal}-*{SUFFIX}")) if journal else []
    except OSError:
        return []


def _segment(file: Path, journal: str) -> tuple[Header, Records] | None:
    """None for what is no segment of this journal, or cannot be read."""
    try:
        data = file.read_bytes()
    except OSError:
        return None
    found = decode_header(data)
    if found is None or found[0].journal != journal:
        return None
    return found[0], unframe(data, found[1], found[0].seed)


def _is_just_made(file: Path, newest: Header) -> bool:
    """Whether the process was killed before the segment that follows got its header."""
    try:
        is_empty = file.stat().st_size == 0
    except OSError:
        return False
    following = replace(newest, segment=newest.segment + 1)
    return is_empty and file == file_of(file.parent, following)


def _belong_together(headers: Sequence[Header], server: str) -> bool:
    """The last of a chain, of this server and of this start of the computer."""
    if not headers:
        return False
    first = replace(headers[0], server=server, boot=boot_id())
    chain = [replace(first, segment=first.segment + at) for at in range(len(headers))]
    return bool(first.boot) and headers == chain


def _from_newest_text(entries: Sequence[Entry], seq: int) -> Sequence[Entry]:
    """Without what a text that was written once more, later than event `seq`, stands for."""
    for at in reversed(range(len(entries))):
        if isinstance(entries[at], TextEntry):
            return entries[at:] if entries[at].seq >= seq else entries[at + 1 :]
    return entries
