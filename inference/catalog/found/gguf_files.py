"""The models in a folder of GGUF files: split ones taken as one, projectors with their model."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from inference.catalog.found.candidate import Candidate, Origin
from inference.catalog.found.folders import is_file
from inference.catalog.gguf_names import SPLIT_NAME, is_projector

_UNFINISHED = ("incomplete-", "downloading_", ".", "~")
"""How GPT4All and LM Studio begin the names of files that are being downloaded."""


def gguf_candidates(files: Iterable[Path], origin: Origin) -> Iterator[Candidate]:
    """The models among the files of one folder. Those of which a part is missing are left out. A
    projector is its neighbours', and for itself where it has none.
    """
    whole = [file for file in files if _is_gguf(file.name)]
    projectors = [file for file in whole if is_projector(file.name)]
    models = [*_groups(file for file in whole if not is_projector(file.name))]
    projector = projectors[0] if projectors else None
    for parts in models or [(file,) for file in projectors]:
        first = parts[0]
        beside = projector if models else None
        yield Candidate(str(first), model_name(first.name), origin, first, parts, beside)


def model_name(file_name: str) -> str:
    """The file's name without its ending and without its number among the model's files."""
    shard = SPLIT_NAME.fullmatch(file_name)
    return shard["stem"] if shard else re.sub(r"\.gguf$", "", file_name, flags=re.IGNORECASE)


def first_shard(file_name: str) -> str:
    """The name of the first of the model's files where this is another one, else ""."""
    shard = SPLIT_NAME.fullmatch(file_name)
    if shard is None or int(shard["number"]) == 1:
        return ""
    return f"{shard['stem']}-00001-of-{shard['count']}.gguf"


def missing_shards(file: Path) -> list[str]:
    """The names of those of the model's files that are not beside this one."""
    shard = SPLIT_NAME.fullmatch(file.name)
    if shard is None:
        return []
    numbers = range(1, int(shard["count"]) + 1)
    names = [f"{shard['stem']}-{number:05d}-of-{shard['count']}.gguf" for number in numbers]
    return [name for name in names if not is_file(file.parent / name)]


def _is_gguf(name: str) -> bool:
    return name.lower().endswith(".gguf") and not name.lower().startswith(_UNFINISHED)


def _groups(files: Iterable[Path]) -> Iterator[tuple[Path, ...]]:
    """Each model's files in their order."""
    parts: dict[tuple[str, int], list[Path]] = defaultdict(list)
    for file in files:
        shard = SPLIT_NAME.fullmatch(file.name)
        key = (shard["stem"], int(shard["count"])) if shard else (file.name, 1)
        parts[key].append(file)
    for (_, count), found in parts.items():
        if len(found) == count:
            yield tuple(sorted(found))
