"""`/models`: the models offered, and what each does now."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from chat.api.callers import locale_of
from chat.api.replies import reply
from chat.api.schemas import FAILURES
from chat.frames import model_frames
from chat.library import answers
from chat.protocol import Ability, ModelNote, ModelState, OptionReason
from inference import Download, ModelActivity, ModelCard, OptionRule

router = Router(tags=["models"])


@dataclass(frozen=True, slots=True)
class OfferedDownload:
    """How far a model's download is, in bytes; `source` is where they come from, for people."""

    done: int
    total: int
    source: str
    bytes_per_second: float | None
    paused: bool


@dataclass(frozen=True, slots=True)
class OfferedOptionRule:
    """A sampling option that cannot be used as usual: with neither bound, not at all."""

    name: str
    reason: OptionReason
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class OfferedModel:
    """A model as the `models` frame has it, and what it does: answers it is writing, runs in its
    line, and the rate of one answer over the latest ones, null before the first.
    """

    id: str
    name: str
    backend: str
    state: ModelState
    default: bool
    builtin: bool
    context_tokens: int | None
    progress: float | None
    error: str | None
    notes: list[ModelNote]
    download: OfferedDownload | None
    languages: list[str]
    local: bool
    provider: str
    size: int | None
    memory: int | None
    quantisation: str
    licence: str
    is_base: bool
    abilities: list[Ability]
    option_rules: list[OfferedOptionRule]
    running: int
    waiting: int
    tokens_per_second: float | None


@dataclass(frozen=True, slots=True)
class OfferedModels:
    """The default first."""

    models: list[OfferedModel]


@router.get("", response={200: OfferedModels, **FAILURES})
async def list_models(request: HttpRequest) -> HttpResponse:
    """What there is, what is loaded, what it is busy with and how fast it is."""
    cards, activities = answers.models()
    return reply(request, OfferedModels(_offered(cards, activities, locale_of(request))))


def _offered(
    cards: tuple[ModelCard, ...], activities: tuple[ModelActivity, ...], locale: str
) -> list[OfferedModel]:
    return [
        OfferedModel(
            **msgspec.structs.asdict(frame)
            | {
                "download": _download(card.download),
                "option_rules": _rules(card.option_rules),
            },
            backend=card.backend,
            running=activity.running,
            waiting=activity.waiting,
            tokens_per_second=activity.tokens_per_second,
        )
        for frame, card, activity in zip(
            model_frames(cards, locale), cards, activities, strict=True
        )
    ]


def _download(found: Download | None) -> OfferedDownload | None:
    return (
        None
        if found is None
        else OfferedDownload(
            found.done, found.total, found.source, found.bytes_per_second, found.paused
        )
    )


def _rules(rules: tuple[OptionRule, ...]) -> list[OfferedOptionRule]:
    return [OfferedOptionRule(rule.name, rule.reason.value, rule.low, rule.high) for rule in rules]
