"""Which models write titles."""

from __future__ import annotations

from chat.text.titles import TitleMode
from inference import ModelCard

_SMALLEST = 300_000_000
"""Bytes of a model's files. Below are models of some hundred million parameters at most, which
say something instead of naming it.
"""
_UNSUITED = "scripted"
"""The backend of the demonstration's models, which say what they always say."""


def writes_titles(card: ModelCard, mode: TitleMode) -> bool:
    """Whether titles are asked of the model, when it is loaded."""
    if mode == "off" or card.is_base or card.backend == _UNSUITED:
        return False
    if not card.local:
        return mode == "all"
    return card.size is None or card.size >= _SMALLEST


def speaks_language_of(card: ModelCard, question: str) -> bool:
    """Whether the model can name a question in its language; English is taken for granted."""
    return not card.languages or "zh" in card.languages or question.isascii()
