"""Which of a repository's files are downloaded. Pure.

Data alone: weights, configuration, tokenizers. What Python would run, a repository's own modules
and pickled weights where others are there, is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from inference.catalog.gguf_names import SPLIT_NAME, is_projector
from inference.catalog.hub_file import RemoteFile
from inference.catalog.hub_id import is_safe_name

_PREFERRED = ("Q4_K_M", "Q4_K_S", "Q5_K_M", "IQ4_XS", "Q4_1", "Q4_0", "Q8_0", "Q6_K", "Q3_K_M")
"""Quantisations, the best compromise of size and quality first."""
_NOTES = "imatrix"
"""What the name of a quantiser's notes begins with, which are a GGUF file too."""
_TOKENIZER = re.compile(
    r"tokenizer.*\.(json|model)|.*\.tiktoken|vocab\.(json|txt)|merges\.txt|spiece\.model"
    r"|special_tokens_map\.json|added_tokens\.json"
)
_CONFIGURATION = re.compile(
    r"(config|generation_config|quantize_config|quantization_config|chat_template"
    r"|preprocessor_config|processor_config)\.json|chat_template\.jinja"
)
_SAFETENSORS = re.compile(r"(?!consolidated|adapter).*\.safetensors(\.index\.json)?")
_PICKLED = re.compile(r"pytorch_model.*\.bin(\.index\.json)?")


def choose_files(
    files: Sequence[RemoteFile], wanted: Sequence[str] = (), *, with_code: bool = False
) -> list[RemoteFile]:
    """What has to be downloaded, the one that is loaded first; nothing where there is no model, or
    not every file that is `wanted`. `with_code` adds a folder's own Python, which the owner has
    read.
    """
    once = {file.path: file for file in files}.values()
    safe = [file for file in once if file.size > 0 and is_safe_name(file.name)]
    if wanted:
        found = [_wanted(safe, path) for path in wanted]
        return [file for group in found for file in group] if all(found) else []
    if groups := _gguf_models(safe):
        return min(groups, key=_order)
    return _folder(safe, with_code=with_code)


def _wanted(files: Sequence[RemoteFile], path: str) -> list[RemoteFile]:
    """The file, and of one in parts the others. Without its folders it is found where there is one
    of that name.
    """
    named = [file for file in files if file.path == path]
    named = named or [file for file in files if file.name == path]
    if len(named) != 1:
        return []
    return next((group for group in _gguf_models(files) if named[0] in group), named)


def _gguf_models(files: Iterable[RemoteFile]) -> list[list[RemoteFile]]:
    """Each with all its parts, in order."""
    groups: dict[str, list[RemoteFile]] = {}
    for file in sorted(files, key=lambda file: file.path):
        if _is_gguf_model(file.name):
            part = SPLIT_NAME.fullmatch(file.path)
            key = part["stem"] + part["count"] if part else file.path
            groups.setdefault(key, []).append(file)
    return [group for group in groups.values() if _is_whole(group)]


def _is_gguf_model(file_name: str) -> bool:
    name = file_name.lower()
    return name.endswith(".gguf") and not name.startswith(_NOTES) and not is_projector(name)


def _is_whole(group: Sequence[RemoteFile]) -> bool:
    part = SPLIT_NAME.fullmatch(group[0].path)
    return part is None or len(group) == int(part["count"])


def _order(group: Sequence[RemoteFile]) -> tuple[int, int]:
    """By quantisation, then by size."""
    name = group[0].path.upper()
    found = (
        rank for rank, kind in enumerate(_PREFERRED) if re.search(rf"(?<![A-Z0-9]){kind}\b", name)
    )
    return next(found, len(_PREFERRED)), sum(file.size for file in group)


def _folder(files: Sequence[RemoteFile], *, with_code: bool) -> list[RemoteFile]:
    """As transformers loads one: everything lies at its top."""
    top = [file for file in files if "/" not in file.path]
    config = [file for file in top if file.path == "config.json"]
    single = [file for file in top if file.path == "model.safetensors"]
    weights = single or _matching(top, _SAFETENSORS) or _matching(top, _PICKLED)
    if not config or not weights:
        return []
    beside = [*_matching(top, _CONFIGURATION), *_matching(top, _TOKENIZER)]
    code = [file for file in top if file.path.endswith(".py")] if with_code else []
    return list(dict.fromkeys([*config, *beside, *code, *weights]))


def _matching(files: Iterable[RemoteFile], pattern: re.Pattern[str]) -> list[RemoteFile]:
    return [file for file in files if pattern.fullmatch(file.path)]
