"""Two real models share the memory of one, and give it back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from inference.backends.model_file import OwnedFile
from inference.engine import Engine
from inference.llama_cpp_engine.backend import LlamaCppBackend
from inference.llama_cpp_engine.size import SizeSettings
from inference.model_memory.budget import private_memory
from inference.model_memory.policy import MemoryPolicy
from inference.types import ModelCard, ModelState, SamplingOptions
from tests.inference.recorded_run import RecordedRun, read_request, request

pytestmark = pytest.mark.model

_SIZE = SizeSettings(slots=2, kv_tokens=4096)


def _model(file: Path, name: str) -> LlamaCppBackend:
    card = ModelCard(name, name, "llama_cpp", slots=2, memory=600_000_000)
    return LlamaCppBackend(card, OwnedFile(file), _SIZE)


async def _ask(engine: Engine, model: str) -> RecordedRun:
    asked = replace(request(model), options=SamplingOptions(max_new_tokens=4, temperature=0.0))
    return await read_request(engine, asked)


async def test_they_take_turns_and_unloading_gives_memory_back(
    builtin_file: Path, qwen_file: Path
) -> None:
    models = [_model(builtin_file, "small"), _model(qwen_file, "large")]
    engine = Engine(models, queue_length=4, memory=MemoryPolicy(limit=700_000_000))
    for name in ("small", "large", "small"):
        received = await _ask(engine, name)
        assert received.is_finished
        assert received.text
        states = {card.id: card.state for card in engine.models()}
        assert [m for m, state in states.items() if state is ModelState.READY] == [name]
    held = private_memory()
    await engine.unload("small")
    assert held - private_memory() > 40_000_000
    await engine.close()
