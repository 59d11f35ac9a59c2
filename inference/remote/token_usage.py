"""The tokens and the cost that a provider reports, in the shapes in which providers do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inference.types import Usage

_MOST_TOKENS = 1 << 40
_MOST_COST = 1e12


def read_usage(reported: Mapping[str, Any], currency: str) -> Usage | None:
    """None where no count can be read. `currency` is that of a reported cost, "" for none.

    Cached tokens are `prompt_cache_hit_tokens` with DeepSeek, `cached_tokens` with Moonshot and
    in OpenAI's details. xAI and Gemini count reasoning in the total alone.
    """
    prompt = _count(reported.get("prompt_tokens"))
    completion = _count(reported.get("completion_tokens"))
    total = _count(reported.get("total_tokens"))
    if prompt + completion == 0:
        return None
    cost = reported.get("cost") if currency else None
    known = isinstance(cost, (int, float)) and abs(cost) < _MOST_COST
    return Usage(
        prompt,
        max(completion, total - prompt),
        min(_cached(reported), prompt),
        float(cost) if known and cost is not None else None,
        currency if known else "",
    )


def _cached(reported: Mapping[str, Any]) -> int:
    details = reported.get("prompt_tokens_details")
    inner = details.get("cached_tokens") if isinstance(details, Mapping) else None
    fields = (inner, reported.get("prompt_cache_hit_tokens"), reported.get("cached_tokens"))
    return max(map(_count, fields))


def _count(value: Any) -> int:
    """0 for what is no count; a database's integers have 64 bits."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return 0
    return int(value) if 0 < value < _MOST_TOKENS else 0
