"""The models whose answers are interrupted: `MYLLM_…` settings of a server for each engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from inference.catalog import builtin
from tests.builtin_models import model_file

Settings = dict[str, str | int | Path]

LOG_EVENTS = 24
"""So few that a reader who was away is far behind and gets a snapshot."""
_CONTEXT = 4096


def settings(model: Path | str) -> Settings:
    """Answers are as long as they were asked for, also those of a model that repeats itself. One
    thread computes: several wait for each other where the machine does other things too.
    """
    return {
        "MODELS": model,
        "RUNS_PER_DEVICE": 1000,
        "RUN_LOG_EVENTS": LOG_EVENTS,
        "STOP_REPETITION": 0,
        "THREADS": 1,
    }


def llama_cpp(_: Path) -> str | Path:
    """The smaller built-in model."""
    return model_file(builtin.SMOLLM2)


def transformers(folder: Path) -> str | Path:
    """A tiny Qwen3 with random weights, saved into `folder`: it writes pieces of letters."""
    # Who wants another engine waits for no torch.
    from transformers import AutoTokenizer  # noqa: PLC0415

    from tests.inference.transformers_engine.real_tokenizers import tokenizer_folder  # noqa: PLC0415
    from tests.inference.transformers_engine.tiny_models import tiny_model  # noqa: PLC0415

    whole = folder / "Qwen3-Tiny"
    tokenizer = AutoTokenizer.from_pretrained(tokenizer_folder("qwen3"))
    sizes = {"vocab_size": len(tokenizer), "max_position_embeddings": _CONTEXT}
    tiny_model("qwen3", **sizes).save_pretrained(whole)
    tokenizer.save_pretrained(whole)
    return whole


def scripted(_: Path) -> str | Path:
    return "scripted/markdown"


ENGINES: Mapping[str, Callable[[Path], str | Path]] = {
    "llama_cpp": llama_cpp,
    "transformers": transformers,
    "scripted": scripted,
}
