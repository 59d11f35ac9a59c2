"""One model of llama.cpp in a child process, inaccessible to other programs.

xllamacpp always opens an HTTP listener. It is put on a Unix socket in a private folder, or, where
there are none, locked with a random key.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inference.backends.opening import opened
from inference.backends.refusals import closing
from inference.errors import InferenceError, InferenceErrorCode
from inference.llama_cpp_engine import failure as llama_failure
from inference.llama_cpp_engine.channel import Item, LlamaCall, LlamaChannel, OnItem
from inference.llama_cpp_engine.gguf_prompts import NOTHING_KNOWN, GgufPrompts
from inference.llama_cpp_engine.kv_queue import KvQueue
from inference.llama_cpp_engine.listener import LlamaListener, as_inference_errors
from inference.llama_cpp_engine.process import LlamaProcess, exit_reason
from inference.llama_cpp_engine.prompt import LlamaPrompt, PromptWriter
from inference.request.token_counter import TokenCounter
from inference.types import GenerationRequest

_BATCH_TOKENS = 256
"""Prefill goes in pieces of this many tokens: a stop, and the other slots' next tokens,
wait for one piece at most. Larger pieces are hardly faster on a CPU.
"""
_END_SECONDS = 5.0
"""For a killed process to end: its memory is freed meanwhile."""


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
    """A model in a child process, from `load` to `close`. Used from one loop.

    A completion needs a reservation in `kv`: beyond its size llama.cpp ends all completions.
    `prompt`, `question_tokens` and `count` block, and may be used from any thread.
    """

    count: TokenCounter
    kv: KvQueue

    def __init__(self, process: LlamaProcess, channel: LlamaChannel, folder: Path) -> None:
        """See `start`; `folder` is private, and removed at the end."""
        self.process = process
        self._channel = channel
        self._folder = folder
        self._key = secrets.token_hex(32)

    @classmethod
    async def start(cls) -> LlamaServer:
        """Start the process, which imports the library meanwhile. Raises `InferenceError`."""
        try:
            process = await opened(LlamaProcess, LlamaProcess.discard)
        except OSError as error:
            code = InferenceErrorCode.MODEL_LOAD_FAILED
            raise InferenceError(code, f"no process: {error}", retryable=True) from error
        try:
            # The channel last: it would not be closed if a later step failed.
            folder = await asyncio.to_thread(_private_folder)
            return cls(process, await LlamaChannel.over(process.connection), folder)
        except BaseException as error:
            process.discard()
            if isinstance(error, OSError):
                code = InferenceErrorCode.MODEL_LOAD_FAILED
                raise InferenceError(code, f"no folder: {error}", retryable=True) from error
            raise

    async def load(
        self, path: Path, size: ServerSize, prompts: GgufPrompts = NOTHING_KNOWN
    ) -> None:
        """Load the model; called once. The template of the prompt style replaces the one in the
        file.

        Raises `InferenceError`, after which it must still be closed: `backend_not_installed`,
        `out_of_memory` or `model_load_failed`.
        """
        try:
            word, text = await self._channel.load(
                self._parameters(path, size, prompts.style.template)
            )
        except EOFError:
            reason = await self._end_reason()
            code, log = self.process.exit_code, self.process.log
            raise llama_failure.ended_loading(code, reason, log, path) from None
        if word != "ready":
            await asyncio.to_thread(self.process.ended, _END_SECONDS)
            await self._killed()
            raise llama_failure.not_loaded(word, text, self.process.log, path)
        listener = LlamaListener(text, self._key)
        self._writer = PromptWriter(listener, prompts)
        self.count = TokenCounter(listener.count)
        self.kv = KvQueue(size.kv_tokens)
        self._channel.read(self._lost)

    def begin(self, wanted: Item, on_item: OnItem) -> LlamaCall:
        """One completion of a `prompt`; it fails with `invalid_request` where llama.cpp refuses it.
        Raises `InferenceError` where the process is gone.
        """
        return self._channel.begin(wanted, on_item)

    def prompt(self, request: GenerationRequest) -> LlamaPrompt:
        """The prompt for `begin`; see `PromptWriter`. Raises `InferenceError`, with the reason for
        which the process ended where it is known: its end is noticed here first.
        """
        with self._why_it_is_gone():
            return self._writer.prompt(request)

    def question_tokens(self, request: GenerationRequest) -> int:
        """See `PromptWriter`; raises like `prompt`."""
        with self._why_it_is_gone():
            return self._writer.question_tokens(request)

    async def close(self) -> bool:
        """Free the model; completions end with `shutting_down`. Returns whether the process has
        ended, which takes longer where the system cannot end it. Idempotent.
        """
        self._channel.close(closing())
        has_ended = await self._killed()
        await self._channel.closed()
        await asyncio.to_thread(shutil.rmtree, self._folder, ignore_errors=True)
        return has_ended

    @contextmanager
    def _why_it_is_gone(self) -> Iterator[None]:
        try:
            with as_inference_errors():
                yield
        except InferenceError as error:
            raise self._channel.failure or error from None

    async def _killed(self) -> bool:
        self.process.kill()
        return await asyncio.to_thread(self.process.ended, _END_SECONDS)

    async def _end_reason(self) -> str:
        await asyncio.to_thread(self.process.ended, _END_SECONDS)
        return exit_reason(self.process.exit_code)

    async def _lost(self) -> None:
        """End all completions: the process has ended, or closed its socket."""
        reason = await self._end_reason()
        self.process.kill()
        self._channel.close(llama_failure.crashed(reason, self.process.log))

    def _parameters(self, path: Path, size: ServerSize, template: str | None) -> dict[str, Any]:
        """Of `xllamacpp.CommonParams`."""
        parameters: dict[str, Any] = {
            "model.path": str(path),
            "n_parallel": size.slots,
            "n_ctx": size.kv_tokens,
            "kv_unified": True,  # one chat may use all of it
            "n_batch": _BATCH_TOKENS,
            "n_ubatch": _BATCH_TOKENS,
            "cache_ram_mib": size.prompt_cache_mib,
            "fit_params": False,
            "use_jinja": True,
            "verbosity": 1,  # errors only
            "endpoint_metrics": True,  # read once, see `child.load`
            "warmup": False,  # the first answer would wait for it
            "ui": False,
            "api_keys": [self._key],
        }
        if template:
            parameters["chat_template"] = template
        if size.threads:
            parameters["cpuparams.n_threads"] = size.threads
        if os.name == "posix":
            parameters["hostnames"] = [str(self._folder / "private.sock")]
        return parameters


def _private_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="myllm-"))  # created with mode 0700
