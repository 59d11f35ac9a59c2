"""The engine's model cards as `model` frames."""

from __future__ import annotations

from chat.errors import ErrorCode
from chat.errors.sentences import is_chinese, sentence
from chat.wire.protocol import Model, ModelDownload
from chat.wire.protocol import (
    OptionRule as ModelOptionRule,
)
from inference import Download, ModelCard, OptionRule


def model_frames(cards: tuple[ModelCard, ...], locale: str) -> list[Model]:
    """The models as clients see them; the first is the default."""
    return [model_frame(card, card is cards[0], locale) for card in cards]


def model_frame(card: ModelCard, default: bool, locale: str) -> Model:
    """One model, with its name and error in the language of `locale`."""
    error = card.error
    return Model(
        id=card.id,
        name=card.name if is_chinese(locale) else card.english_name or card.name,
        state=card.state.value,
        default=default,
        builtin=card.builtin,
        context_tokens=card.context_tokens,
        progress=card.progress,
        error=sentence(ErrorCode(error.code), error.detail, locale) if error else None,
        notes=[note.value for note in card.notes],
        download=_download(card.download),
        languages=list(card.languages),
        local=card.local,
        provider=card.provider,
        size=card.size,
        memory=card.memory,
        quantisation=card.quantisation,
        licence=card.licence,
        is_base=card.is_base,
        abilities=[ability.value for ability in card.abilities],
        option_rules=[_rule(rule) for rule in card.option_rules],
        resumable=card.resumable,
    )


def _rule(rule: OptionRule) -> ModelOptionRule:
    return ModelOptionRule(rule.name, rule.reason.value, rule.low, rule.high)


def _download(found: Download | None) -> ModelDownload | None:
    return (
        None
        if found is None
        else ModelDownload(
            found.done, found.total, found.source, found.bytes_per_second, found.paused
        )
    )
