"""A `$ref` of a JSON schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inference.text.tool_calls.schema_support import refused
from inference.text.tool_calls.tool import Schema


def resolved(root: Schema, pointer: Any, place: str) -> Any:
    """What a `$ref` within `root` points to. Raises `InferenceError`."""
    if not isinstance(pointer, str) or not pointer.startswith("#"):
        raise refused(place, f"the reference {pointer!r} is not within the schema")
    found: Any = root
    for part in pointer[1:].split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if not isinstance(found, Mapping) or key not in found:
            raise refused(place, f"the reference {pointer!r} leads nowhere")
        found = found[key]
    return found
