"""A model of the list, as the routes return it."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from chat.catalog.listed import CatalogModel
from chat.wire.model_frames import model_frame
from chat.wire.protocol import Ability, ModelNote, ModelState, OptionReason
from inference import Download, OptionRule


@dataclass(frozen=True, slots=True)
class OfferedDownload:
    """The progress of a download in bytes; `source` is its name for people."""

    done: int
    total: int
    source: str
    bytes_per_second: float | None
    paused: bool


@dataclass(frozen=True, slots=True)
class OfferedOptionRule:
    """A restricted sampling option; without bounds it cannot be used. In a `send` it is refused; in
    a conversation's options it is ignored, or brought within the bounds.
    """

    name: str
    reason: OptionReason
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class OfferedModel:
    """A model as in the `models` frame, with its activity: running answers, waiting runs, and the
    average rate of the latest answers, null before the first. Models that are `owner_only`, and the
    `spec`, are only shown to the owner. Models `from_settings` can only be removed in the settings.
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
    resumable: bool
    running: int
    waiting: int
    tokens_per_second: float | None
    owner_only: bool
    from_settings: bool
    spec: str


@dataclass(frozen=True, slots=True)
class OfferedModels:
    """The default model first."""

    models: list[OfferedModel]


def offered(model: CatalogModel, locale: str) -> OfferedModel:
    """The model, with its error in the language of `locale`."""
    card, activity = model.card, model.activity
    card_fields = msgspec.structs.asdict(model_frame(card, model.is_default, locale))
    more = {"download": _download(card.download), "option_rules": _rules(card.option_rules)}
    return OfferedModel(
        **card_fields | more,
        backend=card.backend,
        running=activity.running,
        waiting=activity.waiting,
        tokens_per_second=activity.tokens_per_second,
        owner_only=model.owner_only,
        from_settings=model.from_settings,
        spec=model.spec,
    )


def _download(found: Download | None) -> OfferedDownload | None:
    if found is None:
        return None
    rate = found.bytes_per_second
    return OfferedDownload(found.done, found.total, found.source, rate, found.paused)


def _rules(rules: tuple[OptionRule, ...]) -> list[OfferedOptionRule]:
    return [OfferedOptionRule(rule.name, rule.reason.value, rule.low, rule.high) for rule in rules]
