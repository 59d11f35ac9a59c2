"""`/models`: the list of models, their activity, and the owner's changes."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from ninja import Router

from chat.api.callers import locale_of
from chat.api.found_models import FoundModels, shown_found
from chat.api.managers import catalog_actor, managing, reviewing
from chat.api.model_code import OwnCode, shown_code
from chat.api.model_offer import ModelOffer, shown_offer
from chat.api.offered_model import OfferedModel, OfferedModels, offered
from chat.api.replies import reply, unkept
from chat.api.schemas import FAILURES, AllowedCode, ModelChanges, ModelChoice, NewModel
from chat.catalog import choice, code, found, model_changes, models, offer
from chat.current_service import current_service

router = Router(tags=["models"])


@router.get("", response={200: OfferedModels, **FAILURES})
async def list_models(request: HttpRequest) -> HttpResponse:
    """The models that the caller may use, with their state, activity and speed."""
    listed = await models.list_models(catalog_actor(request), current_service())
    locale = locale_of(request)
    return reply(request, OfferedModels([offered(one, locale) for one in listed]))


@router.post("", auth=managing, response={201: OfferedModel, **FAILURES})
async def add_model(request: HttpRequest, body: NewModel) -> HttpResponse:
    """Add a model by a spec as in MYLLM_MODELS. The download of missing files begins at once; the
    `models` frames have its progress.
    """
    wanted = models.NewModel(body.spec, body.provider, body.name, body.owner_only, body.default)
    added = await models.add_model(catalog_actor(request), current_service(), wanted)
    return reply(request, offered(added, locale_of(request)), status=HTTPStatus.CREATED)


@router.post("/load", response={200: OfferedModel, **FAILURES})
async def load_model(request: HttpRequest, body: ModelChoice) -> HttpResponse:
    """Begin to load it. Allowed to all who may use it; ignored for models of providers."""
    found_model = await choice.load_model(catalog_actor(request), current_service(), body.model)
    return reply(request, offered(found_model, locale_of(request)))


@router.get("/offer", auth=reviewing, response={200: ModelOffer, **FAILURES})
async def get_offer(request: HttpRequest) -> HttpResponse:
    """The models that can be downloaded, and whether they fit this computer."""
    return reply(
        request,
        shown_offer(
            await offer.get_offer(catalog_actor(request), current_service()), locale_of(request)
        ),
    )


@router.get("/found", auth=reviewing, response={200: FoundModels, **FAILURES})
async def get_found(request: HttpRequest) -> HttpResponse:
    """Models of other programs and of servers on this computer. Takes seconds."""
    listed = await found.find_models(catalog_actor(request), current_service())
    return reply(request, FoundModels([shown_found(one, locale_of(request)) for one in listed]))


@router.get("/{path:model}/code", auth=reviewing, response={200: OwnCode, **FAILURES})
async def get_code(request: HttpRequest, model: str) -> HttpResponse:
    """The program code in the model's folder that would run, to read before allowing it."""
    return reply(
        request, shown_code(await code.get_code(catalog_actor(request), current_service(), model))
    )


@router.post("/{path:model}/code", auth=managing, response={200: OfferedModel, **FAILURES})
async def allow_code(request: HttpRequest, model: str, body: AllowedCode) -> HttpResponse:
    """Allow the code with exactly this digest to run; none with an empty digest. It is refused
    again once a file changes.
    """
    allowed = await code.trust_code(catalog_actor(request), current_service(), model, body.digest)
    return reply(request, offered(allowed, locale_of(request)))


@router.patch("/{path:model}", auth=managing, response={200: OfferedModel, **FAILURES})
async def change_model(request: HttpRequest, model: str, body: ModelChanges) -> HttpResponse:
    """Make it the default, restrict it to the owner, pause its download, or free its memory."""
    changes = body.dict(exclude_unset=True)
    changed = await model_changes.change_model(
        catalog_actor(request), current_service(), model, changes
    )
    return reply(request, offered(changed, locale_of(request)))


@router.delete("/{path:model}", auth=managing, response={204: None, **FAILURES})
async def remove_model(request: HttpRequest, model: str, files: bool = False) -> HttpResponse:
    """Remove it; its answers end with a reason. With `files` the files that MyLLM downloaded for it
    are deleted, too, but never files of other programs.
    """
    await models.remove_model(catalog_actor(request), current_service(), model, files=files)
    return unkept(HttpResponse(status=HTTPStatus.NO_CONTENT))
