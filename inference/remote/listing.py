"""The list of models that a provider has for an account."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

from inference.errors import InferenceError
from inference.remote.account import Account
from inference.remote.address import BadAddressError
from inference.remote.lenient_json import read_json
from inference.remote.provider_errors import ProviderErrors
from inference.remote.provider_model import ProviderModel, read_model
from inference.remote.refusal import RefusedError
from inference.remote.remote_model import RemoteModel
from inference.remote.replica import Replica

if TYPE_CHECKING:
    from inference.remote.http_client import HttpClient

_SECONDS = 20.0
_MOST_BYTES = 16 << 20
_MOST_PAGES = 20


async def list_provider_models(account: Account) -> tuple[ProviderModel, ...]:
    """Those that can chat first, then those that make embeddings; models of pictures, speech and
    the like are left out. Empty where the provider has no list.

    Raises `InferenceError` with one of the `provider_*` codes.
    """
    try:
        model = RemoteModel(account, "")
    except BadAddressError as error:
        raise ProviderErrors(account).rejected(str(error)) from None
    model.check_key()
    if not model.preset.lists_models:
        return ()
    replica = Replica(model.endpoints[0], model.headers, model.errors, _SECONDS)
    try:
        listed = await _pages(replica, model)
    finally:
        await replica.close()
    found = [one for one in map(read_model, listed) if one is not None]
    return tuple(sorted(found, key=lambda one: not one.can_chat))


async def _pages(replica: Replica, model: RemoteModel) -> list[Any]:
    try:
        async with asyncio.timeout(_SECONDS):
            return await _all_pages(await replica.client(), model)
    except RefusedError as refused:
        raise model.errors.refused(refused.refusal, refused.headers) from None
    except TimeoutError:
        raise model.errors.silent(_SECONDS) from None


async def _all_pages(client: HttpClient, model: RemoteModel) -> list[Any]:
    """As Anthropic and others divide a list: `has_more`, and the next page after `last_id`."""
    listed: list[Any] = []
    after: dict[str, str] = {}
    for _ in range(_MOST_PAGES):
        page = await _page(client, model, after)
        entries = _entries(page)
        listed += entries
        last = page.get("last_id") if isinstance(page, dict) and page.get("has_more") else None
        if not entries or not isinstance(last, str) or after.get("after") == last:
            break
        after = {"after": last}
    return listed


async def _page(client: HttpClient, model: RemoteModel, after: dict[str, str]) -> Any:
    body = bytearray()
    async with AsyncExitStack() as stack:
        response = await client.models(stack, after)
        while (piece := await response.read()) is not None:
            body += piece
            if len(body) > _MOST_BYTES:
                raise model.errors.failed("its list of models is too long")
    return _read(bytes(body), model.errors)


def _read(body: bytes, errors: ProviderErrors) -> Any:
    try:
        page = read_json(body)
    except ValueError:
        page = None
    if _entries(page) or (isinstance(page, dict) and "data" in page):
        return page
    raise _no_list(errors)


def _no_list(errors: ProviderErrors) -> InferenceError:
    return errors.failed("its answer is no list of models; is the address right?")


def _entries(page: Any) -> list[Any]:
    if isinstance(page, dict):
        page = page.get("data") or page.get("models")
    return page if isinstance(page, list) else []
