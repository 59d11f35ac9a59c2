"""The running server's list of models."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from hosting.model_list.access import Entry
from hosting.running.api import ServerApi


class ServerModels:
    """A `ModelAccess`."""

    is_server = True

    def __init__(self, api: ServerApi) -> None:
        self._api = api

    def models(self) -> list[Entry]:
        found: list[Entry] = self._api.request("GET", "/models")["models"]
        return found

    def offer(self) -> list[Entry]:
        found: list[Entry] = self._api.request("GET", "/models/offer")["entries"]
        return found

    def found(self) -> list[Entry]:
        found: list[Entry] = self._api.request("GET", "/models/found")["found"]
        return found

    def add(self, wanted: Mapping[str, object]) -> Entry:
        return self._entry("POST", "/models", dict(wanted))

    def change(self, model: str, changes: Mapping[str, object]) -> Entry:
        return self._entry("PATCH", _path(model), dict(changes))

    def fetch(self, model: str) -> Entry:
        return self.change(model, {"download": "running"})

    def remove(self, model: str, *, files: bool) -> None:
        self._api.request("DELETE", _path(model) + ("?files=1" if files else ""))

    def _entry(self, method: str, path: str, body: object) -> Entry:
        entry: Entry = self._api.request(method, path, body)
        return entry


def _path(model: str) -> str:
    return f"/models/{quote(model)}"
