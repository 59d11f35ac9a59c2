"""The built-in model as Hugging Face lays it out: real weights for what runs folders.

python3 -m tests.inference.transformers_engine.real_weights FILE.gguf FOLDER
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from filelock import FileLock

_ROOT = Path(__file__).resolve().parents[3]
_NAME = "SmolLM2-135M-Instruct"


def weights_folder(gguf_file: Path) -> Path:
    """A folder with bfloat16 safetensors and the tokenizer; converted once, in half a minute.

    In a process of its own: conversion takes a gigabyte, and warns of things that are meant.
    """
    folder = _ROOT / "var" / "weights" / _NAME
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Tests that run side by side both need it: the second waits for the first.
    with FileLock(folder.with_suffix(".lock")):
        if not folder.is_dir():
            _convert_apart(gguf_file, folder)
    return folder


def _convert_apart(gguf_file: Path, folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder.parent) as unfinished:
        whole = Path(unfinished) / _NAME
        command = [sys.executable, "-m", __name__, str(gguf_file), str(whole)]
        ended = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr
        whole.rename(folder)


def convert(gguf_file: Path, folder: Path) -> None:
    """Write the model and its tokenizer out of a GGUF file into a folder."""
    import torch  # noqa: PLC0415 - who only wants the folder's path waits for no torch
    from transformers import AutoModelForCausalLM, AutoTokenizer  # noqa: PLC0415

    source = {"gguf_file": gguf_file.name}
    tokenizer = AutoTokenizer.from_pretrained(gguf_file.parent, **source)
    model = AutoModelForCausalLM.from_pretrained(gguf_file.parent, **source, dtype=torch.bfloat16)
    # Its weights are plain numbers by now, but saving still believes them to be quantized.
    model.hf_quantizer = None
    vars(model.config).pop("quantization_config", None)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(sys.argv[2]))
