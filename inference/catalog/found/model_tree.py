"""Every model below a folder, in whichever of the two formats."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inference.catalog.found.candidate import Candidate, Origin
from inference.catalog.found.folders import files_in, folders_below
from inference.catalog.found.gguf_files import gguf_candidates
from inference.catalog.found.weights_folder import folder_candidate


def models_below(root: Path, depth: int, origin: Origin) -> Iterator[Candidate]:
    """Those of the root's files, and of its folders at most so many levels down."""
    for folder in folders_below(root, depth):
        yield from gguf_candidates(files_in(folder), origin)
        if (found := folder_candidate(folder, origin)) is not None:
            yield found
