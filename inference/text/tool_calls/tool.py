"""A function that is offered to a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Schema = Mapping[str, Any]
"""A JSON schema, as decoded JSON."""


@dataclass(frozen=True, slots=True)
class Tool:
    """`parameters` is the JSON schema of the arguments, an object."""

    name: str
    description: str = ""
    parameters: Schema = field(default_factory=lambda: {"type": "object", "properties": {}})

    def parameter(self, name: str) -> Schema:
        """The schema of one argument; empty where there is none."""
        found = self.parameters.get("properties", {}).get(name, {})
        return found if isinstance(found, Mapping) else {}
