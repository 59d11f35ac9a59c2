"""Reads the model lists of servers. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from inference.catalog.found.candidate import Origin
from inference.catalog.found.model import FoundServer
from inference.catalog.found.unsuitable import Unsuitability, Unsuitable

OWN_NAME = "myllm"
_MOST_MODELS = 200
_BY_NAME = (
    ("rerank", Unsuitability.RERANKER),
    ("embed", Unsuitability.EMBEDDING),
    ("whisper", Unsuitability.SPEECH),
)


def ollama_models(body: dict[str, Any], address: str) -> Iterator[FoundServer]:
    """Of `GET /api/tags`."""
    for model in _objects(body.get("models")):
        name = model.get("model") or model.get("name")
        if isinstance(name, str) and name:
            details = model.get("details")
            size = model.get("size")
            yield FoundServer(
                spec=f"ollama/{name}@{address}",
                name=name,
                origin=Origin.OLLAMA,
                address=address,
                size=size if isinstance(size, int) else None,
                quantisation=_text(details, "quantization_level"),
                unsuitable=_unsuitable(name, _text(details, "family")),
            )


def compatible_models(body: dict[str, Any], address: str, origin: Origin) -> Iterator[FoundServer]:
    """Of `GET /v1/models`, as OpenAI answers it; nothing of MyLLM's own."""
    for model in _objects(body.get("data")):
        name = model.get("id")
        if isinstance(name, str) and name and model.get("owned_by") != OWN_NAME:
            base = f"{address}/v1"
            yield FoundServer(
                f"{base}#{name}", name, origin, base, unsuitable=_unsuitable(name, "")
            )


def _unsuitable(name: str, family: str) -> Unsuitable | None:
    for word, reason in _BY_NAME:
        if word in name.lower():
            return Unsuitable(reason)
    return Unsuitable(Unsuitability.EMBEDDING) if "bert" in family else None


def _objects(listed: object) -> list[dict[str, Any]]:
    found = listed if isinstance(listed, list) else []
    return [one for one in found[:_MOST_MODELS] if isinstance(one, dict)]


def _text(details: object, key: str) -> str:
    found = details.get(key) if isinstance(details, dict) else None
    return found if isinstance(found, str) else ""
