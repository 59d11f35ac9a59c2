"""Paths of things that are no chat models, refused with what they are."""

from __future__ import annotations

import re

from inference.catalog.found.folders import is_file
from inference.catalog.found.named_path import unsuitable_path
from inference.catalog.found.single_file import unsuitable_file
from inference.catalog.found.unsuitable import Unsuitability, Unsuitable
from inference.specs.gguf_spec import gguf_path
from inference.specs.model_folder import find_folder
from inference.specs.reader import ModelSpecError
from inference.typed_path import typed_path

_RELATIVE = re.compile(r"\.{0,2}[/\\]|~|[A-Za-z]:")
"""How a path begins that is no repository's name, also one for Windows."""


class UnsuitableSpecError(ModelSpecError):
    """The spec names something that is no chat model; `found` describes it."""

    def __init__(self, spec: str, found: Unsuitable) -> None:
        super().__init__(f"{spec!r} cannot be chatted with: {found.sentence}")
        self.found = found


def refuse_other_path(spec: str) -> None:
    """Raises `UnsuitableSpecError` for a file of another kind, and for a path to nothing; nothing
    for what is no path.
    """
    path = typed_path(spec)
    if is_file(path):
        raise UnsuitableSpecError(spec, unsuitable_file(path))
    if path.is_absolute() or _RELATIVE.match(spec):
        raise UnsuitableSpecError(spec, Unsuitable(Unsuitability.NO_SUCH_PATH))


def refuse_unsuitable(spec: str) -> None:
    """Raises `UnsuitableSpecError` with one sentence that names the thing and a remedy. Blocking:
    it reads a header or a config.json.
    """
    if (file := gguf_path(spec)) is not None:
        found = unsuitable_path(file)
    elif (folder := find_folder(spec)) is not None:
        found = unsuitable_path(folder.path, folder.name)
    else:
        found = unsuitable_path(typed_path(spec))
    if found is not None:
        raise UnsuitableSpecError(spec, found)
