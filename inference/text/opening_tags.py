"""The tags that a text may begin with, each of which opens a channel."""

from __future__ import annotations

from collections.abc import Mapping

from inference.types import Channel

_LONGEST = 200
"""Characters of a tag's additional words. A longer text has no tag."""


class OpeningTags:
    """`channels` by tag. One that ends in `head_end` may hold more words before it, in one line:
    harmony writes `<|channel|>commentary to=functions.f json<|message|>`.
    """

    def __init__(self, channels: Mapping[str, Channel], head_end: str = "") -> None:
        self._channels = channels
        self._end = head_end
        ending = (tag for tag in channels if head_end and tag.endswith(head_end))
        self._heads = {tag.removesuffix(head_end): channels[tag] for tag in ending}

    def may_be_cut(self, text: str) -> bool:
        """Whether more text decides if it begins with a tag."""
        if any(tag != text and tag.startswith(text) for tag in self._channels):
            return True
        return any(
            text.startswith(head) and self._goes_on(text.removeprefix(head)) for head in self._heads
        )

    def opened(self, text: str) -> tuple[Channel, str] | None:
        """The channel that its tag opens and the text after it; None where it begins with none."""
        for tag, channel in self._channels.items():
            if text.startswith(tag):
                return channel, text.removeprefix(tag)
        for head, channel in self._heads.items():
            words, end, rest = text.removeprefix(head).partition(self._end)
            if text.startswith(head) and end and self._are_words(words):
                return channel, rest
        return None

    def _goes_on(self, text: str) -> bool:
        """Whether these are words without their end, or with half of it."""
        words, sign, more = text.partition(self._end[0])
        end = sign + more
        return self._are_words(words) and end != self._end and self._end.startswith(end)

    def _are_words(self, text: str) -> bool:
        return len(text) <= _LONGEST and "\n" not in text and self._end[0] not in text
