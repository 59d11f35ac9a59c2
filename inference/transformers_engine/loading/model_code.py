"""The program code in a folder, as the owner reviews it before it may run.

transformers runs what `auto_map` in config.json and tokenizer_config.json names, and what those
files import relatively (`transformers.dynamic_module_utils`). Nothing is executed or fetched here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inference.transformers_engine.loading.folder_files import CONFIG, TOKENIZER_CONFIG, read_json

_IMPORT = re.compile(r"^\s*import\s+\.(\S+)\s*$|^\s*from\s+\.(\S+)\s+import", re.MULTILINE)
"""The relative imports that transformers follows."""
_CUSTOM_GENERATE = "custom_generate/generate.py"
"""Runs in place of `generate`, although no configuration names it."""
_ELSEWHERE = "--"


@dataclass(frozen=True, slots=True)
class CodeFile:
    """`name` is relative to the folder, `size` in bytes. Bytes that are no UTF-8 show as U+FFFD."""

    name: str
    size: int
    text: str


@dataclass(frozen=True, slots=True)
class ModelCode:
    """`digest` is the SHA-256 over the names and bytes of all `files`, "" where there are none.

    `elsewhere` are references to code of other repositories, which is never fetched; `missing`
    are files that are named and not there.
    """

    files: tuple[CodeFile, ...] = ()
    digest: str = ""
    elsewhere: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def model_code(folder: Path) -> ModelCode:
    """The code of the folder that would run if it were trusted. Only reads files."""
    references = sorted(set(_references(folder)))
    elsewhere = tuple(one for one in references if _ELSEWHERE in one)
    wanted = [f"{one.rpartition('.')[0]}.py" for one in references if one not in elsewhere]
    if (folder / _CUSTOM_GENERATE).is_file():
        wanted.append(_CUSTOM_GENERATE)
    contents, missing = _reached(folder, wanted)
    files = tuple(_shown(name, content) for name, content in sorted(contents.items()))
    return ModelCode(files, _digest(contents), elsewhere, missing)


def _references(folder: Path) -> Iterator[str]:
    """`module.Class`, or `repository--module.Class`."""
    for file in (CONFIG, TOKENIZER_CONFIG):
        yield from _named(read_json(folder / file).get("auto_map"))


def _named(auto_map: Any) -> Iterator[str]:
    """A tokenizer's entry is a list, of which either may be null."""
    match auto_map:
        case str():
            yield auto_map
        case dict():
            yield from _in_each(auto_map.values())
        case list():
            yield from _in_each(auto_map)


def _in_each(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        yield from _named(value)


def _reached(folder: Path, names: Iterable[str]) -> tuple[dict[str, bytes], tuple[str, ...]]:
    contents: dict[str, bytes] = {}
    missing: list[str] = []
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in contents or name in missing:
            continue
        try:
            contents[name] = (folder / name).read_bytes()
        except OSError:
            missing.append(name)
            continue
        waiting.extend(_imported(name, contents[name]))
    return contents, tuple(sorted(missing))


def _imported(name: str, content: bytes) -> Iterator[str]:
    beside = Path(name).parent
    for found in _IMPORT.finditer(content.decode(errors="replace")):
        yield (beside / f"{found[1] or found[2]}.py").as_posix()


def _shown(name: str, content: bytes) -> CodeFile:
    return CodeFile(name, len(content), content.decode(errors="replace"))


def _digest(contents: dict[str, bytes]) -> str:
    """Includes lengths, so that bytes moved from one file to another change the digest."""
    if not contents:
        return ""
    digest = hashlib.sha256()
    for name, content in sorted(contents.items()):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
