"""What a provider computes for one run, as the limit of remote tokens counts it."""

from __future__ import annotations

from chat.runs.live_run import LiveRun
from inference import (
    EngineEvent,
    GenerationFinished,
    GenerationRequest,
    Started,
    TextDelta,
    estimated_prompt_tokens,
    estimated_tokens,
)


class RemoteTokens:
    """Keeps `LiveRun.remote_tokens`: at every moment what would be counted if the run was stopped.

    Estimated from the texts until the provider tells the usage. A failure before the first text
    costs nothing. Stays 0 for a model of this computer.
    """

    def __init__(self, run: LiveRun, request: GenerationRequest) -> None:
        self._run = run
        self._request = request
        self._is_remote = False
        self._prompt = 0
        self._bytes = 0

    def take(self, event: EngineEvent) -> None:
        match event:
            case Started(provider=provider) if provider:
                self._is_remote = True
                self._prompt = estimated_prompt_tokens(self._request)
                self._count(0)
            case TextDelta(text=text) if self._is_remote:
                self._count(len(text.encode(errors="replace")))
            case GenerationFinished(usage=usage) if self._is_remote:
                told = usage.prompt_tokens + usage.completion_tokens
                self._run.remote_tokens = told or self._run.remote_tokens

    def fail(self) -> None:
        """The provider refused, or broke off."""
        if not self._bytes:
            self._run.remote_tokens = 0

    def _count(self, size: int) -> None:
        self._bytes += size
        self._run.remote_tokens = self._prompt + estimated_tokens(self._bytes)
