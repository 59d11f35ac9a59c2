"""The number of tokens in one step, bounded so that readers do not wait long for the next one.

Long steps prefill fastest, but every answer pauses meanwhile. Their duration differs a thousandfold
between machines, so it is measured.
"""

from __future__ import annotations

STALL_SECONDS = 0.4
"""The longest pause in an answer while another run's prompt is computed."""

_FEWEST = 32


class StepBudget:
    """Between a few tokens and `most`. Without decodes a step takes `most`: no reader waits."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._beside = most

    def tokens(self, decodes: int) -> int:
        """The tokens of a step with so many decodes, these included."""
        return self._beside if decodes else self._most

    def observe(self, tokens: int, seconds: float) -> None:
        """Note the duration of a full step; the next one with decodes aims at `STALL_SECONDS`."""
        wanted = tokens * STALL_SECONDS / seconds if seconds > 0 else self._most
        halfway = (self._beside + wanted) / 2
        self._beside = int(min(max(halfway, min(_FEWEST, self._most)), self._most))
