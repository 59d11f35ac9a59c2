"""Reasoning that a GGUF model marks by control tokens is separated by its family's tags."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from inference.backends.model_file import OwnedFile
from inference.events import GenerationFinished, TextDelta
from inference.llama_cpp_engine import completion as llama_completion
from inference.llama_cpp_engine.backend import LlamaCppBackend
from inference.llama_cpp_engine.prompt import LlamaPrompt
from inference.llama_cpp_engine.request import body
from inference.llama_cpp_engine.size import SizeSettings
from inference.types import Ability, GenerationRequest, ModelCard
from tests.inference.backends.contract import ignore, read, request
from tests.inference.llama_cpp_engine.tiny_gguf import sentence_piece_model

SIZE = SizeSettings(slots=1, kv_tokens=256, threads=1)
FAMILIES = [
    (
        "{# <|channel|>analysis<|message|> #}",
        ("<|start|>", "<|message|>", "<|end|>", "<|channel|>", "<|return|>", "<|call|>"),
        "<|channel|>analysis<|message|>ab<|end|><|start|>assistant<|channel|>final<|message|>c"
        "<|message|>d",
    ),
    ("{# [THINK] #}", ("[THINK]", "[/THINK]"), "[THINK]ab[/THINK]c[THINK]d"),
    (
        "{# <|START_THINKING|> #}",
        ("<|START_THINKING|>", "<|END_THINKING|>", "<|START_RESPONSE|>", "<|END_RESPONSE|>"),
        "<|START_THINKING|>ab<|END_THINKING|><|START_RESPONSE|>c<|START_THINKING|>d"
        "<|END_RESPONSE|>",
    ),
]


@pytest.mark.model
@pytest.mark.parametrize(
    ("template", "controls", "generated"), FAMILIES, ids=["gpt-oss", "Magistral", "Command"]
)
async def test_a_model_that_reasons_by_its_tags(
    tmp_path: Path,
    template: str,
    controls: tuple[str, ...],
    generated: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def forced(wanted: GenerationRequest, prompt: LlamaPrompt) -> dict[str, Any]:
        """Random weights say this, and control tokens in place of letters."""
        bias = [[3 + at, 100.0] for at in range(len(controls))]
        return {**body(wanted, prompt), "grammar": f'root ::= "{generated}"', "logit_bias": bias}

    monkeypatch.setattr(llama_completion, "body", forced)
    own = template + "{% for m in messages %}{{ m.content }}{% endfor %}"
    file = sentence_piece_model(tmp_path / "a.gguf", own, controls)
    model = LlamaCppBackend(ModelCard("m", "M", "llama_cpp", slots=1), OwnedFile(file), SIZE)
    await model.load(ignore)
    # Words of the tags are in no text, and neither are tags where there can be none.
    stop = ("final", "THINK", "RESPONSE", "d")
    wanted = request("a", temperature=0, max_new_tokens=90, stop=stop)
    events = await read(model.generate(wanted))
    await model.close()
    received = {"reasoning": "", "answer": ""}
    for event in events:
        if isinstance(event, TextDelta):
            received[event.channel] += event.text
    assert received == {"reasoning": "ab", "answer": "c"}
    assert isinstance(events[-1], GenerationFinished)
    assert events[-1].reason == "stop"
    assert Ability.REASONING in model.card.abilities
