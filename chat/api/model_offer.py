"""The offer of models, as the routes return it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chat.catalog.offer import Offer
from chat.errors.sentences import is_chinese
from chat.wire.protocol import Ability
from inference import Fit, Machine, OfferedEntry

_UNUSABLE = {
    "vision": ("还不能看图，只能聊文字", "pictures cannot be shown to it yet, it only chats"),
    "embeddings": ("用于检索文档，现在还不能使用", "for searching in documents, not used yet"),
}


@dataclass(frozen=True, slots=True)
class OfferedMemory:
    """In bytes; null if it is not known."""

    available: int | None
    total: int | None


@dataclass(frozen=True, slots=True)
class OfferedDisk:
    """Free bytes where models are stored."""

    free: int


@dataclass(frozen=True, slots=True)
class OfferedFit:
    """`fits` with the memory free now; `tight`: fits after other programs or models are closed.
    `memory` is in bytes once it is loaded. `tokens_per_second` is the expected speed of one answer,
    from a measurement on this computer.
    """

    verdict: Literal["fits", "tight", "too_large", "no_disk"]
    memory: int
    tokens_per_second: float | None


@dataclass(frozen=True, slots=True)
class OfferEntry:
    """`spec` adds it by `POST /models`. `unusable` names abilities that are not supported yet.
    `listed` is its id if it is on the list.
    """

    id: str
    name: str
    spec: str
    size: int
    quantisation: str
    context_tokens: int
    licence: str
    languages: list[str]
    is_base: bool
    abilities: list[Ability]
    unusable: str | None
    fit: OfferedFit
    listed: str | None
    recommended: bool


@dataclass(frozen=True, slots=True)
class MeasuredRate:
    """Tokens per second of a model with one gigabyte of weights."""

    measured: float | None


@dataclass(frozen=True, slots=True)
class ModelOffer:
    """Models for Chinese first."""

    memory: OfferedMemory
    disk: OfferedDisk
    tokens_per_second: MeasuredRate
    entries: list[OfferEntry]


def shown_offer(offer: Offer, locale: str) -> ModelOffer:
    """The offer, with its sentences in the language of `locale`."""
    machine = offer.machine
    return ModelOffer(
        OfferedMemory(machine.memory.available, machine.memory.total),
        OfferedDisk(machine.free_disk),
        _rate(machine),
        [_entry(entry, listed, locale) for entry, listed in offer.entries],
    )


def _rate(machine: Machine) -> MeasuredRate:
    rate = machine.bytes_per_second
    return MeasuredRate(None if rate is None else rate / 1e9)


def _entry(entry: OfferedEntry, listed: str | None, locale: str) -> OfferEntry:
    return OfferEntry(
        id=entry.id,
        name=entry.name,
        spec=entry.spec,
        size=entry.size,
        quantisation=entry.quantisation,
        context_tokens=entry.context_tokens,
        licence=entry.licence,
        languages=list(entry.languages),
        is_base=entry.is_base,
        abilities=[ability.value for ability in entry.abilities],
        unusable=_unusable(entry, locale),
        fit=_fit(entry.fit),
        listed=listed,
        recommended=entry.recommended,
    )


def _unusable(entry: OfferedEntry, locale: str) -> str | None:
    if entry.unusable is None:
        return None
    chinese, english = _UNUSABLE[entry.unusable]
    return chinese if is_chinese(locale) else english


def _fit(fit: Fit) -> OfferedFit:
    return OfferedFit(fit.verdict.value, fit.memory, fit.tokens_per_second)
