"""A model of the list as the routes give it."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from chat.catalog.listed import CatalogModel
from chat.wire.model_frames import model_frame
from chat.wire.protocol import Ability, ModelNote, ModelState, OptionReason
from inference import Download, OptionRule


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
    """A sampling option that cannot be used as usual: with neither bound, not at all. Named in a
    `send` it is refused; kept with a conversation it is left out, or brought within the bounds.
    """

    name: str
    reason: OptionReason
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class OfferedModel:
    """A model as the `models` frame has it, and what it does: answers it is writing, runs in its
    line, and the rate of one answer over the latest ones, null before the first. One that is
    `owner_only` is shown to the owner alone, as is the `spec` by which it was added; one
    `from_settings` can only be removed there.
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
    """The default first."""

    models: list[OfferedModel]


def offered(model: CatalogModel, locale: str) -> OfferedModel:
    """Its error said in the language of `locale`."""
    card, activity = model.card, model.activity
    told = msgspec.structs.asdict(model_frame(card, model.is_default, locale))
    more = {"download": _download(card.download), "option_rules": _rules(card.option_rules)}
    return OfferedModel(
        **told | more,
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
