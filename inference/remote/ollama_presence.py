"""A quick query of this computer's Ollama for a model."""

from __future__ import annotations

import time
from enum import Enum
from functools import lru_cache
from urllib.parse import urlsplit

from inference.catalog.found.loopback import HOST, get_json
from inference.remote.ollama_address import OllamaAddress
from inference.remote.ollama_facts import is_cloud

_SECONDS = 0.5
_FRESH_SECONDS = 5.0
_HOSTS = (HOST, "localhost")


class Presence(Enum):
    """`PASSED_ON`: its maker's servers run it. `ASSUMED` is everything else, also unknown."""

    ASSUMED = "assumed"
    MISSING = "missing"
    PASSED_ON = "passed_on"


def presence(name: str, address: OllamaAddress) -> Presence:
    """By the name, else by the server if it answers at once. Blocking, half a second at most."""
    if is_cloud(name):
        return Presence.PASSED_ON
    listed = _models(address)
    if listed is None:
        return Presence.ASSUMED
    if tagged(name) not in listed:
        return Presence.MISSING
    return Presence.PASSED_ON if listed[tagged(name)] else Presence.ASSUMED


def _models(address: OllamaAddress) -> dict[str, bool] | None:
    parts = urlsplit(address.url)
    if parts.scheme != "http" or parts.hostname not in _HOSTS or parts.path or not parts.port:
        return None
    return _listed(parts.port, int(time.monotonic() / _FRESH_SECONDS))


def tagged(name: str) -> str:
    """The name as Ollama lists it."""
    return name if ":" in name.rpartition("/")[2] else f"{name}:latest"


@lru_cache(maxsize=8)
def _listed(port: int, _period: int) -> dict[str, bool] | None:
    """Each model, and whether it has a `remote_host`. Queried once for all models of a start; None
    where the server does not answer.
    """
    answer = get_json(port, "/api/tags", _SECONDS)
    listed = answer.body.get("models") if answer else None
    if not isinstance(listed, list):
        return None
    models = (model for model in listed if isinstance(model, dict))
    return {
        str(model.get("model") or model.get("name")): bool(model.get("remote_host"))
        for model in models
    }
