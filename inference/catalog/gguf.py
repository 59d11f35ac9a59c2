"""A GGUF file's own description, read from its header without loading it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from inference.catalog.gguf_format import RawHeader, parse
from inference.catalog.gguf_quantisation import file_type_name
from inference.catalog.gguf_reader import CutShortError, Value
from inference.catalog.gguf_vocabulary import AddedTokens, added_tokens
from inference.errors import InferenceError, InferenceErrorCode

_FIRST_READS = (1 << 20, 1 << 23, 1 << 26)
"""Bytes read at first, and more where the header is longer; that of a model with a vocabulary of
150,000 tokens has 6 MB. A longer one than the last is taken as damaged."""


@dataclass(frozen=True, slots=True)
class GgufHeader:
    """The properties in a file's header.

    `context_tokens` is what the model was trained for. `kind` is `model`, `adapter` or `mmproj`
    (general.type), "" where the file does not say. `parameters` counts this file's tensors alone,
    which of a model in several files (`shards`, 1 for a single one) is a part. `values` are all
    other scalars, texts and short arrays of numbers by their keys.
    """

    architecture: str
    name: str | None
    context_tokens: int | None
    kind: str = ""
    quantisation: str = ""
    parameters: int = 0
    has_chat_template: bool = False
    shards: int = 1
    values: Mapping[str, Value] = field(default_factory=dict, repr=False)

    def number(self, key: str) -> int | None:
        """A whole number of this architecture, by its key without the prefix
        (`attention.head_count_kv`). Of one for each layer the largest.
        """
        found = self.values.get(f"{self.architecture}.{key}")
        if isinstance(found, tuple):
            found = max(found, default=None)
        return found if isinstance(found, int) and not isinstance(found, bool) else None


def read_header(path: Path) -> GgufHeader:
    """Blocking; reads the header alone. Any file name is accepted; the first bytes identify the
    format.

    Raises `InferenceError`: `model_file_missing` or `model_file_damaged`, the latter also for a
    download that broke off.
    """
    with _as_inference_errors(path):
        status = path.stat()
        return _read(path, status.st_mtime_ns, status.st_size)


def read_added_tokens(path: Path) -> AddedTokens:
    """Blocking; of a file whose header was read before. Raises like `read_header`."""
    with _as_inference_errors(path):
        return added_tokens(path)


@contextmanager
def _as_inference_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, IsADirectoryError):
        raise _error(InferenceErrorCode.MODEL_FILE_MISSING, path, "no such file") from None
    except (OSError, ValueError) as error:
        raise _error(InferenceErrorCode.MODEL_FILE_DAMAGED, path, str(error)) from None


@lru_cache(maxsize=16)
def _read(path: Path, changed_ns: int, size: int) -> GgufHeader:
    """Parsing takes 50 ms for a large vocabulary, and each start asks several times."""
    raw = _parsed(path)
    _check_whole(raw, size)
    return _header(raw)


def _parsed(path: Path) -> RawHeader:
    for size in _FIRST_READS:
        with path.open("rb") as file:
            data = file.read(size)
        try:
            return parse(data)
        except CutShortError:
            if len(data) < size:
                break
    raise ValueError("the file ends inside its header, or that is too long")


def _header(raw: RawHeader) -> GgufHeader:
    values = raw.values
    architecture = values.get("general.architecture")
    if not isinstance(architecture, str):
        raise ValueError("it names no architecture")
    context = values.get(f"{architecture}.context_length")
    shards = values.get("split.count")
    return GgufHeader(
        architecture=architecture,
        name=_text(values, "general.name") or None,
        context_tokens=context if isinstance(context, int) else None,
        kind=_text(values, "general.type"),
        quantisation=file_type_name(values.get("general.file_type")),
        parameters=raw.parameters,
        has_chat_template=bool(_text(values, "tokenizer.chat_template")),
        shards=shards if isinstance(shards, int) and shards > 0 else 1,
        values=values,
    )


def _text(values: Mapping[str, Value], key: str) -> str:
    found = values.get(key)
    return found if isinstance(found, str) else ""


def _check_whole(raw: RawHeader, size: int) -> None:
    """A download that broke off ends before its last tensor begins."""
    if raw.tensors and raw.end + raw.last_tensor >= size:
        raise ValueError(f"the file ends at {size} bytes, before its last tensor")


def _error(code: InferenceErrorCode, path: Path, reason: str) -> InferenceError:
    return InferenceError(code, f"{path}: {reason}", detail={"file": path.name})
