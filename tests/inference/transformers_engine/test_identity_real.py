"""Real weights and real text give what `generate` does, token for token."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from inference.transformers_engine.prompts.chat_template import ChatTemplate
from inference.types import ChatMessage
from tests.inference.transformers_engine.identity import Case, GreedyIdentity

pytestmark = pytest.mark.model

NEW_TOKENS = 8
QUESTIONS = (
    "Hi",
    "What is the capital of France?",
    "Write one sentence about the sea.",
    "List three fruits, separated by commas.",
    "你好，请介绍一下你自己。",
    "北京和上海，哪一座城市更大？",
    "用一句话说明什么是人工智能，并举一个例子。",
    "把“早上好”翻译成英语、法语和日语。",
    "def fibonacci(n):\n    a, b = 0, 1\n    # go on",
    "Explain:\n```python\nprint([x * x for x in range(10) if x % 2])\n```",
    "SELECT name, COUNT(*) FROM users GROUP BY name; -- what does it do?",
    '{"answer": 42, "unit": null, "tags": ["a", "b"]}',
    "😀🎉👨‍👩‍👧‍👦 What do these mean?",
    "🇨🇳🇫🇷🇯🇵 + 🚀 = ?",
    "Ünïcödé: naïve café, Straße, Ελλάδα, Россия, שלום, नमस्ते",
    "The fox ran over the hill and into the wood. " * 9,
)
SYSTEM = "You answer in few words."


def _conversation(question: str, *, instructed: bool) -> list[ChatMessage]:
    asked = ChatMessage("user", question)
    return [ChatMessage("system", SYSTEM), asked] if instructed else [asked]


def _prompts(folder: Path) -> list[list[int]]:
    """Every question with the template's own system prompt and with one of ours."""
    template = ChatTemplate(AutoTokenizer.from_pretrained(folder))
    return [
        template.encode(_conversation(question, instructed=own), enable_thinking=None).tokens
        for own in (False, True)
        for question in QUESTIONS
    ]


@pytest.fixture(scope="module")
def case(real_folder: Path) -> Case:
    model = AutoModelForCausalLM.from_pretrained(real_folder, dtype=torch.float32).eval()
    return Case.of(model, _prompts(real_folder), NEW_TOKENS)


class TestRealWeights(GreedyIdentity):
    """Cut shorter than the tiny models: on one core a token of `generate` takes 60 ms."""
