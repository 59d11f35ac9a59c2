"""Greedy float32 output is token-identical to `model.generate`. Never to be loosened."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import torch
from transformers import PreTrainedModel

from inference.transformers_engine.model.model_runner import ModelRunner
from inference.transformers_engine.model.packed_linear import pack
from inference.transformers_engine.model.static_decode import Capture
from inference.transformers_engine.sampling.sampler_state import Row, SamplerState
from inference.transformers_engine.scheduling.scheduler import Scheduler
from inference.transformers_engine.scheduling.sequence import Sequence
from inference.transformers_engine.scheduling.slots import SlotTable
from inference.types import SamplingOptions

GREEDY = SamplingOptions(temperature=0.0)
SLOTS = 16
STEP_TOKENS = 64


class Reference:
    """What transformers itself generates, alone, to the full length."""

    def __init__(self, model: PreTrainedModel, new_tokens: int) -> None:
        self._model = copy.deepcopy(model)
        self._model.set_attn_implementation("sdpa")
        self._model.generation_config.eos_token_id = None
        self._new_tokens = new_tokens

    def generate(self, prompt: list[int]) -> list[int]:
        tokens = torch.tensor([prompt])
        with torch.inference_mode():
            out = self._model.generate(
                tokens,
                # Where it has to guess, it takes the turns' end tokens for padding.
                attention_mask=torch.ones_like(tokens),
                max_new_tokens=self._new_tokens,
                do_sample=False,
            )
        return [int(token) for token in out[0, len(prompt) :].tolist()]


@dataclass(frozen=True)
class Case:
    """A model, what it is asked, and what `generate` answers."""

    model: PreTrainedModel
    reference: Reference
    new_tokens: int
    prompts: list[list[int]]
    expected: list[list[int]]

    @classmethod
    def of(cls, model: PreTrainedModel, prompts: list[list[int]], new_tokens: int) -> Case:
        """The reference keeps the layers as transformers loads them; the model's are packed."""
        reference = Reference(model, new_tokens)
        pack(model)
        expected = [reference.generate(prompt) for prompt in prompts]
        return cls(model, reference, new_tokens, prompts, expected)


class Engine:
    """Scheduler and runner, stepped by hand."""

    def __init__(self, case: Case, capture: Capture | None = None) -> None:
        self.runner = ModelRunner(case.model, SLOTS, 256, capture)
        self.scheduler = Scheduler(SlotTable(SLOTS), STEP_TOKENS)
        self._new_tokens = case.new_tokens

    def add(self, prompt: list[int]) -> Sequence:
        sequence = Sequence(list(prompt), GREEDY, self._new_tokens)
        self.scheduler.add(sequence)
        return sequence

    def step(self) -> bool:
        for cancelled in self.scheduler.cancelled():
            self.scheduler.end(cancelled)
        step = self.scheduler.plan()
        if not step:
            return False
        sampling = [piece.sequence for piece in step.pieces if piece.samples]
        self.runner.copy(step.copies)
        rows = [Row(SamplerState(GREEDY), 0, [], []) for _ in sampling]
        tokens = self.runner.tokens(step, rows)
        self.scheduler.computed(step)
        for sequence, token in zip(sampling, tokens, strict=True):
            sequence.tokens.append(token)
            if sequence.is_full:
                self.scheduler.end(sequence)
        return True

    def finish(self) -> None:
        while self.step():
            pass


def generated(sequence: Sequence) -> list[int]:
    return sequence.tokens[sequence.prompt_tokens :]


class GreedyIdentity:
    """A module's `case` fixture has 32 mixed prompts; `seed` varies the order of what happens."""

    @pytest.fixture
    def seed(self) -> int:
        return 0

    @pytest.fixture
    def capture(self) -> Capture | None:
        return None

    @pytest.fixture
    def engine(self, case: Case, capture: Capture | None) -> Iterator[Engine]:
        yield Engine(case, capture)
        case.model.set_attn_implementation("sdpa")

    def test_alone(self, engine: Engine, case: Case) -> None:
        for prompt, wanted in zip(case.prompts, case.expected, strict=True):
            sequence = engine.add(prompt)
            engine.finish()
            assert generated(sequence) == wanted

    def test_all_at_once(self, engine: Engine, case: Case) -> None:
        sequences = [engine.add(prompt) for prompt in case.prompts]
        engine.finish()
        assert [generated(sequence) for sequence in sequences] == case.expected

    def test_arrivals_and_cancellations_at_random_steps(
        self, engine: Engine, case: Case, seed: int
    ) -> None:
        chance = random.Random(seed)
        coming = list(enumerate(case.prompts)) * 2
        chance.shuffle(coming)
        began: list[tuple[int, Sequence]] = []
        while engine.step() or coming:
            while coming and chance.random() < 0.6:
                which, prompt = coming.pop()
                began.append((which, engine.add(prompt)))
            if began and chance.random() < 0.15:
                chance.choice(began)[1].cancelled = True
        for which, sequence in began:
            assert generated(sequence) == case.expected[which][: sequence.new_tokens]
            assert sequence.cancelled or sequence.is_full
        assert sum(sequence.is_full for _, sequence in began) >= 32

    def test_with_a_prefix_kept_from_the_turn_before(self, engine: Engine, case: Case) -> None:
        for prompt in case.prompts[8:12]:
            first = engine.add(prompt)
            engine.finish()
            longer = [*first.tokens, *prompt[:9]]
            second = engine.add(longer)
            engine.finish()
            assert second.cached >= len(prompt)
            assert generated(second) == case.reference.generate(longer)

    def test_with_a_beginning_copied_from_runs_under_way(self, engine: Engine, case: Case) -> None:
        """The first has computed it, two begin in one step, and the slots are all in use soon."""
        beginning = case.prompts[9]
        asked = [[*beginning, *prompt[:20]] for prompt in case.prompts[:SLOTS]]
        sequences = [engine.add(asked[0])]
        while sequences[0].new_tokens < 2:
            engine.step()
        sequences += [engine.add(prompt) for prompt in asked[1:]]
        engine.finish()
        assert all(sequence.cached >= len(beginning) for sequence in sequences[1:])
        for sequence, prompt in zip(sequences, asked, strict=True):
            assert generated(sequence) == case.reference.generate(prompt)
