"""`/providers`: accounts at providers of models. No response contains a key."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from ninja import Router

from chat.api.callers import locale_of
from chat.api.managers import catalog_actor, managing, reviewing
from chat.api.replies import reply, unkept
from chat.api.schemas import FAILURES, Id, NewProvider, ProviderChanges
from chat.catalog import providers
from chat.current_service import current_service
from chat.errors.sentences import is_chinese
from chat.wire.protocol import Ability
from inference import ProviderPreset

router = Router(tags=["models"])


@dataclass(frozen=True, slots=True)
class Preset:
    """A known provider. `key_url` is the page to create a key, `variable` the environment variable
    for it. A `base_url` of null has to be entered. `notes` are for people.
    """

    id: str
    name: str
    key_url: str
    base_url: str | None
    needs_key: bool
    variable: str
    notes: str


@dataclass(frozen=True, slots=True)
class ProviderAccount:
    """`key_from` is `stored` for an entered key, `environment`, or null without a key."""

    id: str
    preset: str
    name: str
    base_url: str
    has_key: bool
    key_from: str | None


@dataclass(frozen=True, slots=True)
class Providers:
    """The presets in the order of the offer, and the accounts, the oldest first."""

    presets: list[Preset]
    providers: list[ProviderAccount]


@dataclass(frozen=True, slots=True)
class ProvidersModel:
    """`id` is the provider's name for it; its spec is `preset/id`."""

    id: str
    name: str
    context_tokens: int | None
    abilities: list[Ability]


@dataclass(frozen=True, slots=True)
class ProvidersModels:
    """The models in the provider's order."""

    models: list[ProvidersModel]


@router.get("", auth=reviewing, response={200: Providers, **FAILURES})
async def list_providers(request: HttpRequest) -> HttpResponse:
    """The known providers, and the owner's accounts."""
    actor, locale = catalog_actor(request), locale_of(request)
    presets = [_preset(one, locale) for one in providers.presets(actor)]
    accounts = [_account(one) for one in await providers.list_providers(actor, current_service())]
    return reply(request, Providers(presets, accounts))


@router.post("", auth=managing, response={201: ProviderAccount, **FAILURES})
async def add_provider(request: HttpRequest, body: NewProvider) -> HttpResponse:
    """Add an account. Without a key the one in the environment is used."""
    wanted = providers.NewProvider(body.preset, body.name, body.base_url, body.key)
    made = await providers.add_provider(catalog_actor(request), current_service(), wanted)
    return reply(request, _account(made), status=HTTPStatus.CREATED)


@router.patch("/{provider}", auth=managing, response={200: ProviderAccount, **FAILURES})
async def change_provider(
    request: HttpRequest, provider: Id, body: ProviderChanges
) -> HttpResponse:
    """Change an account. A new key is used from the next request on; an empty one means the key in
    the environment.
    """
    changes = body.dict(exclude_unset=True)
    changed = await providers.change_provider(
        catalog_actor(request), current_service(), provider, changes
    )
    return reply(request, _account(changed))


@router.delete("/{provider}", auth=managing, response={204: None, **FAILURES})
async def remove_provider(request: HttpRequest, provider: Id) -> HttpResponse:
    """Remove it with its models, whose answers end with a reason."""
    await providers.remove_provider(catalog_actor(request), current_service(), provider)
    return unkept(HttpResponse(status=HTTPStatus.NO_CONTENT))


@router.get("/{provider}/models", auth=reviewing, response={200: ProvidersModels, **FAILURES})
async def list_provider_models(request: HttpRequest, provider: Id) -> HttpResponse:
    """Fetch the models from the provider. Each kind of failure has its own code."""
    listed = await providers.provider_models(catalog_actor(request), current_service(), provider)
    models = [
        ProvidersModel(one.id, one.name, one.context_tokens, [each.value for each in one.abilities])
        for one in listed
    ]
    return reply(request, ProvidersModels(models))


def _preset(preset: ProviderPreset, locale: str) -> Preset:
    in_chinese = is_chinese(locale)
    return Preset(
        preset.id,
        (in_chinese and preset.name_zh) or preset.name,
        preset.key_url,
        preset.base_url or None,
        preset.needs_key,
        preset.key_variable,
        (in_chinese and preset.note_zh) or preset.note,
    )


def _account(provider: providers.ShownProvider) -> ProviderAccount:
    shown = (provider.id, provider.preset, provider.name, provider.base_url)
    return ProviderAccount(*shown, provider.key_from is not None, provider.key_from)
