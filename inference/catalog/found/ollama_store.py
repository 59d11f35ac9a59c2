"""Ollama's store: `manifests/HOST/NAMESPACE/NAME/TAG` name layers, `blobs/sha256-...` hold them.

A model's layer is a GGUF file without that ending. The layout: ollama's `manifest` package and
https://github.com/ollama/ollama/blob/main/types/model/name.go
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from inference.catalog.found.candidate import Candidate, Origin
from inference.catalog.found.folders import files_in, folders_in, is_file, json_in, size_of
from inference.catalog.found.surroundings import Surroundings

_LAYER = "application/vnd.ollama.image."
_DIGEST = re.compile(r"sha256[:-](?P<hex>[0-9a-f]{64})")
_USUAL_HOST = "registry.ollama.ai"
_USUAL_NAMESPACE = "library"


@dataclass(frozen=True, slots=True)
class Manifest:
    """One model of the store: its name as Ollama shows it, and its layers' blobs by their kind."""

    name: str
    blobs: dict[str, Path]


def stores(around: Surroundings) -> list[Path]:
    """Where a store may be: the setting, the user's own, and the Linux service's."""
    usual = [*around.named("OLLAMA_MODELS"), around.home / ".ollama" / "models"]
    if around.platform in ("win32", "darwin"):
        return usual
    services = ("/usr/share/ollama/.ollama/models", "/var/lib/ollama/.ollama/models")
    return [*usual, *map(Path, services)]


def models_in_store(store: Path) -> Iterator[Candidate]:
    """Those whose blob is whole. Models that Ollama runs elsewhere have none."""
    for manifest in manifests(store):
        blob = manifest.blobs.get("model")
        if blob is not None:
            yield Candidate(
                spec=f"gguf:{blob}",
                name=manifest.name,
                origin=Origin.OLLAMA,
                path=blob,
                files=(blob,),
                projector=manifest.blobs.get("projector"),
                has_template="template" in manifest.blobs,
            )


def manifests(store: Path) -> Iterator[Manifest]:
    """All models of the store, in the order of their names."""
    for host in folders_in(store / "manifests"):
        for namespace in folders_in(host):
            for model in folders_in(namespace):
                for tag in files_in(model):
                    blobs = _blobs(store, json_in(tag).get("layers"))
                    yield Manifest(_name(host.name, namespace.name, model.name, tag.name), blobs)


def name_of_blob(blob: Path) -> str:
    """The name of the model whose GGUF file this is; "" where no store has it."""
    if blob.parent.name != "blobs":
        return ""
    digest = _DIGEST.fullmatch(blob.name)
    found = (m.name for m in manifests(blob.parent.parent) if _is(m.blobs.get("model"), digest))
    return next(found, "")


def _is(blob: Path | None, digest: re.Match[str] | None) -> bool:
    return blob is not None and digest is not None and digest["hex"] in blob.name


def _name(host: str, namespace: str, model: str, tag: str) -> str:
    parts = [host] if host != _USUAL_HOST else []
    if parts or namespace != _USUAL_NAMESPACE:
        parts.append(namespace)
    return "/".join([*parts, f"{model}:{tag}"])


def _blobs(store: Path, layers: object) -> dict[str, Path]:
    """The blobs that exist in the length that the manifest states."""
    found: dict[str, Path] = {}
    for layer in layers if isinstance(layers, list) else ():
        kind, blob = _layer(store, layer)
        if blob is not None:
            found.setdefault(kind, blob)
    return found


def _layer(store: Path, layer: object) -> tuple[str, Path | None]:
    if not isinstance(layer, dict):
        return "", None
    kind = str(layer.get("mediaType")).removeprefix(_LAYER)
    digest = _DIGEST.fullmatch(str(layer.get("digest")))
    if digest is None:
        return kind, None
    for name in (f"sha256-{digest['hex']}", f"sha256:{digest['hex']}"):
        blob = store / "blobs" / name
        if is_file(blob) and size_of((blob,)) == layer.get("size"):
            return kind, blob
    return kind, None
