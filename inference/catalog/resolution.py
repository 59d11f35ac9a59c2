"""Determines the files of a model, by the hubs' listings of its repository."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Mapping, Sequence

from inference.catalog.choice import choose_files
from inference.catalog.entry import FileEntry
from inference.catalog.found.unsuitable import Unsuitability, Unsuitable
from inference.catalog.hub_clients import has_client, list_with_client
from inference.catalog.hub_file import RemoteFile
from inference.catalog.hub_listing import ListingError, list_files
from inference.catalog.hub_refusal import HubAnswer, refusal
from inference.catalog.sources import Endpoints, Hub, HubFile, hub_server
from inference.catalog.wanted import WantedModel
from inference.errors import InferenceError, InferenceErrorCode

_PATIENCE_SECONDS = 30.0
_OTHERS_SECONDS = 2.0
"""Seconds to wait for other hubs after the first listing: they only add sources."""

Listings = dict[Hub, list[RemoteFile] | ListingError]


def resolve(wanted: WantedModel, endpoints: Endpoints) -> tuple[FileEntry, ...]:
    """The files with their lengths and digests, and the hubs that have them. Blocking.

    InferenceError: `hub_not_found`, `hub_gated`, `model_unsuitable` where it holds no model, and
    `model_fetch_failed` where no hub can be reached.
    """
    if wanted.known:
        return wanted.known
    listings = _ask(wanted.repositories, endpoints)
    listed = {hub: files for hub, files in listings.items() if isinstance(files, list)}
    for hub, _ in wanted.repositories:
        chosen = choose_files(listed.get(hub, ()), wanted.files, with_code=wanted.with_code)
        if chosen:
            return tuple(_entry(file, hub, wanted, listed) for file in chosen)
    raise _nothing(wanted, listings, endpoints)


def _ask(repositories: Sequence[tuple[Hub, str]], endpoints: Endpoints) -> Listings:
    """All hubs at once, in threads that end by themselves."""
    answers: queue.SimpleQueue[tuple[Hub, list[RemoteFile] | ListingError]] = queue.SimpleQueue()
    for hub, repository in repositories:
        arguments = (hub, hub_server(hub, endpoints)[1], repository, answers)
        threading.Thread(target=_list, args=arguments, name=f"{hub} list", daemon=True).start()
    found: Listings = {hub: ListingError("no answer in time") for hub, _ in repositories}
    until = time.monotonic() + _PATIENCE_SECONDS
    for _ in repositories:
        try:
            hub, listing = answers.get(timeout=max(0.0, until - time.monotonic()))
        except queue.Empty:
            break
        found[hub] = listing
        if isinstance(listing, list):
            until = min(until, time.monotonic() + _OTHERS_SECONDS)
    return found


def _list(
    hub: Hub,
    base: str,
    repository: str,
    answers: queue.SimpleQueue[tuple[Hub, list[RemoteFile] | ListingError]],
) -> None:
    """By the hub's client where it is installed; if the client fails without a refusal of the hub,
    by `hub_listing`.
    """
    try:
        try:
            listing = (list_with_client if has_client(hub) else list_files)(hub, base, repository)
        except ListingError as error:
            if error.status is not None or not has_client(hub):
                raise
            listing = list_files(hub, base, repository)
    except ListingError as error:
        answers.put((hub, error))
        return
    answers.put((hub, listing))


def _entry(
    file: RemoteFile, first: Hub, wanted: WantedModel, listed: Mapping[Hub, Sequence[RemoteFile]]
) -> FileEntry:
    """The other hubs' file of that name is the same, or it is not taken."""
    sources = [
        HubFile(hub, repository, file.path)
        for hub, repository in wanted.repositories
        if hub == first or _has_same(file, listed.get(hub, ()))
    ]
    return FileEntry(file.name, file.size, file.digest, tuple(sources))


def _has_same(file: RemoteFile, others: Sequence[RemoteFile]) -> bool:
    """Digests of two kinds cannot be compared; the download is checked all the same."""
    for other in others:
        if other.path == file.path and other.size == file.size:
            kinds = {digest.kind for digest in (file.digest, other.digest) if digest}
            return len(kinds) > 1 or file.digest == other.digest
    return False


def _nothing(wanted: WantedModel, listings: Listings, endpoints: Endpoints) -> InferenceError:
    failed = [one for one in listings.values() if isinstance(one, ListingError)]
    if len(failed) < len(listings):
        return _no_model(wanted, endpoints)
    answers = [
        HubAnswer(hub_server(hub, endpoints)[0], repository, getattr(listings[hub], "status", None))
        for hub, repository in wanted.repositories
    ]
    reasons = "; ".join(map(str, failed))
    return refusal(answers) or InferenceError(
        InferenceErrorCode.MODEL_FETCH_FAILED,
        f"no hub listed {wanted.repository}: {reasons}",
        retryable=True,
        detail={"sources": ", ".join(answer.hub for answer in answers)},
    )


def _no_model(wanted: WantedModel, endpoints: Endpoints) -> InferenceError:
    """The repository is there, and has not what is wanted."""
    if not wanted.files:
        return Unsuitable(Unsuitability.NO_WEIGHTS).error(wanted.name)
    hubs = ", ".join(hub_server(hub, endpoints)[0] for hub, _ in wanted.repositories)
    missing = f"{wanted.repository}/{wanted.files[0]}"
    return InferenceError(
        InferenceErrorCode.HUB_NOT_FOUND,
        f"{missing} is not at {hubs}",
        detail={"hub": hubs, "repository": missing},
    )
