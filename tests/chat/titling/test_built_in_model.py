"""Titles of real conversations by a real model."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from chat.store.titles import Untitled
from chat.store.work import StoredMessage
from chat.titling.writing import request_of, write
from inference.backends.model_file import OwnedFile
from inference.engine import Engine
from inference.llama_cpp_engine.backend import LlamaCppBackend
from inference.llama_cpp_engine.size import SizeSettings
from inference.types import ModelCard

pytestmark = pytest.mark.model


@pytest_asyncio.fixture
async def engine(qwen_file: Path) -> AsyncIterator[Engine]:
    card = ModelCard("qwen", "Qwen", "llama_cpp", slots=2)
    size = SizeSettings(slots=2, kv_tokens=4096)
    made = Engine([LlamaCppBackend(card, OwnedFile(qwen_file), size)], queue_length=4)
    yield made
    await made.close()


def _asked(question: str, answer: str) -> Untitled:
    path = (StoredMessage("q", "user", question), StoredMessage("a", "assistant", answer))
    return Untitled("c", question, "", "qwen", path)


async def test_the_built_in_model_writes_a_title(engine: Engine) -> None:
    chinese = _asked("周末带孩子去哪里玩比较好？", "可以去公园、动物园，或者科技馆。")
    title = await write(engine, request_of(chinese, ""), chinese.question)
    assert "周末" in title or "亲子" in title or "孩子" in title
    english = _asked("How do I count the rows of a CSV file in Python?", "Use `len(list(rows))`.")
    title = await write(engine, request_of(english, ""), english.question)
    assert "row" in title.lower() or "csv" in title.lower()
