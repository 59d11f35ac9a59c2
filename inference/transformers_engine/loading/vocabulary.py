"""Checks the files of a folder's tokenizer: present, complete, and readable here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from tokenizers import Tokenizer
from tokenizers.models import BPE

from inference.transformers_engine.loading.file_fault import damaged, missing
from inference.transformers_engine.loading.folder_files import TOKENIZER_CONFIG, read_json

_WHOLE = "tokenizer.json"
_VOCABULARY, _MERGES = "vocab.json", "merges.txt"
_NAMES = (_WHOLE, "tokenizer.model", _VOCABULARY, "vocab.txt", "tekken.json")
_TIKTOKEN_LINE = re.compile(rb"[A-Za-z0-9+/]+=* \d+\r?\n")
_MODULES = {"protobuf": "google.protobuf"}


def check_vocabulary(folder: Path) -> None:
    """Raises `InferenceError`: `model_file_missing` or `model_file_damaged` for a `merges.txt` or
    `vocab.json` that is needed, as there is no other vocabulary.
    """
    vocabulary, merges = folder / _VOCABULARY, folder / _MERGES
    if _others(folder) or not vocabulary.is_file():
        return
    if not _are_numbers(read_json(vocabulary)):
        raise damaged(vocabulary, "no tokens with numbers")
    if not merges.is_file():
        raise missing(merges, "a vocab.json needs it")
    if not _has_merges(merges):
        raise damaged(merges, "no merges")


def missing_packages(folder: Path) -> tuple[str, ...]:
    """The missing packages that transformers needs for the folder's only vocabulary."""
    if (folder / _WHOLE).is_file() or (folder / _VOCABULARY).is_file():
        return ()
    model = folder / "tokenizer.model"
    if model.is_file():
        needed = ("tiktoken",) if _is_tiktoken(model) else ("sentencepiece", "protobuf")
        return tuple(name for name in needed if not _is_installed(name))
    names = [file.name for file in folder.glob("*.tiktoken")]
    return ("tiktoken",) if names and not _is_installed("tiktoken") else ()


def faulty_file(folder: Path) -> Path:
    """The file to name in an error where the tokenizer cannot be made: the first that is faulty
    itself, else the one that configures the others.
    """
    config = folder / TOKENIZER_CONFIG
    default = config if config.is_file() else vocabulary_file(folder)
    return next(_faulty(folder), default)


def vocabulary_file(folder: Path) -> Path:
    """The file that the tokens are read from."""
    found = (folder / name for name in _NAMES if (folder / name).is_file())
    others = (file for pattern in ("*.tiktoken", "*.model") for file in folder.glob(pattern))
    return next(found, next(others, folder / _WHOLE))


def _faulty(folder: Path) -> Iterator[Path]:
    vocabulary, merges = folder / _VOCABULARY, folder / _MERGES
    if (folder / _WHOLE).is_file() and not _is_tokenizer(folder / _WHOLE):
        yield folder / _WHOLE
    elif not _others(folder) and merges.is_file() and not _is_bpe(vocabulary, merges):
        yield merges
    added = folder / "added_tokens.json"
    if added.is_file() and not _are_numbers(read_json(added)):
        yield added
    special = folder / "special_tokens_map.json"
    if not all(map(_is_special, read_json(special).values())):
        yield special


def _is_special(value: object) -> bool:
    """A token's text, or `AddedToken`'s fields; the additional ones are several."""
    match value:
        case list():
            return all(isinstance(one, str | dict) and _is_special(one) for one in value)
        case dict():
            flags = (one for name, one in value.items() if name not in {"content", "__type"})
            is_flagged = all(isinstance(one, bool) for one in flags)
            return isinstance(value.get("content"), str) and is_flagged
    return isinstance(value, str) or value is None


def _others(folder: Path) -> list[str]:
    return [name for name in _NAMES if name != _VOCABULARY and (folder / name).is_file()]


def _are_numbers(tokens: dict[str, object]) -> bool:
    return bool(tokens) and all(type(number) is int and number >= 0 for number in tokens.values())


def _has_merges(file: Path) -> bool:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return False
    return any(line.strip() and not line.startswith("#version") for line in lines)


def _is_tokenizer(file: Path) -> bool:
    try:
        Tokenizer.from_file(str(file))
    except Exception:  # noqa: BLE001 - `tokenizers` has no class of its own for it
        return False
    return True


def _is_bpe(vocabulary: Path, merges: Path) -> bool:
    try:
        BPE.from_file(str(vocabulary), str(merges))
    except Exception:  # noqa: BLE001 - `tokenizers` has no class of its own for it
        return False
    return True


def _is_tiktoken(file: Path) -> bool:
    """Llama 3's own files have the name that SentencePiece's have."""
    with file.open("rb") as source:
        return _TIKTOKEN_LINE.fullmatch(source.readline(1024)) is not None


def _is_installed(package: str) -> bool:
    try:
        return find_spec(_MODULES.get(package, package)) is not None
    except ModuleNotFoundError:
        return False
