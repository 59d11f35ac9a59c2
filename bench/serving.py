"""A server for a benchmark: a process and a data folder of its own, both gone afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.live.live_server import ROOT, SERVE, LiveServer

UNLIMITED = 10_000
"""Runs per device: all readers come from one address, and limits are not what is measured."""


@contextmanager
def serving_from(
    checkout: Path, command: Sequence[str], model: str | Path, /, **settings: str | int | Path
) -> Iterator[LiveServer]:
    """Answers HTTP when entered. `checkout` is the copy of the project that serves, `settings` are
    further `MYLLM_…` variables.
    """
    limits = {"RUNS_PER_DEVICE": UNLIMITED, "MESSAGES_PER_DEVICE": 0, "PING_SECONDS": 60}
    wanted = {"MODELS": model, **limits, **settings}
    with (
        tempfile.TemporaryDirectory(prefix="myllm-bench-") as folder,
        LiveServer(Path(folder), command, checkout, **wanted) as server,
    ):
        yield server


@contextmanager
def serving(
    command: Sequence[str] = SERVE, model: str | Path = "scripted", **settings: str | int | Path
) -> Iterator[LiveServer]:
    """The same from this checkout."""
    with serving_from(ROOT, command, model, **settings) as server:
        yield server
