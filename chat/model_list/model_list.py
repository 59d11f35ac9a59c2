"""The list of models of this process: those of the settings and those that the owner added."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from chat.conf import conf
from chat.model_list.accounts import Accounts
from chat.model_list.entry import Entry
from chat.model_list.opening import ModelOpening, refusal
from chat.store import in_database
from chat.store.listed_models import StoredModel, default_model, list_models
from chat.store.providers import list_providers
from chat.supervised import supervise
from inference import Engine, InferenceError, ModelActivity, ModelCard

_IDLE = ModelActivity(0, 0, None)


class Listing:
    """Used from one event loop. It opens models in `engine`, and does not store them: the caller
    does, holding `changing`.
    """

    def __init__(self, engine: Engine) -> None:
        self.accounts = Accounts()
        self.changing = asyncio.Lock()
        self.engine = engine
        self._opening = ModelOpening(engine, self.accounts)
        self._entries: dict[str, Entry] = {}
        self._of_settings = _by_spec(engine.models())
        self._stored_default = ""
        self._changed = asyncio.Event()
        self._following: asyncio.Task[None] | None = None

    async def open_all(self) -> None:
        """Open the owner's models and set the default. A model that cannot be opened is listed as
        failed, and the others are opened. Idempotent.
        """
        if self._following is None:
            for row in await in_database(self._read):
                self._keep(await self._opening.open_or_fail(row))
            self._choose_default(await in_database(default_model))
            self._following = supervise(self._follow, "models")

    async def close(self) -> None:
        """End the notifications."""
        if self._following is not None:
            self._following.cancel()
            await asyncio.wait({self._following})

    def models(self) -> tuple[ModelCard, ...]:
        """All models, the default first, those that could not be opened last."""
        return (*self.engine.models(), *self._failed())

    def activity(self) -> tuple[ModelActivity, ...]:
        """The activity of each of `models()`, in the same order."""
        return (*self.engine.activity(), *(_IDLE for _ in self._failed()))

    async def watch(self) -> AsyncIterator[None]:
        """Yields now, and after every change of a model and every call of `notify`."""
        while True:
            changed = self._changed
            yield
            await changed.wait()

    def notify(self) -> None:
        """Report a change that the engine does not know of."""
        self._changed.set()
        self._changed = asyncio.Event()

    def entry(self, model: str) -> Entry | None:
        """The entry of a model that the owner added; None for any other id."""
        return self._entries.get(model)

    def entries(self) -> tuple[Entry, ...]:
        """The entries of all models that the owner added."""
        return tuple(self._entries.values())

    def of_spec(self, spec: str, provider: str | None = None) -> str | None:
        """The id of the model with this spec and account; a built-in one by either of its names."""
        for one in self._entries.values():
            if (one.row.spec, one.row.provider) == (spec, provider):
                return one.model
        if provider is not None:
            return None
        return self._of_settings.get(spec) or self._builtin(spec)

    def spec_of(self, model: str) -> str:
        """The spec of a model; empty if the engine was opened with other models."""
        if entry := self._entries.get(model):
            return entry.row.spec
        return next((spec for spec, one in self._of_settings.items() if one == model), "")

    def is_open(self, model: str) -> bool:
        """False for a model that could not be opened."""
        entry = self._entries.get(model)
        return entry is None or entry.failed is None

    def is_owner_only(self, model: str) -> bool:
        """Whether only the owner may use it."""
        entry = self._entries.get(model)
        return entry is not None and entry.row.owner_only

    async def open(self, row: StoredModel) -> Entry:
        """Open it in the engine. Raises as `ModelOpening.open`."""
        entry = await self._opening.open(row)
        self._keep(entry)
        return entry

    async def reopen(self, model: str) -> Entry:
        """Close it and open it again by its spec; listed as failed if that fails."""
        row = self._entries[model].row
        is_default = model == self.engine.default_model or row.id == self._stored_default
        await self._take_out(model)
        entry = await self._opening.open_or_fail(row)
        self._keep(entry)
        if is_default and entry.failed is None:
            self.engine.set_default(entry.model)
        return entry

    async def remove(self, model: str) -> None:
        """Remove it from the engine; its runs end with `model_removed`. Raises `ChatError`."""
        entry = self._entries.get(model)
        await self._take_out(model)
        if entry is not None and entry.row.id == self._stored_default:
            self._stored_default = ""

    def set_default(self, model: str) -> None:
        """Make an open model the default, also after it is opened again."""
        entry = self._entries.get(model)
        self.engine.set_default(model)
        self._stored_default = entry.row.id if entry else model
        self.notify()

    def change(self, model: str, row: StoredModel) -> None:
        """Replace its row, in fields that the engine does not use."""
        self._keep(replace(self._entries[model], row=row))

    async def _take_out(self, model: str) -> None:
        if self.is_open(model):
            try:
                await self.engine.remove(model)
            except InferenceError as error:
                raise refusal(error) from None
        self._entries.pop(model, None)
        self.notify()

    def _keep(self, entry: Entry) -> None:
        self._entries[entry.model] = entry
        self.notify()

    def _read(self) -> Sequence[StoredModel]:
        self.accounts.remember(list_providers())
        return list_models()

    def _choose_default(self, stored: str) -> None:
        self._stored_default = stored
        added = {one.row.id: one.model for one in self._entries.values()}
        model = added.get(stored, stored)
        if model in (card.id for card in self.engine.models()):
            self.engine.set_default(model)

    def _builtin(self, spec: str) -> str | None:
        """The id of a built-in model, which is listed by its own name or as `builtin`."""
        cards = (card for card in self.engine.models() if card.builtin)
        return next((card.id for card in cards if spec in ("builtin", card.id)), None)

    def _failed(self) -> list[ModelCard]:
        return [one.failed for one in self._entries.values() if one.failed]

    async def _follow(self) -> None:
        async for _ in self.engine.watch():
            self.notify()


def _by_spec(cards: Sequence[ModelCard]) -> dict[str, str]:
    """The ids of the settings' models by spec."""
    specs = conf().models
    ids = [card.id for card in cards]
    return dict(zip(specs, ids, strict=True)) if len(specs) == len(ids) else {}
