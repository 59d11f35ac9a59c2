"""The shape that an answer has to have."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ResponseFormat:
    """A JSON text: any object, or what `schema` allows, a JSON Schema as JSON text. `name` is what
    providers call the schema, `strict` whether they are asked to hold it in every point.
    """

    schema: str = ""
    name: str = "answer"
    strict: bool | None = None

    @property
    def json_schema(self) -> dict[str, Any] | None:
        """The schema read; None where any object will do. Each call makes a new value."""
        read: dict[str, Any] | None = json.loads(self.schema) if self.schema else None
        return read

    def as_openai(self) -> dict[str, Any]:
        """The field `response_format` of OpenAI's chat completions
        (https://platform.openai.com/docs/api-reference/chat/create).
        """
        schema = self.json_schema
        if schema is None:
            return {"type": "json_object"}
        named: dict[str, Any] = {"name": self.name, "schema": schema}
        if self.strict is not None:
            named["strict"] = self.strict
        return {"type": "json_schema", "json_schema": named}
