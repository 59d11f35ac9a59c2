"""Which models write titles."""

from __future__ import annotations

from chat.text.titles import TitleMode
from inference import ModelCard

_SMALLEST = 300_000_000
"""Bytes of a model's files. Smaller models have about a hundred million parameters, and write no
usable titles.
"""
_UNSUITED = "scripted"
"""The backend of the demonstration models, whose answers are fixed."""


def writes_titles(card: ModelCard, mode: TitleMode) -> bool:
    """Whether the model writes titles while it is loaded."""
    if mode == "off" or card.is_base or card.backend == _UNSUITED:
        return False
    if not card.local:
        return mode == "all"
    return card.size is None or card.size >= _SMALLEST


def speaks_language_of(card: ModelCard, question: str) -> bool:
    """Whether the model can write in the question's language; English is assumed."""
    return not card.languages or "zh" in card.languages or question.isascii()
