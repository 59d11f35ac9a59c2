"""Describes candidates by their GGUF header or config.json. Thin; reads files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from inference.catalog.found import suitability
from inference.catalog.found.candidate import Candidate
from inference.catalog.found.folders import files_in, is_folder, json_in, size_of
from inference.catalog.found.model import FoundModel
from inference.catalog.gguf import GgufHeader, read_header
from inference.catalog.gguf_quantisation import quantisation_in
from inference.errors import InferenceError

_CONTEXT_KEYS = (
    "max_position_embeddings",
    "max_sequence_length",
    "seq_length",
    "n_positions",
    "n_ctx",
)
_TEMPLATES = frozenset({"chat_template.jinja", "chat_template.json"})
_MOST_TOKENS = 1 << 40


def described(candidate: Candidate) -> FoundModel | None:
    """None for a file that is no whole GGUF file: a download that broke off."""
    if is_folder(candidate.path):
        return _described_folder(candidate)
    try:
        header = read_header(candidate.path)
    except InferenceError:
        return None
    return _described_file(candidate, header)


def _described_file(candidate: Candidate, header: GgufHeader) -> FoundModel:
    return FoundModel(
        spec=candidate.spec,
        name=candidate.name,
        origin=candidate.origin,
        path=candidate.path,
        size=size_of(candidate.files),
        quantisation=header.quantisation or quantisation_in(candidate.name),
        architecture=header.architecture,
        context_tokens=header.context_tokens,
        parameters=header.parameters if header.shards == 1 else None,
        has_chat_template=header.has_chat_template or candidate.has_template,
        projector=candidate.projector,
        unsuitable=suitability.of_header(header, candidate.name),
    )


def _described_folder(candidate: Candidate) -> FoundModel:
    folder = candidate.path
    names = {file.name for file in files_in(folder)}
    config = json_in(folder / "config.json")
    unsuitable = (
        suitability.of_config(config, names, candidate.name)
        if "adapter_config.json" not in names
        else suitability.of_adapter(json_in(folder / "adapter_config.json"))
    )
    return FoundModel(
        spec=candidate.spec,
        name=candidate.name,
        origin=candidate.origin,
        path=folder,
        size=size_of(candidate.files) if candidate.files else None,
        quantisation=_quantisation(config),
        architecture=str(config.get("model_type") or ""),
        context_tokens=_context(config),
        has_chat_template=not _TEMPLATES.isdisjoint(names) or _has_template(folder),
        unsuitable=unsuitable,
    )


def _context(config: Mapping[str, Any]) -> int | None:
    """Models that also see keep those of their text in a part of their own."""
    text = config.get("text_config")
    for part in (config, text if isinstance(text, dict) else {}):
        for key in _CONTEXT_KEYS:
            found = part.get(key)
            if isinstance(found, int) and not isinstance(found, bool) and 0 < found < _MOST_TOKENS:
                return found
    return None


def _quantisation(config: Mapping[str, Any]) -> str:
    """The method and its bits, or the numbers' type."""
    chosen = config.get("quantization_config")
    if isinstance(chosen, dict):
        method, bits = chosen.get("quant_method"), chosen.get("bits")
        return f"{method or 'quantised'}{f' {bits} bit' if isinstance(bits, int) else ''}"
    return str(config.get("dtype") or config.get("torch_dtype") or "")


def _has_template(folder: Path) -> bool:
    return bool(json_in(folder / "tokenizer_config.json").get("chat_template"))
