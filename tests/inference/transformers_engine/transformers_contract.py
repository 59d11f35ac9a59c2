"""The contract for whatever runs a Hugging Face folder."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable

import pytest

from inference.backends.base import Backend
from inference.transformers_engine.backend import TransformersBackend
from inference.transformers_engine.scheduling.worker import Worker
from tests.inference.backends.contract import BackendContract
from tests.patience import PATIENCE

_TOKENS_BEFORE_THE_BREAK = 40
"""Random weights need some tokens until bytes make a character."""


class TransformersContract(BackendContract):
    says_valid_text = False
    goes_on_in_the_same_words = False

    def break_next_run(self, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
        steps = itertools.count()

        def listen(*_: object) -> None:
            if next(steps) == _TOKENS_BEFORE_THE_BREAK:
                raise ValueError("broken")

        _before_every_token(backend, listen)

    def crash(self, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
        """A mistake of the thread itself: it cannot take what it is given."""
        assert isinstance(backend, TransformersBackend)
        assert backend._model is not None
        worker = backend._model._worker

        def broken(*_: object) -> None:
            raise KeyError("a mistake")

        if isinstance(worker, Worker):
            monkeypatch.setattr(worker._scheduler, "plan", broken)
        else:
            monkeypatch.setattr(worker, "_serve", broken)

    def hang(self, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
        proceed = threading.Event()
        _before_every_token(backend, lambda *_: _wait_for(proceed))
        return proceed.set


def _wait_for(event: threading.Event) -> None:
    assert event.wait(PATIENCE)


def _before_every_token(backend: Backend, hook: Callable[..., None]) -> None:
    assert isinstance(backend, TransformersBackend)
    assert backend._model is not None
    backend._model._loaded.model.get_output_embeddings().register_forward_pre_hook(hook)
