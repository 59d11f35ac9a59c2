"""The error that ends a command. Standard library only, as the bootstrap uses it."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 - shown to people, not handled by callers
    """The command cannot continue. Its text is one sentence for people that says what to do."""

    def __init__(self, sentence: str, *, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code
