"""The parser of bodies and query strings, which makes all texts storable."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser

from chat.text.storable import storable


class StorableParser(Parser):
    """The framework's parser, with characters that no database can store replaced by U+FFFD."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Raises `ValueError` for invalid JSON, including Python's NaN and Infinity."""
        body: dict[str, Any] = _storable(json.loads(request.body, parse_constant=_refuse))
        return body

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """Parse a query string or form. Uploaded files, which are read here, too, are kept."""
        read = super().parse_querydict(data, list_fields, request)
        return {name: _storable(value) for name, value in read.items()}


def _storable(value: Any) -> Any:
    if isinstance(value, dict):
        return {storable(name): _storable(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_storable(one) for one in value]
    return storable(value) if isinstance(value, str) else value


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")
