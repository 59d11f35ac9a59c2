"""The card of a model that Ollama runs. Pure."""

from __future__ import annotations

from dataclasses import replace

from inference.remote.ollama_address import OllamaAddress
from inference.remote.ollama_errors import PROVIDER
from inference.remote.ollama_facts import OllamaFacts
from inference.remote.ollama_presence import Presence
from inference.remote.ollama_request import OPTION_RULES
from inference.types import Download, ModelCard, ModelState


def first_card(
    model_id: str, name: str, address: OllamaAddress, slots: int, known: Presence
) -> ModelCard:
    """The card before the server was queried. There is no `memory`: Ollama decides what it
    holds.
    """
    local = address.is_local and known is not Presence.PASSED_ON
    is_missing = known is Presence.MISSING
    return ModelCard(
        id=model_id,
        name=name if address.is_local else f"{name} ({address.host})",
        backend="ollama",
        slots=slots,
        local=local,
        provider="" if local else PROVIDER,
        state=ModelState.ABSENT if is_missing else ModelState.UNLOADED,
        download=Download(0, 0, PROVIDER) if is_missing else None,
        resumable=False,
        option_rules=OPTION_RULES,
    )


def with_facts(card: ModelCard, known: OllamaFacts) -> ModelCard:
    """The card of a model that the server has."""
    local = card.local and not known.is_cloud
    return replace(
        card,
        context_tokens=known.context_tokens,
        abilities=known.abilities,
        quantisation=known.quantisation,
        resumable=known.continues,
        local=local,
        provider="" if local else PROVIDER,
        download=None,
    )
