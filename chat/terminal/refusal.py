"""Standard library only: the bootstrap uses it before anything is installed."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 - it is raised to people, not to callers
    """The command cannot go on. Its text is one sentence for the person, saying what to do."""

    def __init__(self, sentence: str, *, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code
