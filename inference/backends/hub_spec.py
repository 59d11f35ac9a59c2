"""How an owner names a model that is downloaded from a hub."""

from __future__ import annotations

from pathlib import Path

from inference.catalog.hub_id import HubId, parse_hub_id
from inference.catalog.model_download import ModelDownload
from inference.catalog.offer import find_offered
from inference.catalog.wanted import WantedModel, wanted_by_id, wanted_of_offer
from inference.config import EngineConfig

_RESERVED = frozenset({"scripted", "builtin", "ollama"})
"""First words of other specs, which a typing error does not make a hub's."""


def hub_id_of(spec: str) -> HubId | None:
    """The repository, or one file of it, that the spec names. None for other specs, and for a path
    that is there.
    """
    named = parse_hub_id(spec.strip())
    if named is None or named.repository.partition("/")[0] in _RESERVED:
        return None
    return None if Path(spec.strip()).exists() else named


def download_of(spec: str, config: EngineConfig) -> ModelDownload | None:
    """The download that an offered model's id or a hub's name means; None for other specs."""
    wanted = _wanted(spec, config)
    if wanted is None:
        return None
    return ModelDownload(wanted, config.models_dir, config.endpoints)


def _wanted(spec: str, config: EngineConfig) -> WantedModel | None:
    entry = find_offered(spec)
    if entry is not None and entry.files:
        return wanted_of_offer(entry)
    named = hub_id_of(spec)
    if named is None:
        return None
    # A folder's own Python comes along only where the owner has allowed it to run.
    return wanted_by_id(named, with_code=named.name in config.trust_remote_code)
