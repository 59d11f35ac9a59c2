"""Everything on this computer's disks that is a model, from all places that are known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from inference.catalog.found import (
    gpt4all,
    hugging_face,
    lm_studio,
    modelscope,
    ollama_store,
    owned_folders,
)
from inference.catalog.found.candidate import Candidate
from inference.catalog.found.described import described
from inference.catalog.found.distinct_names import with_distinct_names
from inference.catalog.found.model import FoundModel
from inference.catalog.found.surroundings import Surroundings

_MOST_MODELS = 500


def models_on_this_computer(
    around: Surroundings, owned: Sequence[Path], known: Collection[str] = ()
) -> list[FoundModel]:
    """Each once, however many links lead to it. `owned` are the owner's own folders; of those the
    files of the names `known` are left out. Blocking: it reads hundreds of headers.
    """
    candidates = islice(_once(_candidates(around, owned, known)), _MOST_MODELS)
    looked_into = (described(candidate) for candidate in candidates)
    return with_distinct_names([found for found in looked_into if found is not None])


def _candidates(
    around: Surroundings, owned: Sequence[Path], known: Collection[str]
) -> Iterator[Candidate]:
    for folder in owned:
        yield from owned_folders.models_in(folder, known)
    for store in ollama_store.stores(around):
        yield from ollama_store.models_in_store(store)
    for folder in lm_studio.model_folders(around):
        yield from lm_studio.models_in(folder)
    for folder in gpt4all.model_folders(around):
        yield from gpt4all.models_in(folder)
    for cache in hugging_face.caches(around):
        yield from hugging_face.models_in_cache(cache)
    for cache in modelscope.caches(around):
        yield from modelscope.models_in_cache(cache)


def _once(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    seen: set[Path] = set()
    for candidate in candidates:
        real = candidate.path.resolve()
        if real not in seen:
            seen.add(real)
            yield candidate
