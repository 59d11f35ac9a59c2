"""Shares one KV cache among concurrent completions, by preemption. Pure.

llama.cpp ends all of them when a token finds no space, so one is interrupted before that happens.
"""

from __future__ import annotations

from dataclasses import dataclass

_LAG = 16
"""Tokens that a completion may have beyond its latest item, which is still in transit."""
_GROWTH = 32
"""A 32nd of the cache must be free for each completion when another one begins: one that is
interrupted again at once would only have computed its prompt.
"""


@dataclass(slots=True, eq=False)
class Share:
    """The share of one answer in the cache, in tokens; of those that wait the lowest `number`
    begins.

    `tokens` is what it holds, and before that is known what it holds at most; `most` is its limit,
    if it has one. `alone` lets no other run beside it; one that is `steady` is not interrupted.
    `preempted` is set when it has to be interrupted, `shared_cache` when another ran beside it
    since it began.
    """

    number: int
    tokens: int
    most: int | None = None
    alone: bool = False
    steady: bool = False
    preempted: bool = False
    shared_cache: bool = False

    @classmethod
    def of(cls, number: int, prompt_tokens: int, new_tokens: int | None) -> Share:
        """For an answer of `new_tokens` at most, where it has a limit."""
        most = None if new_tokens is None else prompt_tokens + new_tokens
        return cls(number, prompt_tokens, most)


class KvBudget:
    """The shares of the running completions, within `capacity` tokens."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._growth = max(capacity // _GROWTH, 2 * _LAG)
        self._shares: list[Share] = []

    def fits(self, share: Share) -> bool:
        """Whether it may begin. Where nothing runs it always may: llama.cpp itself refuses a prompt
        that is too long, and ends an answer at the end of the context.
        """
        own = self._later(share, self._growth)
        if not own or not self._shares:
            return True
        return own + self._reach(self._shares, self._growth) <= self._capacity

    def enter(self, share: Share) -> None:
        """Admit a share."""
        share.preempted = share.shared_cache = False
        self._shares.append(share)
        if len(self._shares) > 1:
            for each in self._shares:
                each.shared_cache = True

    def leave(self, share: Share) -> None:
        """Remove a share that has ended. Does nothing for one that has left."""
        if share in self._shares:
            self._shares.remove(share)

    def grow(self, share: Share, tokens: int) -> None:
        """Set the tokens that a share holds, and preempt as many shares as that requires."""
        share.tokens = tokens
        while cheapest := self._to_interrupt():
            cheapest.preempted = True

    def _to_interrupt(self) -> Share | None:
        """The one with the fewest tokens to compute again; never the oldest, so that all end,
        nor a steady one."""
        staying = [share for share in self._shares if not share.preempted]
        if self._reach(staying, _LAG) <= self._capacity:
            return None
        staying.sort(key=lambda share: share.number)
        may_wait = [share for share in reversed(staying[1:]) if not share.steady]
        return min(may_wait, key=lambda share: share.tokens, default=None)

    def _reach(self, shares: list[Share], ahead: int) -> int:
        """The tokens in use `ahead` tokens later."""
        return sum(self._later(share, ahead) for share in shares)

    def _later(self, share: Share, ahead: int) -> int:
        if share.alone:
            return self._capacity
        grown = share.tokens + ahead
        return grown if share.most is None else max(min(grown, share.most), share.tokens)
