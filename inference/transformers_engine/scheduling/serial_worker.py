"""One generation after the other through `generate`, for models that cannot be batched.

Models with sliding windows or recurrence need caches of their own, which transformers manages.
Sampling is ours, so that options and seeds work as in the other engine.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from typing import Any

import torch
from transformers import (
    GenerationConfig,
    LogitsProcessorList,
    StoppingCriteriaList,
)

from inference.errors import InferenceError
from inference.transformers_engine.loading.model_parts import entrance, layers
from inference.transformers_engine.out_of_memory import is_out_of_memory
from inference.transformers_engine.scheduling.failures import closing, crashed, run_failed
from inference.transformers_engine.scheduling.generation import Generation
from inference.transformers_engine.scheduling.reader import Reader
from inference.transformers_engine.scheduling.serial_run import Draw, Ended, SerialRun

logger = logging.getLogger(__name__)


class SerialWorker:
    """Runs generations in one thread. `submit`, `cancel` and `close` may be called from any.

    Cancelling takes effect before the next layer is computed, in a long prefill too. `beats` counts
    layers. An exception that ends the thread itself, a `BaseException` too, is a crash: all runs,
    also later ones, end with `model_crashed`.
    """

    def __init__(self, model: Any) -> None:
        self._model = model
        # The folder's recommended values are in the options; `generate` would apply them twice.
        model.generation_config = GenerationConfig(do_sample=False, pad_token_id=0)
        for layer in layers(model):
            layer.register_forward_pre_hook(self._check)
        self._waiting: deque[SerialRun] = deque()
        self._running: SerialRun | None = None
        self._changed = threading.Condition()
        self.beats = 0
        self._ended: InferenceError | None = None
        self._thread = threading.Thread(target=self._loop, name="inference", daemon=True)
        self._thread.start()

    def submit(self, generation: Generation, reader: Reader) -> None:
        """Begin a generation; its reader gets every event and then `finish`."""
        run = SerialRun(generation, reader)
        with self._changed:
            if self._ended is None:
                self._waiting.append(run)
                self._changed.notify()
                return
        run.end(self._ended)

    def cancel(self, generation: Generation) -> None:
        """End it before the next layer; one that waits ends at once."""
        generation.sequence.cancelled = True
        with self._changed:
            found = [run for run in self._waiting if run.generation is generation]
            for run in found:
                self._waiting.remove(run)
        for run in found:
            run.end()

    def close(self, timeout: float) -> bool:
        """End all runs. Returns whether the thread ended in time. Idempotent."""
        self._end_waiting(closing())
        self._thread.join(timeout)
        if running := self._running:
            running.end(closing())
        return not self._thread.is_alive()

    @property
    def is_alive(self) -> bool:
        """Whether the thread still uses the model."""
        return self._thread.is_alive()

    def _end_waiting(self, failure: InferenceError) -> None:
        """End the waiting runs and refuse later ones; the loop ends the running one."""
        with self._changed:
            self._ended = self._ended or failure
            left = [*self._waiting]
            self._waiting.clear()
            self._changed.notify()
        for run in left:
            run.end(failure)

    def _loop(self) -> None:
        try:
            while run := self._next():
                self._serve(run)
                self._running = None
        except BaseException as error:  # noqa: BLE001 - sent to every reader, logged by the lifecycle
            failure = crashed(error)
            self._end_waiting(failure)
            if running := self._running:
                running.end(failure)

    def _next(self) -> SerialRun | None:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._ended)
            if self._ended:
                return None
            self._running = self._waiting.popleft()
            return self._running

    def _serve(self, run: SerialRun) -> None:
        try:
            self._generate(run)
        except _Interrupted:
            run.end(self._ended)
        except Exception as error:
            logger.exception("a generation failed")
            run.end(run_failed(error, lacks_memory=is_out_of_memory(error)))
        else:
            run.end()

    def _generate(self, run: SerialRun) -> None:
        sequence = run.generation.sequence
        prompt = torch.tensor([sequence.tokens], device=entrance(self._model))
        with torch.inference_mode():
            self._model.generate(
                prompt,
                attention_mask=torch.ones_like(prompt),
                max_new_tokens=sequence.max_new_tokens,
                logits_processor=LogitsProcessorList([Draw(run)]),
                stopping_criteria=StoppingCriteriaList([Ended(run.generation)]),
            )

    def _check(self, *_: object) -> None:
        """Called by the model before each layer."""
        self.beats += 1
        run = self._running
        if self._ended or (run is not None and run.generation.sequence.cancelled):
            raise _Interrupted


class _Interrupted(Exception):  # noqa: N818 - it is no error
    """Raised to leave `generate` within a forward pass."""
