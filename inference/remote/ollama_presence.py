"""Whether the Ollama of this computer has a model, asked quickly before anything else is."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from inference.catalog.found.loopback import HOST, get_json
from inference.remote.ollama_address import OllamaAddress

_SECONDS = 0.5
_HOSTS = (HOST, "localhost")


def is_missing(name: str, address: OllamaAddress) -> bool:
    """True only where the server says at once that it has no such model. Blocking, for half a
    second at most.
    """
    parts = urlsplit(address.url)
    if parts.scheme != "http" or parts.hostname not in _HOSTS or parts.path or not parts.port:
        return False
    answer = get_json(parts.port, "/api/tags", _SECONDS)
    listed = answer.body.get("models") if answer else None
    return isinstance(listed, list) and tagged(name) not in _names(listed)


def tagged(name: str) -> str:
    """The name as Ollama lists it."""
    return name if ":" in name.rpartition("/")[2] else f"{name}:latest"


def _names(listed: list[Any]) -> set[object]:
    return {model.get("model") or model.get("name") for model in listed if isinstance(model, dict)}
