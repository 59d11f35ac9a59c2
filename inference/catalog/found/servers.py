"""Finds model servers on this computer, by the ports on which they usually listen."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping

from inference.catalog.found.candidate import Origin
from inference.catalog.found.loopback import HOST, get_json
from inference.catalog.found.model import FoundServer
from inference.catalog.found.server_models import compatible_models, ollama_models

OLLAMA_PORT = 11434
USUAL_PORTS: Mapping[int, Origin] = {
    OLLAMA_PORT: Origin.OLLAMA,
    1234: Origin.LM_STUDIO,
    8000: Origin.SERVER,
    8080: Origin.SERVER,
    30000: Origin.SERVER,
}
"""Ollama, LM Studio, vLLM, llama.cpp's server, SGLang."""
SECONDS = 1.0


async def servers_on_this_computer(
    own_ports: Collection[int], ports: Mapping[int, Origin] = USUAL_PORTS
) -> list[FoundServer]:
    """Their models, in the order of the ports, after `SECONDS` at most for each question.
    `own_ports` are this server's. Nothing but GET is sent, and nothing through a proxy.
    """
    asked = [(port, origin) for port, origin in ports.items() if port not in own_ports]
    found = await asyncio.gather(*(asyncio.to_thread(_models, *one) for one in asked))
    return [model for models in found for model in models]


def _models(port: int, origin: Origin) -> list[FoundServer]:
    address = f"http://{HOST}:{port}"
    if origin is Origin.OLLAMA:
        answer = get_json(port, "/api/tags", SECONDS)
        return [*ollama_models(answer.body, address)] if answer else []
    if _is_myllm(port):
        return []
    answer = get_json(port, "/v1/models", SECONDS)
    return [*compatible_models(answer.body, address, origin)] if answer else []


def _is_myllm(port: int) -> bool:
    """Another MyLLM's health page has what no other server's has."""
    answer = get_json(port, "/readyz", SECONDS)
    return answer is not None and {"database", "model", "low"} <= answer.body.keys()
