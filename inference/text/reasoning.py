"""Separates reasoning from the answer, from the first token on.

Models mark it in three ways: by a tag of one token or of several, both of which are text here;
or the template opens the block itself and only the closing tag comes out.
"""

from __future__ import annotations

from collections.abc import Iterator

from inference.events import TextDelta
from inference.text.opening_tags import OpeningTags
from inference.text.reasoning_tags import THINK, ReasoningTags
from inference.text.stop_strings import StopStrings
from inference.types import Channel

OPEN = THINK.opening.strip()
CLOSE = THINK.closing.strip()
_GAP = "\n\n"


class ReasoningSplitter:
    """Text in, deltas of the two channels out. `opened`: the template began the reasoning.

    An opening tag counts only at the beginning of the text and a closing one only once after it:
    models also quote the tags in their answers. Where a model writes several messages, a closing
    tag ends the answer too at the end of the text, or if an opening one follows; a blank line is
    put between two messages of one channel.
    """

    def __init__(
        self, *, opened: bool, continued: Channel | None = None, tags: ReasoningTags = THINK
    ) -> None:
        """`continued` is the channel in which the text begins, where an answer is continued."""
        self._channel: Channel | None = continued or ("reasoning" if opened else None)
        self._tags = tags
        self._openings = OpeningTags(tags.first, tags.head_end)
        self._closing = tags.closing.strip()
        self._close = StopStrings([self._closing])
        self._undecided = ""
        self._quoted = ""
        self._blank = continued is None
        self._begun: set[Channel] = {continued} if continued else set()
        self._gap = ""

    def expects(self, token: str) -> bool:
        """Whether a control token of which tags consist can belong to one here: elsewhere it
        stands for nothing, and is no text.
        """
        if self._channel is None:
            return True
        return self._is_closed and token in self._closing

    def push(self, text: str) -> Iterator[TextDelta]:
        """The deltas that are certain now."""
        while text:
            if self._channel is None:
                text = self._decide(text)
                yield from self._quotation()
            elif self._is_closed:
                found = self._close.push(text)
                yield from self._delta(found.text)
                text = self._leave() if found.stopped else ""
            else:
                yield from self._delta(text)
                text = ""

    def flush(self) -> Iterator[TextDelta]:
        """The rest of the text, at the end of the run. Half of a tag that is made of control tokens
        is no text.
        """
        undecided = "" if self._tags.answer else self._undecided
        self._quoted = ""
        rest = undecided + self._close.flush()
        self._channel = self._channel or "answer"
        yield from self._delta(rest)

    def _decide(self, text: str) -> str:
        """Decide the channel by the first characters; returns their text that is still to be
        emitted. Without a tag the blanks before them are the answer's: a text that is continued
        needs them.
        """
        self._undecided += text
        found = self._undecided.lstrip()
        if self._openings.may_be_cut(found):
            return ""
        opened = self._openings.opened(found)
        whole, self._undecided = self._undecided, ""
        if opened is None:
            self._channel = "answer"
            return whole
        self._channel, rest = opened
        self._quoted = ""
        self._gap = _GAP if self._channel in self._begun else ""
        return rest

    @property
    def _is_closed(self) -> bool:
        """Whether a closing tag ends the current channel."""
        return self._channel == "reasoning" or bool(self._tags.between)

    def _leave(self) -> str:
        self._quoted = self._closing if self._channel == "answer" else ""
        self._openings = OpeningTags(self._tags.next, self._tags.head_end)
        self._channel = None if self._tags.next else "answer"
        self._blank = True
        return self._close.flush().removeprefix(self._closing)

    def _quotation(self) -> Iterator[TextDelta]:
        """A closing tag in the answer that ended no message."""
        if self._channel:
            quoted, self._quoted = self._quoted, ""
            yield from self._delta(quoted)

    def _delta(self, text: str) -> Iterator[TextDelta]:
        """Blank lines around the tags belong to neither channel."""
        if self._blank:
            text = text.lstrip("\n")
        if text:
            channel = self._channel or "answer"
            yield TextDelta(channel, self._gap + text)
            self._blank, self._gap = False, ""
            self._begun.add(channel)
