"""A real GGUF file whose chat template is gone: asked plainly, or to continue a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from inference.backends.model_file import OwnedFile
from inference.events import GenerationFinished
from inference.llama_cpp_engine.backend import LlamaCppBackend
from inference.llama_cpp_engine.size import SizeSettings
from inference.text.prompt_style import PLAIN
from inference.types import ChatMessage, GenerationRequest, ModelCard, ModelNote, SamplingOptions
from tests.inference.backends.contract import ignore, read, request, text_of

pytestmark = pytest.mark.model

GREEDY = SamplingOptions(temperature=0.0, max_new_tokens=12)
KEY = b"tokenizer.chat_template"


def without_template(file: Path, copy: Path) -> Path:
    """The key renamed, which nothing reads then."""
    content = file.read_bytes()
    assert content.count(KEY) == 1
    copy.write_bytes(content.replace(KEY, KEY[:-1] + b"X"))
    return copy


async def loaded(file: Path) -> LlamaCppBackend:
    card = ModelCard("m", "M", "llama_cpp", slots=2)
    model = LlamaCppBackend(card, OwnedFile(file), SizeSettings(slots=2, kv_tokens=2048, threads=2))
    await model.load(ignore)
    return model


async def test_a_base_model_continues_the_text(builtin_file: Path, tmp_path: Path) -> None:
    model = await loaded(without_template(builtin_file, tmp_path / "SmolLM2-135M.gguf"))
    messages = (ChatMessage("user", "The capital of France is"),)
    events = await read(model.generate(GenerationRequest("r", "m", "a", messages, GREEDY)))
    further = (*messages, ChatMessage("assistant", " Paris."), ChatMessage("user", "The capital"))
    asked = GenerationRequest("r", "m", "a", further, GREEDY)
    end = (await read(model.generate(asked)))[-1]
    await model.close()
    assert (model.card.notes, model.card.is_base) == ((ModelNote.BASE_MODEL,), True)
    assert text_of(events).startswith(" Paris")
    assert isinstance(events[-1], GenerationFinished)
    assert events[-1].usage.prompt_tokens == 5
    assert isinstance(end, GenerationFinished)
    assert end.usage.prompt_tokens == 11


async def test_a_chat_model_gets_a_plain_prompt_and_writes_no_markers(
    builtin_file: Path, tmp_path: Path
) -> None:
    model = await loaded(without_template(builtin_file, tmp_path / "SmolLM2-Instruct.gguf"))
    text = text_of(
        await read(model.generate(request("Say hello.", temperature=0, max_new_tokens=80)))
    )
    await model.close()
    assert model.card.notes == (ModelNote.PLAIN_TEMPLATE,)
    assert text
    assert "<|im_" not in text
    assert not any(stop in text for stop in PLAIN.stop)
