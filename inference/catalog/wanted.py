"""A requested download of a model, before its files are determined."""

from __future__ import annotations

from dataclasses import dataclass

from inference.catalog.entry import FileEntry
from inference.catalog.hub_id import HubId
from inference.catalog.offer import OfferEntry
from inference.catalog.sources import Hub


@dataclass(frozen=True, slots=True)
class WantedModel:
    """`repositories` hold it, the preferred hub first; `files` are those that are wanted, none
    leaving the choice to `choice`. `known` are they, where nothing has to be asked. All of it lies
    in `folder` of the models' folder. `with_code` takes a folder's own Python along.
    """

    name: str
    folder: str
    repositories: tuple[tuple[Hub, str], ...]
    files: tuple[str, ...] = ()
    known: tuple[FileEntry, ...] = ()
    with_code: bool = False

    @property
    def repository(self) -> str:
        """For people."""
        return self.repositories[0][1] if self.repositories else self.name


def wanted_by_id(named: HubId, *, with_code: bool = False) -> WantedModel:
    """A repository, or one file of it."""
    return WantedModel(
        named.name,
        named.folder_name,
        tuple((hub, named.repository) for hub in named.hubs),
        (named.file,) if named.file else (),
        with_code=with_code,
    )


def wanted_of_offer(entry: OfferEntry) -> WantedModel:
    """An offered model that is not built in."""
    places: tuple[tuple[Hub, str], ...] = (
        ("ModelScope", entry.modelscope),
        ("Hugging Face", entry.hugging_face),
    )
    return WantedModel(
        entry.name,
        entry.id,
        tuple((hub, repository) for hub, repository in places if repository),
        tuple(file.file for file in entry.files),
        entry.entries() if entry.is_known else (),
    )
