"""`/export` and `/import`: files of conversations."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Literal

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import Query, Router

from chat.api.callers import actor_of_request, identity_of, locale_of
from chat.api.replies import reply, unkept
from chat.api.schemas import FAILURES, Id
from chat.current_service import current_service
from chat.library import exports, imports
from chat.store.imported import Imported
from chat.transfer.refusal import refused
from chat.transfer.unpacked import Source

router = Router(tags=["transfer"])
Format = Literal["json", "markdown"]
_TYPES = {"json": "application/json", "markdown": "text/markdown; charset=utf-8"}
_ENDINGS = {"json": "json", "markdown": "md"}
_FILES = {
    "responses": {
        200: {
            "content": {
                "application/json": {"schema": {"type": "object"}},
                "text/markdown": {"schema": {"type": "string"}},
            }
        }
    }
}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": {"type": "object"}},
            "application/zip": {"schema": {"type": "string", "format": "binary"}},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            },
        },
    }
}


@router.get("/export", response={200: None, **FAILURES}, openapi_extra=_FILES)
async def export_conversations(
    request: HttpRequest,
    kind: Annotated[Format, Query(alias="format")] = "json",
    conversation: Id | None = None,
) -> StreamingHttpResponse:
    """All conversations, or one, as a file: JSON with all branches, or Markdown to read."""
    actor = actor_of_request(request)
    pieces: AsyncIterator[bytes]
    if kind == "json":
        pieces = await exports.export_json(actor, conversation)
    else:
        pieces = await exports.export_markdown(actor, locale_of(request), conversation)
    response = StreamingHttpResponse(pieces, content_type=_TYPES[kind])
    name = f"myllm-{conversation or 'all'}.{_ENDINGS[kind]}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return unkept(response)


@router.post("/import", response={200: Imported, **FAILURES}, openapi_extra=_BODY)
async def import_conversations(request: HttpRequest) -> HttpResponse:
    """Our own JSON, `conversations.json` of ChatGPT, DeepSeek and Claude, alone or zipped, or the
    exports of Open WebUI and LobeHub, as the body or as a form's file. Conversations that cannot be
    imported are left out and listed. Importing a file twice changes nothing; an interrupted import
    is completed by importing the file again.
    """
    caller = identity_of(request)
    source = await asyncio.to_thread(_source, request)
    return reply(request, await imports.import_file(caller, current_service(), source))


def _source(request: HttpRequest) -> Source:
    """The body as a file, which Django has stored, or the form's file."""
    try:
        files = list(request.FILES.values())
    except (MultiPartParserError, SuspiciousOperation) as error:
        raise refused(f"the form cannot be read ({error})") from None
    return next((file for file in files if isinstance(file, UploadedFile)), request)
