"""Opens the models that the owner added."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

from chat.engine import AddedModel, open_model
from chat.errors import ChatError, Detail, ErrorCode
from chat.model_list.accounts import Accounts
from chat.model_list.entry import Entry, failed_entry
from chat.store import in_database
from chat.store.listed_models import StoredModel
from chat.store.providers import find_provider
from inference import (
    Account,
    BoundedBackend,
    Engine,
    InferenceError,
    ModelSpecError,
    UnknownSpecError,
    UnsuitableSpecError,
)

logger = logging.getLogger(__name__)


class ModelOpening:
    """Adds models to `engine`. Used from its event loop."""

    def __init__(self, engine: Engine, accounts: Accounts) -> None:
        self._engine = engine
        self._accounts = accounts

    async def open(self, row: StoredModel) -> Entry:
        """Add it to the engine, with the row's id if that is free, else with a new one.

        Raises `ChatError`: `bad_model_spec`, `unknown_model_spec`, `unknown_provider`, or the code
        of the engine's error.
        """
        account = await self._account(row)
        try:
            backend = await asyncio.to_thread(self._backend, row, account)
            card = self._engine.add(backend)
        except UnknownSpecError:
            reason = f"unknown model {row.spec!r}"
            raise ChatError(ErrorCode.UNKNOWN_MODEL_SPEC, spec=row.spec, reason=reason) from None
        except UnsuitableSpecError as error:
            detail = error.found.error(row.spec).detail
            raise ChatError(ErrorCode.BAD_MODEL_SPEC, **detail) from None
        except ModelSpecError as error:
            raise ChatError(ErrorCode.BAD_MODEL_SPEC, reason=str(error)) from None
        except InferenceError as error:
            raise refusal(error) from None
        return Entry(replace(row, id=row.id or card.id), card.id)

    async def open_or_fail(self, row: StoredModel) -> Entry:
        """As `open`, but returns a failed entry instead of raising, for the start."""
        try:
            return await self.open(row)
        except ChatError as error:
            detail: Detail = {"reason": error.code, **error.detail}
        except Exception as error:
            logger.exception("model %s cannot be opened", row.id)
            detail = {"reason": type(error).__name__}
        return failed_entry(row, detail)

    def _backend(self, row: StoredModel, account: Account | None) -> BoundedBackend:
        taken = [card.id for card in self._engine.models()]
        added = AddedModel(row.spec, row.id, row.name, account, row.trusted_code)
        return open_model(added, taken)

    async def _account(self, row: StoredModel) -> Account | None:
        if row.provider is None:
            return None
        return self._accounts.account(await in_database(find_provider, row.provider))


def refusal(error: InferenceError) -> ChatError:
    """The engine's error as an error for the caller."""
    return ChatError(ErrorCode(error.code), **error.detail)
