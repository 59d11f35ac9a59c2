"""Which JSON schemas a grammar can be made of, and the refusal of others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inference.errors import InferenceError, InferenceErrorCode

_UNSUPPORTED = frozenset(
    {
        "not", "if", "then", "else", "patternProperties", "propertyNames", "prefixItems",
        "contains", "minProperties", "maxProperties", "dependentRequired", "dependentSchemas",
        "unevaluatedProperties", "unevaluatedItems", "$dynamicRef",
    }
)  # fmt: skip


def check_supported(schema: Any, place: str) -> None:
    """Raises `InferenceError` with `invalid_request` and the place in the schema."""
    if not isinstance(schema, Mapping):
        raise refused(place, "not a schema")
    if unknown := sorted(_UNSUPPORTED.intersection(schema)):
        raise refused(place, f"{unknown[0]!r} is not supported")


def refused(place: str, reason: str) -> InferenceError:
    """The refusal of what is at this place in a schema."""
    code = InferenceErrorCode.INVALID_REQUEST
    message = f"schema of {place}: {reason}"
    return InferenceError(code, message, detail={"reason": "tool_schema", "place": place})
