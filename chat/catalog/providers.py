"""Accounts at providers: create, change, remove, list their models. Keys are never returned."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from chat.actor import Actor
from chat.catalog.ownership import require_owner
from chat.encryption import encrypt
from chat.errors import ChatError, ErrorCode
from chat.library.lines import line
from chat.model_list.accounts import Accounts
from chat.model_list.model_list import Listing
from chat.model_list.opening import refusal
from chat.service import ChatService
from chat.store import in_database, listed_models
from chat.store import providers as stored
from chat.store.providers import StoredProvider
from inference import (
    PROVIDER_PRESETS,
    BadAddressError,
    InferenceError,
    ProviderModel,
    ProviderPreset,
    check_addresses,
    environment_account,
    find_preset,
    is_within,
    list_provider_models,
)

_BASE_URL = re.compile(r"https?://[^\s/?#@\\]+(/[^\s?#\\]*)?(\?[^\s#\\]*)?")
"""Without user name and password, as addresses are shown and logged."""
_KEY = re.compile(r"[\x21-\x7e]*")
"""The characters of an HTTP header value (RFC 9110, 5.5), without blanks."""


@dataclass(frozen=True, slots=True)
class NewProvider:
    """An account to create; empty values are taken from the preset or the environment."""

    preset: str
    name: str = ""
    base_url: str = ""
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ShownProvider:
    """An account without its key; `key_from` is `stored`, `environment`, or None without one."""

    id: str
    preset: str
    name: str
    base_url: str
    key_from: str | None


def presets(actor: Actor) -> tuple[ProviderPreset, ...]:
    """The known providers. Raises `ChatError` with `not_allowed`."""
    require_owner(actor)
    return PROVIDER_PRESETS


async def list_providers(actor: Actor, service: ChatService) -> list[ShownProvider]:
    """All accounts, the oldest first. Raises `ChatError` with `not_allowed`."""
    require_owner(actor)
    accounts = service.listing.accounts
    return [_shown(accounts, one) for one in await in_database(stored.list_providers)]


async def add_provider(actor: Actor, service: ChatService, wanted: NewProvider) -> ShownProvider:
    """Raises `ChatError`: `not_allowed`, or `bad_field`."""
    require_owner(actor)
    preset = find_preset(wanted.preset)
    if preset is None:
        raise ChatError(ErrorCode.BAD_FIELD, reason="`preset`")
    base_url = _base_url(wanted.base_url, preset)
    name = line(wanted.name or preset.name, "name")
    key = await asyncio.to_thread(encrypt, _key(wanted.key))
    made = await in_database(stored.add_provider, preset.id, name, base_url, key)
    await _remember(service.listing.accounts, made)
    return _shown(service.listing.accounts, made)


async def change_provider(
    actor: Actor, service: ChatService, provider: str, changes: Mapping[str, str]
) -> ShownProvider:
    """Set its `name`, `base_url` or `key`; an empty key means the one in the environment. A new key
    is used from the next request on. A new name or address opens its models again. A new address
    on another server deletes the stored key.

    Raises `ChatError`: `not_allowed`, `unknown_provider`, `bad_field`, or `model_in_use` while a
    model that has to be opened again is answering.
    """
    require_owner(actor)
    listing = service.listing
    async with listing.changing:
        found = await in_database(stored.find_provider, provider)
        fields = await _fields(found, changes)
        is_moved = any(fields.get(one) not in (None, getattr(found, one)) for one in _ADDRESS)
        if is_moved:
            _check_idle(listing, provider)
        changed = await in_database(stored.change_provider, provider, fields)
        await _remember(listing.accounts, changed)
        for entry in _entries(listing, provider) if is_moved else ():
            await listing.reopen(entry)
    return _shown(listing.accounts, changed)


async def remove_provider(actor: Actor, service: ChatService, provider: str) -> None:
    """Remove it with its models. Raises `ChatError`: `not_allowed`, `unknown_provider`."""
    require_owner(actor)
    await in_database(stored.find_provider, provider)
    listing = service.listing
    async with listing.changing:
        for entry in [one for one in listing.entries() if one.row.provider == provider]:
            await listing.remove(entry.model)
            await in_database(listed_models.remove_model, entry.row.id)
        await in_database(stored.remove_provider, provider)
        listing.accounts.forget(provider)


async def provider_models(
    actor: Actor, service: ChatService, provider: str
) -> tuple[ProviderModel, ...]:
    """Fetch the models from the provider. Raises `ChatError`: `not_allowed`, `unknown_provider`, or
    the code of the failed request.
    """
    require_owner(actor)
    found = await in_database(stored.find_provider, provider)
    try:
        return await list_provider_models(service.listing.accounts.account(found))
    except InferenceError as error:
        raise refusal(error) from None


_ADDRESS = ("name", "base_url")


async def _fields(found: StoredProvider, changes: Mapping[str, str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    if "name" in changes:
        fields["name"] = line(changes["name"], "name")
    if "base_url" in changes:
        fields["base_url"] = _base_url(changes["base_url"], find_preset(found.preset))
    if "key" in changes:
        fields["key"] = await asyncio.to_thread(encrypt, _key(changes["key"]))
    elif "base_url" in fields and _is_another_server(found, fields["base_url"]):
        fields["key"] = ""
    return fields


def _is_another_server(found: StoredProvider, base_url: str) -> bool:
    preset = find_preset(found.preset)
    usual = preset.base_url if preset else ""
    is_same = base_url == found.base_url or is_within(base_url or usual, found.base_url or usual)
    return not is_same


def _base_url(typed: str, preset: ProviderPreset | None) -> str:
    url = typed.strip().rstrip("/")
    if not url and preset is not None and preset.base_url:
        return ""
    try:
        check_addresses(url)
    except BadAddressError:
        url = ""
    if not _BASE_URL.fullmatch(url):
        raise ChatError(ErrorCode.BAD_FIELD, reason="`base_url`: https://…")
    return url


def _key(typed: str) -> str:
    key = typed.strip()
    if not _KEY.fullmatch(key):
        raise ChatError(ErrorCode.BAD_FIELD, reason="`key`")
    return key


def _check_idle(listing: Listing, provider: str) -> None:
    of_provider = set(_entries(listing, provider))
    for card, activity in zip(listing.models(), listing.activity(), strict=True):
        if card.id in of_provider and (activity.running or activity.waiting):
            raise ChatError(ErrorCode.MODEL_IN_USE, model=card.name)


def _entries(listing: Listing, provider: str) -> list[str]:
    return [one.model for one in listing.entries() if one.row.provider == provider]


async def _remember(accounts: Accounts, provider: StoredProvider) -> None:
    await asyncio.to_thread(accounts.remember, (provider,))


def _shown(accounts: Accounts, provider: StoredProvider) -> ShownProvider:
    shown = (provider.id, provider.preset, provider.name, provider.base_url)
    return ShownProvider(*shown, _key_from(accounts, provider))


def _key_from(accounts: Accounts, provider: StoredProvider) -> str | None:
    if accounts.has_stored_key(provider.id):
        return "stored"
    preset = find_preset(provider.preset)
    if preset and environment_account(preset, provider.base_url).key():
        return "environment"
    return None
