"""Whether the Ollama of this computer has a model, asked quickly before anything else is."""

from __future__ import annotations

import time
from functools import lru_cache
from urllib.parse import urlsplit

from inference.catalog.found.loopback import HOST, get_json
from inference.remote.ollama_address import OllamaAddress

_SECONDS = 0.5
_FRESH_SECONDS = 5.0
_HOSTS = (HOST, "localhost")


def is_missing(name: str, address: OllamaAddress) -> bool:
    """True only where the server says at once that it has no such model. Blocking, for half a
    second at most.
    """
    parts = urlsplit(address.url)
    if parts.scheme != "http" or parts.hostname not in _HOSTS or parts.path or not parts.port:
        return False
    names = _listed(parts.port, int(time.monotonic() / _FRESH_SECONDS))
    return names is not None and tagged(name) not in names


def tagged(name: str) -> str:
    """The name as Ollama lists it."""
    return name if ":" in name.rpartition("/")[2] else f"{name}:latest"


@lru_cache(maxsize=8)
def _listed(port: int, _period: int) -> frozenset[str] | None:
    """Asked once for all the models of a start. None where it does not say."""
    answer = get_json(port, "/api/tags", _SECONDS)
    listed = answer.body.get("models") if answer else None
    if not isinstance(listed, list):
        return None
    models = (model for model in listed if isinstance(model, dict))
    return frozenset(str(model.get("model") or model.get("name")) for model in models)
