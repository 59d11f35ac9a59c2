"""A whole folder that loads in a few hundredths of a second: to be damaged in many ways."""

from __future__ import annotations

import json
from pathlib import Path

from tests.inference.transformers_engine.any_model import any_model
from tests.inference.transformers_engine.made_tokenizers import byte_level


def save_small_folder(folder: Path) -> None:
    """A tiny Llama with a byte-level tokenizer, its template in `chat_template.jinja`."""
    tokenizer = byte_level()
    ends = {"vocab_size": len(tokenizer), "eos_token_id": tokenizer.eos_token_id}
    any_model("llama", **ends).save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def to_older_tokenizer(folder: Path) -> None:
    """The same vocabulary in `vocab.json` and `merges.txt`, as folders had before 2022."""
    model = json.loads((folder / "tokenizer.json").read_text())["model"]
    (folder / "tokenizer.json").unlink()
    (folder / "vocab.json").write_text(json.dumps(model["vocab"]))
    merges = "\n".join(" ".join(pair) for pair in model["merges"])
    (folder / "merges.txt").write_text(f"#version: 0.2\n{merges}\n")
    change_json(folder / "tokenizer_config.json", tokenizer_class="Qwen2Tokenizer")


def change_json(file: Path, **changes: object) -> None:
    """The object in the file with other values; one that is not there begins empty."""
    found = json.loads(file.read_text()) if file.exists() else {}
    file.unlink(missing_ok=True)
    file.write_text(json.dumps(found | changes))
