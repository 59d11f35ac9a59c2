"""What the storm asks, and what must have been answered in the end."""

from __future__ import annotations

import random
from dataclasses import dataclass

from inference import ChatMessage
from inference.backends.scenarios import SCENARIOS

_ENDLESS_ANSWERS = 3000


@dataclass(frozen=True, slots=True)
class Question:
    """One message, whose answer is stopped after so many seconds unless that is None."""

    content: str
    model: str
    stop_after: float | None

    def expected(self) -> dict[str, str] | None:
        """The whole text by channel; None where only the model knows."""
        kind, _, name = self.model.partition("/")
        if kind != "scripted":
            return None
        text = {"answer": "", "reasoning": ""}
        lines = SCENARIOS[name].script((ChatMessage("user", self.content),))
        for line, _ in zip(lines, range(_ENDLESS_ANSWERS), strict=False):
            text[line.channel] += line.text
        return text


@dataclass(frozen=True, slots=True)
class Round:
    """Questions asked at once, and when the server is killed meanwhile, in seconds."""

    questions: tuple[Question, ...]
    kill_after: float | None


def draw(dice: random.Random, number: int, models: tuple[str, ...]) -> Round:
    """Round `number` of a storm. All its chance is drawn here, so that a seed tells it again."""
    questions = tuple(_question(dice, f"第 {number} 轮第 {each} 问", models) for each in (1, 2))
    kill_after = dice.uniform(0.1, 2.0) if dice.random() < 0.35 else None
    return Round(questions, kill_after)


def _question(dice: random.Random, content: str, models: tuple[str, ...]) -> Question:
    model = dice.choice(models)
    is_stopped = model.endswith("/endless") or dice.random() < 0.15
    return Question(content, model, dice.uniform(0.2, 1.5) if is_stopped else None)
