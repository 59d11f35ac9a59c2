"""llama.cpp's server inside this process, and nobody else's way to it.

xllamacpp always opens an HTTP listener beside the in-process calls. It is put on a Unix
socket in a private folder, or, where there are none, locked with a random key.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inference.backends.kv_queue import KvQueue
from inference.backends.llama_listener import LlamaListener
from inference.errors import Detail, InferenceError, InferenceErrorCode
from inference.pip_command import pip_command
from inference.token_counter import TokenCounter

OnItem = Callable[[dict[str, Any]], bool]
"""Called in the completion's thread per event; returning True stops the model."""

_BATCH_TOKENS = 256
"""Prefill goes in pieces of this many tokens: a stop, and the other slots' next tokens,
wait for one piece at most. Larger pieces are hardly faster on a CPU.
"""
_BARRIER_SPINS = "1000"
"""How often a decode thread looks for the others before it sleeps. OpenMP's own 300,000 burn
the core that the thread waited for may need: beside busy neighbours decoding fell from 90 to 1
token a second, with this to 12, and on a quiet machine it costs nothing (bench/neighbours.py).
"""


@dataclass(frozen=True, slots=True)
class ServerSize:
    """`slots` runs at once share `kv_tokens` of KV cache; `threads` 0 leaves it to llama.cpp.

    `prompt_cache_mib` bounds the prompts kept after their slot was given to another conversation.
    """

    slots: int
    kv_tokens: int
    threads: int
    prompt_cache_mib: int


class LlamaServer:
    """A loaded model. Blocking; `complete` may be called from several threads at once, by those
    that have a place in `kv`: beyond its size llama.cpp ends all of them.
    """

    def __init__(self, path: Path, size: ServerSize) -> None:
        """Raises `InferenceError`: `backend_not_installed` or `model_load_failed`."""
        library = _library()
        self._folder = Path(tempfile.mkdtemp(prefix="myllm-"))  # created with mode 0700
        self._key = secrets.token_hex(32)
        self._server = self._load(library, path, size)
        self.listener = LlamaListener(self._server.listening_address, self._key)
        self.count = TokenCounter(self.listener.count)
        self.kv = KvQueue(size.kv_tokens)

    def complete(self, wanted: dict[str, Any], on_item: OnItem) -> None:
        """Run one completion, of `messages` or of a whole `prompt`; returns at its end or once
        `on_item` has stopped it. Raises `InferenceError` with `invalid_request`.
        """
        handle = "handle_completions" if "prompt" in wanted else "handle_chat_completions"
        try:
            getattr(self._server, handle)(wanted, on_item)
        except ValueError as error:
            code = InferenceErrorCode.INVALID_REQUEST
            raise InferenceError(code, str(error), detail={"reason": str(error)}) from None

    def close(self) -> None:
        """Free the model. No `complete` may be under way."""
        del self._server
        shutil.rmtree(self._folder, ignore_errors=True)

    def _load(self, xllamacpp: Any, path: Path, size: ServerSize) -> Any:
        parameters = xllamacpp.CommonParams()
        self._size(parameters, path, size)
        self._lock_listener(parameters)
        try:
            server = xllamacpp.Server(parameters)
        except (RuntimeError, ValueError) as error:
            shutil.rmtree(self._folder, ignore_errors=True)
            code = InferenceErrorCode.MODEL_LOAD_FAILED
            raise InferenceError(code, f"{path}: {error}") from None
        # Its loop answers this. Freed before it turns, it would start after it was told to end:
        # the thread that frees it waits for ever then, holding the GIL, and with it the process.
        server.handle_metrics()
        return server

    def _size(self, parameters: Any, path: Path, size: ServerSize) -> None:
        parameters.model.path = str(path)
        parameters.n_parallel = size.slots
        parameters.n_ctx = size.kv_tokens
        parameters.kv_unified = True  # one chat may use it all; else each slot had its share
        parameters.n_batch = parameters.n_ubatch = _BATCH_TOKENS
        parameters.cache_ram_mib = size.prompt_cache_mib
        parameters.fit_params = False
        parameters.use_jinja = True
        parameters.verbosity = 0
        parameters.endpoint_metrics = True  # asked once, see `_load`
        # Loading holds the GIL, and the event loop with it; a warm-up would double that time.
        parameters.warmup = False
        if size.threads:
            parameters.cpuparams.n_threads = size.threads

    def _lock_listener(self, parameters: Any) -> None:
        parameters.ui = False
        parameters.api_keys = [self._key]
        if os.name == "posix":
            parameters.hostnames = [str(self._folder / "private.sock")]


def _library() -> Any:
    # Read once, when the import loads OpenMP; who has set it knows better.
    os.environ.setdefault("GOMP_SPINCOUNT", _BARRIER_SPINS)
    try:
        import xllamacpp  # noqa: PLC0415 - a server with remote models starts without it
    except ImportError as error:
        # The package may be there and the system's OpenMP not: its own words say which.
        lacking = "libgomp1" if "libgomp" in str(error) else "xllamacpp"
        is_systems = lacking == "libgomp1"
        command = f"sudo apt install {lacking}" if is_systems else pip_command(lacking)
        code = InferenceErrorCode.BACKEND_NOT_INSTALLED
        detail: Detail = {"package": lacking, "command": command}
        raise InferenceError(code, str(error), detail=detail) from None
    return xllamacpp
