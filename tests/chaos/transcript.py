"""What one reader has received of one run, each event held against all that came before."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.chaos.difference import NO_DIFFERENCE, Difference, difference_in_growth, excerpts
from tests.chaos.fault import Fault, FaultKind
from tests.live.chat_socket import Frame

CHANNELS = ("answer", "reasoning")


def no_text() -> dict[str, str]:
    return dict.fromkeys(CHANNELS, "")


@dataclass(eq=False, slots=True)
class Transcript:
    """One reader's texts by channel, its cursor (`seq` of numbering `epoch`), and what was wrong.

    `earlier` are the texts of the epochs before, as the reader had them when they ended.
    `events` are the numbered events it was told one by one.
    """

    run: str
    reader: str
    epoch: int | None = None
    seq: int = 0
    texts: dict[str, str] = field(default_factory=no_text)
    ends: int = 0
    unsaved: bool = False
    earlier: list[dict[str, str]] = field(default_factory=list)
    events: dict[tuple[int | None, int], tuple[str, str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def ended(self) -> bool:
        return self.ends > 0

    def take(self, frame: Frame) -> None:
        """One frame of `ws/chat/`; those that are not of the run's log count for nothing."""
        match frame["type"]:
            case "snapshot":
                texts = {"answer": frame["content"], "reasoning": frame["reasoning"]}
                self.replace(frame["epoch"], frame["seq"], texts)
            case "start":
                self._start(frame)
            case "stream":
                self._step(frame["seq"])
                self._note(frame["channel"], frame["content"])
                self.texts[frame["channel"]] += frame["content"]
            case "end":
                self._step(frame["seq"])
                self.end()
            case "saving":
                self.unsaved = self.unsaved or not frame["saved"]
            case "error":
                self._refuse(frame)

    def replace(self, epoch: int, seq: int, texts: dict[str, str]) -> None:
        """A snapshot. One of the same epoch only adds to the text and to the number."""
        if self.epoch is None or epoch == self.epoch:
            self._compare(texts)
            if seq < self.seq:
                self._fault("number", f"a snapshot up to {seq} after event {self.seq}")
        else:
            self._begin_epoch(epoch)
        self.epoch, self.seq, self.texts = epoch, seq, dict(texts)

    def grow(self, epoch: int, seq: int, texts: dict[str, str]) -> None:
        """Text without the numbers of its events, as REST tells it."""
        if self.epoch not in (None, epoch):
            self._fault("epoch", f"text of epoch {epoch} was added to that of {self.epoch}")
        if seq < self.seq or (seq == self.seq and any(texts.values())):
            self._fault("number", f"text up to event {seq} after event {self.seq}")
        self.epoch, self.seq = epoch, seq
        self.texts = {channel: self.texts[channel] + texts[channel] for channel in CHANNELS}

    def end(self) -> None:
        self.ends += 1
        if self.ends > 1:
            self._fault("end", f"end number {self.ends}")

    def _start(self, frame: Frame) -> None:
        if self.epoch not in (None, frame["epoch"]):
            if frame["seq"] != 1:
                self._fault("number", f"epoch {frame['epoch']} began with event {frame['seq']}")
            self._begin_epoch(frame["epoch"])
            self.seq, self.texts = frame["seq"] - 1, no_text()
        self.epoch = frame["epoch"]
        self._step(frame["seq"])
        self._note("start", "")

    def _begin_epoch(self, epoch: int) -> None:
        if self.epoch is not None and epoch < self.epoch:
            self._fault("epoch", f"epoch {epoch} after epoch {self.epoch}")
        if self.ended:
            self._fault("end", f"epoch {epoch} began after the end of epoch {self.epoch}")
        self.earlier.append(self.texts)
        self.epoch = epoch

    def _step(self, seq: int) -> None:
        if seq != self.seq + 1:
            self._fault("number", f"event {seq} came after event {self.seq}")
        self.seq = seq

    def _note(self, channel: str, text: str) -> None:
        self.events[self.epoch, self.seq] = (channel, text)

    def _compare(self, texts: dict[str, str]) -> None:
        for channel in CHANNELS:
            found = difference_in_growth(self.texts[channel], texts[channel])
            if found:
                self._fault("text", excerpts(self.texts[channel], texts[channel]), found)

    def _refuse(self, frame: Frame) -> None:
        """Refused with its cursor, a reader reads again from nothing."""
        self._fault("refused", f"{frame['code']} for event {self.seq} of epoch {self.epoch}")
        self.earlier.append(self.texts)
        self.epoch, self.seq, self.texts = None, 0, no_text()

    def _fault(self, kind: FaultKind, what: str, found: Difference = NO_DIFFERENCE) -> None:
        where = f"{self.reader} of run {self.run}"
        self.faults.append(Fault(kind, where, what, found))
