"""Other programs' folders of models, small and fake."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from inference.catalog.found.surroundings import Surroundings
from tests.inference.catalog.gguf_file import header


def around(home: Path, platform: str = "linux", **environ: str) -> Surroundings:
    """A computer on which nothing but `home` is known."""
    return Surroundings(environ, home, platform)


def write_json(path: Path, content: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def write_folder(folder: Path, config: dict[str, Any] | None = None, **files: str) -> Path:
    """A model in Hugging Face's format; `files` are more of them, a dot in a name as `__`."""
    usual = {"model_type": "qwen3", "architectures": ["Qwen3ForCausalLM"], "dtype": "bfloat16"}
    write_json(folder / "config.json", usual | {"max_position_embeddings": 4096} | (config or {}))
    (folder / "model.safetensors").write_bytes(bytes(100))
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def write_blob(store: Path, digit: str, architecture: str = "qwen3") -> dict[str, Any]:
    """A model in Ollama's store; its layer for a manifest."""
    content = header(architecture, {"general.file_type": 15, ".context_length": 2048}) + bytes(64)
    blob = store / "blobs" / f"sha256-{digit * 64}"
    blob.parent.mkdir(parents=True, exist_ok=True)
    blob.write_bytes(content)
    return layer("model", digit, len(content))


def layer(kind: str, digit: str, size: int) -> dict[str, Any]:
    media = f"application/vnd.ollama.image.{kind}"
    return {"mediaType": media, "digest": f"sha256:{digit * 64}", "size": size}


def write_manifest(store: Path, name: str, *layers: dict[str, Any]) -> None:
    """`name` as its path below `manifests`."""
    write_json(store / "manifests" / name, {"schemaVersion": 2, "layers": layers})
