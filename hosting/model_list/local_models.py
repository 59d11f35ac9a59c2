"""The list of models while no server runs: from the settings and the database, nothing loaded."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec

from chat.actor import OWNER, Actor
from chat.api.found_models import shown_found
from chat.api.model_offer import shown_offer
from chat.api.offered_model import offered
from chat.catalog import choice, found, model_changes, models, offer
from chat.catalog.listed import CatalogModel
from chat.current_service import current_service
from chat.errors import ChatError
from chat.terminal.language import pick
from chat.terminal.refused import refused
from hosting.loop_thread import LoopThread
from hosting.model_list.access import Entry

T = TypeVar("T")
_ACTOR = Actor(OWNER, "terminal", is_owner=True)


class LocalModels:
    """A `ModelAccess`. Its event loop has its own thread, where downloads continue meanwhile."""

    is_server = False

    def __init__(self) -> None:
        self._loop = LoopThread()
        self._locale = pick("zh", "en")
        self._service = current_service()

    def __enter__(self) -> Self:
        self._loop.start()
        self._call(self._service.listing.open_all())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Partial downloads are kept."""
        self._call(self._service.close())
        self._loop.stop()

    def models(self) -> list[Entry]:
        return [self._entry(one) for one in self._call(models.list_models(_ACTOR, self._service))]

    def offer(self) -> list[Entry]:
        shown = shown_offer(self._call(offer.get_offer(_ACTOR, self._service)), self._locale)
        entries: list[Entry] = msgspec.to_builtins(shown)["entries"]
        return entries

    def found(self) -> list[Entry]:
        listed = self._call(found.find_models(_ACTOR, self._service))
        return [msgspec.to_builtins(shown_found(one, self._locale)) for one in listed]

    def add(self, wanted: Mapping[str, object]) -> Entry:
        named = {"is_default" if name == "default" else name: wanted[name] for name in wanted}
        model = msgspec.convert(named, models.NewModel)
        return self._entry(self._call(models.add_model(_ACTOR, self._service, model)))

    def change(self, model: str, changes: Mapping[str, object]) -> Entry:
        return self._entry(
            self._call(model_changes.change_model(_ACTOR, self._service, model, changes))
        )

    def fetch(self, model: str) -> Entry:
        return self._entry(
            self._call(choice.download_model(_ACTOR, self._service, model, paused=False))
        )

    def remove(self, model: str, *, files: bool) -> None:
        self._call(models.remove_model(_ACTOR, self._service, model, files=files))

    def _call(self, work: Coroutine[Any, Any, T]) -> T:
        try:
            return self._loop.call(work)
        except ChatError as error:
            raise refused(error) from None

    def _entry(self, model: CatalogModel) -> Entry:
        entry: Entry = msgspec.to_builtins(offered(model, self._locale))
        return entry
