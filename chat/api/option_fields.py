"""The OpenAPI schema of a conversation's sampling options."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from pydantic import WithJsonSchema

from chat.wire.protocol import Options

_PREFIX = "#/$defs/"


def _described() -> dict[str, Any]:
    """The schema without references, which msgspec uses for nested structs: in the API's document
    they would be invalid.
    """
    schema = msgspec.json.schema(Options)
    described: dict[str, Any] = _inlined(schema["$defs"]["Options"], schema["$defs"])
    return described


def _inlined(part: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(part, list):
        return [_inlined(one, definitions) for one in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return _inlined(definitions[part["$ref"].removeprefix(_PREFIX)], definitions)
    return {name: _inlined(one, definitions) for name, one in part.items()}


OptionFields = Annotated[dict[str, Any], WithJsonSchema(_described())]
