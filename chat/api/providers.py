"""`/providers`: accounts at providers of models. No answer ever holds a key."""

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
    """A provider that is known. `key_url` is where a key is made, `variable` the environment's
    variable that may hold it; a `base_url` of null has to be given. `notes` are for people.
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
    """`key_from` is `stored` for a key that was entered, `environment`, or null without one."""

    id: str
    preset: str
    name: str
    base_url: str
    has_key: bool
    key_from: str | None


@dataclass(frozen=True, slots=True)
class Providers:
    """The presets as they are offered, and the accounts in the order of their making."""

    presets: list[Preset]
    providers: list[ProviderAccount]


@dataclass(frozen=True, slots=True)
class ProvidersModel:
    """`id` is what the provider calls it: its spec is `preset/id`."""

    id: str
    name: str
    context_tokens: int | None
    abilities: list[Ability]


@dataclass(frozen=True, slots=True)
class ProvidersModels:
    """As the provider lists them."""

    models: list[ProvidersModel]


@router.get("", auth=reviewing, response={200: Providers, **FAILURES})
async def list_providers(request: HttpRequest) -> HttpResponse:
    """Which are known, and which the owner has an account at."""
    actor, locale = catalog_actor(request), locale_of(request)
    presets = [_preset(one, locale) for one in providers.presets(actor)]
    accounts = [_account(one) for one in await providers.list_providers(actor, current_service())]
    return reply(request, Providers(presets, accounts))


@router.post("", auth=managing, response={201: ProviderAccount, **FAILURES})
async def add_provider(request: HttpRequest, body: NewProvider) -> HttpResponse:
    """Without a key that of the environment is used, where it has one."""
    wanted = providers.NewProvider(body.preset, body.name, body.base_url, body.key)
    made = await providers.add_provider(catalog_actor(request), current_service(), wanted)
    return reply(request, _account(made), status=HTTPStatus.CREATED)


@router.patch("/{provider}", auth=managing, response={200: ProviderAccount, **FAILURES})
async def change_provider(
    request: HttpRequest, provider: Id, body: ProviderChanges
) -> HttpResponse:
    """A new key counts from the next question on; an empty one is the environment's again."""
    changes = body.dict(exclude_unset=True)
    changed = await providers.change_provider(
        catalog_actor(request), current_service(), provider, changes
    )
    return reply(request, _account(changed))


@router.delete("/{provider}", auth=managing, response={204: None, **FAILURES})
async def remove_provider(request: HttpRequest, provider: Id) -> HttpResponse:
    """Its models leave the list; their answers end with a reason."""
    await providers.remove_provider(catalog_actor(request), current_service(), provider)
    return unkept(HttpResponse(status=HTTPStatus.NO_CONTENT))


@router.get("/{provider}/models", auth=reviewing, response={200: ProvidersModels, **FAILURES})
async def list_provider_models(request: HttpRequest, provider: Id) -> HttpResponse:
    """Asked of the provider now; what keeps it from answering has a code of its own."""
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
