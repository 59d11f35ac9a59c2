"""The hubs' own clients, where the owner had them installed.

`huggingface_hub` and `modelscope-hub` are optional: they are large. Without them `hub_listing`
suffices for every public repository of a usual size; they add API changes, very long listings, and
the owner's login.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec

from inference.catalog.digest import Digest
from inference.catalog.hub_file import RemoteFile
from inference.catalog.hub_listing import ListingError
from inference.catalog.sources import Hub

_PACKAGES: dict[Hub, str] = {"Hugging Face": "huggingface_hub", "ModelScope": "modelscope_hub"}


def has_client(hub: Hub) -> bool:
    """Whether the hub's client is installed."""
    return find_spec(_PACKAGES[hub]) is not None


def list_with_client(hub: Hub, base: str, repository: str) -> list[RemoteFile]:
    """As `list_files`, by the client, which must be installed. Blocking; raises `ListingError`."""
    listed = _LISTED[hub]
    try:
        return list(listed(base, repository))
    except Exception as error:  # noqa: BLE001 - errors of its own kind, and those of its transport
        raise ListingError(f"{base}: {error!r}", _status(error)) from None


def _hugging_face(base: str, repository: str) -> Iterator[RemoteFile]:
    client = import_module("huggingface_hub")
    for file in client.HfApi(endpoint=base).list_repo_tree(repository, recursive=True):
        if not isinstance(file, client.hf_api.RepoFile):
            continue
        sha256 = file.lfs.sha256 if file.lfs else ""
        digest = Digest("sha256", sha256) if sha256 else Digest("git", file.blob_id)
        yield RemoteFile(file.path, file.size, digest)


def _modelscope(base: str, repository: str) -> Iterator[RemoteFile]:
    client = import_module("modelscope_hub")
    for file in client.HubApi(endpoint=base).list_repo_files(repository, "model"):
        if not file.is_dir:
            digest = Digest("sha256", file.sha256.lower()) if file.sha256 else None
            yield RemoteFile(file.path, file.size, digest)


_LISTED: dict[Hub, Callable[[str, str], Iterator[RemoteFile]]] = {
    "Hugging Face": _hugging_face,
    "ModelScope": _modelscope,
}


def _status(error: Exception) -> int | None:
    """Of the errors of both clients; what has another name has none."""
    names = {kind.__name__ for kind in type(error).__mro__}
    if names & {"GatedRepoError", "AuthenticationError", "PermissionDeniedError"}:
        return 403
    if names & {"RepositoryNotFoundError", "NotFoundError", "NotExistError"}:
        return 404
    status = getattr(getattr(error, "response", None), "status_code", None)
    return status if isinstance(status, int) else None
