"""`/export` and `/import`: conversations as files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Literal

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Query, Router

from chat.api.callers import locale_of, owner_of
from chat.api.replies import reply
from chat.api.schemas import FAILURES, Id
from chat.library import transfers
from chat.store.transfer import Imported

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
    owner = owner_of(request)
    pieces: AsyncIterator[bytes]
    if kind == "json":
        pieces = await transfers.export_json(owner, conversation)
    else:
        pieces = await transfers.export_markdown(owner, locale_of(request), conversation)
    response = StreamingHttpResponse(pieces, content_type=_TYPES[kind])
    name = f"myllm-{conversation or 'all'}.{_ENDINGS[kind]}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@router.post("/import", response={200: Imported, **FAILURES}, openapi_extra=_BODY)
async def import_conversations(request: HttpRequest) -> HttpResponse:
    """Our own JSON or ChatGPT's `conversations.json`, alone or zipped, as the body or as a form's
    file. Importing a file twice changes nothing.
    """
    body = await asyncio.to_thread(_upload, request)
    return reply(request, await transfers.import_upload(owner_of(request), body))


def _upload(request: HttpRequest) -> bytes:
    """The body lies in a file by now, or in a form's."""
    most = settings.MYLLM_IMPORT_BYTES + 1
    for file in request.FILES.values():
        if isinstance(file, UploadedFile):
            return bytes(file.read(most))
    return bytes(request.read(most))
