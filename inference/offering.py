"""The models offered for download, and whether they fit this computer."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from inference.catalog import builtin
from inference.catalog.fit import Fit, Machine, Verdict, judge, reading_rate, seconds_per_token
from inference.catalog.model_download import ModelDownload
from inference.catalog.offer import OfferEntry, Unusable, offer
from inference.catalog.reading_rate import measure_speed
from inference.catalog.stored import missing_bytes
from inference.catalog.wanted import wanted_of_offer
from inference.config import EngineConfig
from inference.llama_cpp_engine.gguf_memory import offer_memory
from inference.model_memory.computer_memory import memory
from inference.types import Ability, ModelCard

_COMFORTABLE = 5.0
"""Tokens a second, about the speed of reading Chinese; slower models are not recommended."""
_COMFORTABLE_REASONING = 8.0
"""The same for a reasoning model, whose readers wait for all of its reasoning."""
_LEAST_MEASURABLE_BYTES = 300_000_000
"""Smallest weights whose speed depends on the memory bandwidth; smaller models wait for threads."""


@dataclass(frozen=True, slots=True)
class OfferedEntry:
    """One model of the offer. `spec` adds it; `size` is in bytes, of all files, and only about
    right with `size_is_estimate`. `unusable` names what it is for and MyLLM cannot do yet. One
    entry at most is `recommended`.
    """

    id: str
    name: str
    spec: str
    size: int
    size_is_estimate: bool
    quantisation: str
    parameters: int
    context_tokens: int
    licence: str
    languages: tuple[str, ...]
    is_base: bool
    abilities: tuple[Ability, ...]
    unusable: Unusable | None
    is_there: bool
    fit: Fit
    recommended: bool = False


def this_machine(config: EngineConfig, answered: Iterable[tuple[ModelCard, float]] = ()) -> Machine:
    """What this computer has now. `answered` are models that have answered here, with the tokens a
    second that they wrote; without a large enough one the memory is timed. Blocking.
    """
    rates = [
        rate
        for card, tokens_per_second in answered
        if card.local and (card.size or 0) >= _LEAST_MEASURABLE_BYTES and tokens_per_second > 0
        if (rate := reading_rate(card.size or 0, None, tokens_per_second))
    ]
    rate = max(rates) if rates else measure_speed(config.models_dir)
    return Machine(memory(), shutil.disk_usage(_nearest(config.models_dir)).free, rate)


def offered_entries(config: EngineConfig, machine: Machine) -> list[OfferedEntry]:
    """The whole offer in its order. Blocking: looks at the files that are there."""
    entries = [_offered(entry, config, machine) for entry in offer()]
    best = max(zip(offer(), entries, strict=True), key=lambda pair: _rank(*pair))
    if not _rank(*best):
        return entries
    return [replace(entry, recommended=entry is best[1]) for entry in entries]


def _offered(entry: OfferEntry, config: EngineConfig, machine: Machine) -> OfferedEntry:
    missing = _missing(entry, config)
    rate, seconds = machine.bytes_per_second, None
    if rate and entry.unusable != "embeddings":
        seconds = seconds_per_token(entry.weights, entry.model_shape, rate)
    return OfferedEntry(
        id=entry.id,
        name=entry.name,
        spec=entry.spec,
        size=entry.size,
        size_is_estimate=any(file.size_is_estimate for file in entry.files),
        quantisation=entry.quantisation,
        parameters=entry.parameters,
        context_tokens=entry.context_tokens,
        licence=entry.licence,
        languages=entry.languages,
        is_base=entry.is_base,
        abilities=entry.abilities,
        unusable=entry.unusable,
        is_there=not missing,
        fit=judge(machine, offer_memory(entry, config), missing, seconds),
    )


def _missing(entry: OfferEntry, config: EngineConfig) -> int:
    """Bytes still to be downloaded."""
    if entry.builtin:
        return missing_bytes(builtin.ENTRIES[entry.builtin], config.models_dir)
    download = ModelDownload(wanted_of_offer(entry), config.models_dir, config.endpoints)
    missing = download.missing()
    return entry.size - missing.done if missing else 0


def _rank(entry: OfferEntry, offered: OfferedEntry) -> int:
    """The rank among the recommended; 0 for a model without Chinese, too large, or too slow."""
    rate = offered.fit.tokens_per_second
    reasons = Ability.REASONING in entry.abilities
    is_slow = rate is not None and rate < (_COMFORTABLE_REASONING if reasons else _COMFORTABLE)
    if "zh" not in entry.languages or entry.unusable or is_slow:
        return 0
    return entry.rank if offered.fit.verdict is Verdict.FITS else 0


def _nearest(folder: Path) -> Path:
    """The folder, or its nearest existing parent."""
    return next(each for each in (folder, *folder.parents) if each.exists())
