"""Batched models generate the same as `generate`; what would not is not batched."""

from __future__ import annotations

import random

import pytest
import torch
from transformers import MambaConfig, PreTrainedModel

from inference.transformers_engine.loading.architecture import (
    PROVEN,
    context_tokens,
    is_batchable,
    is_offloaded,
)
from inference.transformers_engine.model.model_runner import ModelRunner
from inference.transformers_engine.model.packed_linear import pack
from inference.transformers_engine.sampling.sampler_state import Row, SamplerState
from inference.transformers_engine.scheduling.scheduler import Scheduler
from inference.transformers_engine.scheduling.sequence import Sequence
from inference.transformers_engine.scheduling.slots import SlotTable
from inference.types import SamplingOptions
from tests.inference.transformers_engine.any_model import any_model
from tests.inference.transformers_engine.tiny_models import VOCABULARY

GREEDY = SamplingOptions(temperature=0.0)
NEW_TOKENS = 12
YARN = {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 128}
LLAMA3 = YARN | {"rope_type": "llama3", "low_freq_factor": 1.0, "high_freq_factor": 4.0}
ROPES: dict[str, dict[str, object]] = {
    "yarn": YARN,
    "llama3": LLAMA3,
    "linear": {"rope_type": "linear", "factor": 4.0},
}


def prompts() -> list[list[int]]:
    chance = random.Random(7)
    lengths = (1, 17, 33, 100, 200, 65)
    return [[chance.randrange(1, VOCABULARY) for _ in range(length)] for length in lengths]


def alone(model: PreTrainedModel, prompt: list[int]) -> list[int]:
    ids = torch.tensor([prompt])
    with torch.inference_mode():
        out = model.generate(
            ids,
            attention_mask=torch.ones_like(ids),
            max_new_tokens=NEW_TOKENS,
            do_sample=False,
            eos_token_id=None,
            pad_token_id=0,
        )
    return [int(token) for token in out[0, len(prompt) :].tolist()]


def batched(model: PreTrainedModel) -> list[list[int]]:
    pack(model)
    runner, scheduler = ModelRunner(model, 4, 256), Scheduler(SlotTable(4), 64)
    sequences = [Sequence(list(prompt), GREEDY, NEW_TOKENS) for prompt in prompts()]
    for sequence in sequences:
        scheduler.add(sequence)
    while step := scheduler.plan():
        runner.copy(step.copies)
        sampling = [piece.sequence for piece in step.pieces if piece.samples]
        tokens = runner.tokens(step, [Row(SamplerState(GREEDY), 0, [], []) for _ in sampling])
        scheduler.computed(step)
        for sequence, token in zip(sampling, tokens, strict=True):
            sequence.tokens.append(token)
            if sequence.is_full:
                scheduler.end(sequence)
    return [sequence.tokens[sequence.prompt_tokens :] for sequence in sequences]


@pytest.mark.parametrize("kind", sorted(PROVEN))
def test_every_architecture_that_is_batched_is_proven(kind: str) -> None:
    model = any_model(kind)
    assert is_batchable(model)
    expected = [alone(model, prompt) for prompt in prompts()]
    assert len({tuple(generated) for generated in expected}) > 3
    assert batched(model) == expected


@pytest.mark.parametrize("rope", sorted(ROPES))
def test_steady_rotations_are_batched(rope: str) -> None:
    model = any_model("llama", rope_parameters={"rope_theta": 10000.0} | ROPES[rope])
    assert is_batchable(model)
    expected = [alone(model, prompt) for prompt in prompts()]
    assert batched(model) == expected


def test_a_rotation_that_changes_with_the_length_is_not() -> None:
    rope = {"rope_type": "dynamic", "factor": 4.0, "rope_theta": 10000.0}
    assert not is_batchable(any_model("llama", rope_parameters=rope))


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("mistral", {"sliding_window": 16}),
        ("phi3", {"sliding_window": 16}),
        ("qwen2", {"sliding_window": 16, "use_sliding_window": True, "max_window_layers": 1}),
        ("gemma2", {}),
        ("gemma3_text", {}),
    ],
)
def test_a_sliding_window_is_not_batched(kind: str, changes: dict[str, object]) -> None:
    assert not is_batchable(any_model(kind, **changes))


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("mistral", {"sliding_window": 512}),
        ("qwen2", {"sliding_window": 16, "use_sliding_window": False}),
    ],
)
def test_a_window_that_hides_nothing_is(kind: str, changes: dict[str, object]) -> None:
    assert is_batchable(any_model(kind, **changes))


@pytest.mark.parametrize("kind", ["mamba", "granite", "cohere", "opt"])
def test_what_slots_would_get_wrong_is_not_batched(kind: str) -> None:
    assert not is_batchable(any_model(kind))


def test_a_class_from_elsewhere_is_not_trusted_by_its_name() -> None:
    model = any_model("llama")
    model.__class__ = type("LlamaForCausalLM", (type(model),), {"__module__": "modeling_other"})
    assert not is_batchable(model)


def test_a_model_over_several_devices_is_not_batched() -> None:
    model = any_model("llama")
    model.hf_device_map = {"model.layers.0": 0, "model.layers.1": "cpu"}
    assert not is_batchable(model)
    assert is_offloaded(model)
    model.hf_device_map = {"model.layers.0": 0, "model.layers.1": 1}
    assert not is_offloaded(model)


def test_a_recurrent_model_has_no_limit_of_its_own() -> None:
    assert context_tokens(any_model("llama").config) == 512
    assert context_tokens(MambaConfig()) > 1_000_000
