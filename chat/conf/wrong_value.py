"""Why a setting's value is refused."""

from __future__ import annotations


class WrongValueError(ValueError):
    """Says what to write instead, in Chinese and in English."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(english)
        self.chinese = chinese
        self.english = english
