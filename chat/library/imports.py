"""Imports conversations from files."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import IO

from chat.actor import VISITORS, Identity, Role
from chat.conf import conf
from chat.errors import ChatError, ErrorCode
from chat.service import ChatService
from chat.store import in_database
from chat.store.batches import BATCH_CHARACTERS, BATCH_ROWS, pause_after
from chat.store.conversations import now
from chat.store.imported import Imported
from chat.store.imports import Insertion, NewMessage
from chat.store.members import find_member
from chat.transfer.bounds import ImportBounds
from chat.transfer.import_turn import ImportTurn
from chat.transfer.moments import in_order
from chat.transfer.unpacked import Source, receive, unpacked
from chat.transfer.upload import ReadConversation, Upload

_MOST_LISTED = 20
"""Skipped conversations that are listed in the result."""


async def import_file(actor: Identity, service: ChatService, source: Source) -> Imported:
    """Store the new conversations of an uploaded file, except for those that cannot be imported.

    Continues if the caller is cancelled. Raises `ChatError` before anything is stored:
    `bad_import`, `unknown_import` or `unsupported_import` if nothing can be imported,
    `empty_import` if there are no messages, `import_too_long`, `body_too_large`, or `overloaded`
    while other imports wait.
    """
    bounds = _bounds_of(actor)
    turn = service.import_turn
    await turn.take()
    try:
        received = await asyncio.to_thread(receive, source, bounds)
    except BaseException:
        turn.give_back()
        raise
    storing = asyncio.create_task(_store(actor, received, bounds), name="import")
    storing.add_done_callback(lambda done: _finish(done, turn))
    return await asyncio.shield(storing)


def _finish(storing: asyncio.Task[Imported], turn: ImportTurn) -> None:
    """End the import, also if its caller was cancelled."""
    turn.give_back()
    if not storing.cancelled():
        storing.exception()


def _bounds_of(actor: Identity) -> ImportBounds:
    is_guest = actor.role is Role.GUEST or actor.owner == VISITORS
    setting = "guest_import_messages" if is_guest else "import_messages"
    message = conf().import_message_bytes
    return ImportBounds(
        size=conf().import_bytes,
        messages=getattr(conf(), setting),
        message_size=min(message, conf().frame_bytes) if is_guest else message,
        setting=setting,
    )


async def _store(actor: Identity, received: IO[bytes], bounds: ImportBounds) -> Imported:
    """Read the file in threads, a batch of messages at a time."""
    with ExitStack() as stack:
        stack.enter_context(received)
        opened = await asyncio.to_thread(stack.enter_context, unpacked(received, bounds))
        upload = Upload(opened, bounds)
        await asyncio.to_thread(upload.check)
        if not upload.messages:
            raise ChatError(ErrorCode.EMPTY_IMPORT)
        total = Imported(skipped=len(upload.skipped), skips=tuple(upload.skipped[:_MOST_LISTED]))
        conversations = upload.conversations()
        while read := await asyncio.to_thread(next, conversations, None):
            total += await _insert(actor, upload, read)
    return total


async def _insert(actor: Identity, upload: Upload, read: ReadConversation) -> Imported:
    if actor.is_paired:
        # Rows stored for a member who was removed meanwhile would never be deleted.
        await in_database(find_member, actor.owner)
    insertion = Insertion(actor.owner, read.heading)
    await in_database(insertion.begin)
    batches = batches_of(upload, read)
    while batch := await asyncio.to_thread(next, batches, None):
        began = time.monotonic()
        await in_database(insertion.add, batch)
        await asyncio.sleep(pause_after(began))
    return replace(await in_database(insertion.finish), repaired=read.repaired)


def batches_of(upload: Upload, read: ReadConversation) -> Iterator[list[NewMessage]]:
    """The messages with their texts, in batches for one transaction each."""
    moments = in_order(read.messages, now())
    batch: list[NewMessage] = []
    characters = 0
    for joined in read.messages:
        message = upload.message(read, joined)
        size = len(message.content) + len(message.reasoning)
        if batch and (len(batch) == BATCH_ROWS or characters + size > BATCH_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(NewMessage(joined.id, joined.parent, moments[joined.id], message))
        characters += size
    if batch:
        yield batch
