"""A loaded model with its worker, tokenizer and template."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tokenizers import Tokenizer

from inference.errors import InferenceError, InferenceErrorCode
from inference.request.token_counter import TokenCounter
from inference.request.total_length import within_total
from inference.text.text_so_far import TextSoFar
from inference.text.watch import RepetitionWatch
from inference.transformers_engine.loading.loader import LoadedModel, load
from inference.transformers_engine.loading.loading_progress import OnProgress
from inference.transformers_engine.loading.placement import Placement
from inference.transformers_engine.model.memory import kv_tokens, may_pack
from inference.transformers_engine.model.model_runner import ModelRunner
from inference.transformers_engine.model.packed_linear import pack
from inference.transformers_engine.scheduling.generation import Generation
from inference.transformers_engine.scheduling.reader import Reader
from inference.transformers_engine.scheduling.scheduler import Scheduler
from inference.transformers_engine.scheduling.serial_worker import SerialWorker
from inference.transformers_engine.scheduling.slots import SlotTable
from inference.transformers_engine.scheduling.worker import Worker
from inference.types import GenerationRequest, ModelNote, SamplingOptions

_TOP_K = 50
"""The default, as `GenerationConfig._get_default_generation_params` of transformers."""
_STEP_TOKENS = 512
"""Prompt tokens per step while no run decodes; with 128 prefill took 1.3 times as long."""


class LocalModel:
    """Serves up to `slots` runs at once; each may use `context_tokens` with its answer.

    Where `generate` must be used there is one slot, whatever `slots` is.
    """

    def __init__(self, loaded: LoadedModel, slots: int, kv_limit: int) -> None:
        self.template = loaded.template
        self._decoder = getattr(loaded.tokenizer, "backend_tokenizer", loaded.tokenizer)
        self.count = TokenCounter(self._count)
        self._loaded = loaded
        self.slots = slots if loaded.batchable else 1
        self.context_tokens = min(loaded.context_tokens, self._kv_tokens(kv_limit))
        self._worker = self._batching() if loaded.batchable else SerialWorker(loaded.model)

    @property
    def notes(self) -> tuple[ModelNote, ...]:
        """The notes for the model's card."""
        applicable = {
            ModelNote.ONE_AT_A_TIME: not self._loaded.batchable,
            ModelNote.OFFLOADED: self._loaded.offloaded,
        }
        noted = [note for note, applies in applicable.items() if applies]
        style = self.template.style.note
        return (*noted, *([style] if style else []))

    @property
    def reasons(self) -> bool:
        """Whether its template supports reasoning."""
        return self.template.reasons

    @property
    def has_switch(self) -> bool:
        """Whether reasoning can be switched on and off."""
        return self.template.has_switch

    @property
    def is_base(self) -> bool:
        """Whether it continues a text in place of chatting."""
        return self.template.style.is_base

    @classmethod
    def open(
        cls, folder: Path, placement: Placement, slots: int, kv_limit: int, report: OnProgress
    ) -> LocalModel:
        """Blocking. Raises `InferenceError`."""
        return cls(load(folder, placement, report), slots, kv_limit)

    def begin(self, request: GenerationRequest, reader: Reader) -> Generation:
        """Start a run; its events go to the reader. Raises `InferenceError`: `context_exceeded`."""
        request = replace(request, options=self._options(request.options))
        prompt = self.template.encode(
            request.messages,
            enable_thinking=request.options.enable_thinking,
            so_far=TextSoFar.of(request),
        )
        options = within_total(request, len(prompt.tokens) - prompt.tokens_so_far)
        available = self.context_tokens - len(prompt.tokens)
        if available < 1:
            raise self._too_long(len(prompt.tokens))
        generation = Generation(prompt, options, available, self._decoder, self._loaded.ends)
        generation.watch = RepetitionWatch.of(request)
        self._worker.submit(generation, reader)
        return generation

    def cancel(self, generation: Generation) -> None:
        """End it before the next step; its reader gets `finish`."""
        self._worker.cancel(generation)

    @property
    def beats(self) -> int:
        """Grows with every step."""
        return self._worker.beats

    @property
    def is_held(self) -> bool:
        """Whether its thread uses its memory: after `close`, until the step under way ends."""
        return self._worker.is_alive

    def close(self, timeout: float) -> None:
        """End all runs. Waits for the step under way, `timeout` seconds at most."""
        self._worker.close(timeout)

    def _options(self, asked: SamplingOptions) -> SamplingOptions:
        options = asked.over(self._loaded.defaults)
        if not options.is_greedy and options.top_k is None:
            options = replace(options, top_k=_TOP_K)
        return replace(options, stop=(*options.stop, *self.template.style.stop))

    def _count(self, texts: list[str]) -> list[int]:
        if isinstance(self._decoder, Tokenizer):
            encoded = self._decoder.encode_batch_fast(texts, add_special_tokens=False)
            return [len(one.ids) for one in encoded]
        encode = self._loaded.tokenizer.encode
        return [len(encode(text, add_special_tokens=False)) for text in texts]

    def _batching(self) -> Worker:
        """Only layers of tested architectures are packed: some models read their weights."""
        if may_pack(self._loaded.model):
            pack(self._loaded.model)
        runner = ModelRunner(self._loaded.model, self.slots, self.context_tokens)
        return Worker(runner, Scheduler(SlotTable(self.slots), _STEP_TOKENS))

    def _kv_tokens(self, limit: int) -> int:
        """The cache of `generate` grows: only a configured limit bounds it."""
        if self._loaded.batchable:
            return kv_tokens(self._loaded.model, self.slots, limit)
        return limit or self._loaded.context_tokens

    def _too_long(self, tokens: int) -> InferenceError:
        return InferenceError(
            InferenceErrorCode.CONTEXT_EXCEEDED,
            f"{tokens} tokens for a context of {self.context_tokens}",
            detail={"tokens": tokens, "limit": self.context_tokens},
        )
