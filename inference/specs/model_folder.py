"""Where a Hugging Face model lies, in whichever of the usual ways it was put there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from inference.typed_path import typed_path

_SNAPSHOTS = "snapshots"


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """`path` holds the config.json; `name` is what people call the model."""

    path: Path
    name: str


def find_folder(spec: str) -> ModelFolder | None:
    """The folder that an owner's words name: itself, or a Hugging Face cache entry
    (`models--owner--name`, the weights being in its `snapshots`, which may be named too). None
    where no model is.
    """
    if not spec:
        return None
    named = typed_path(spec).resolve()
    named = named.parent if named.name == _SNAPSHOTS else named
    path = named if _is_model(named) else _newest_snapshot(named)
    return None if path is None else ModelFolder(path, _name(path))


def _newest_snapshot(entry: Path) -> Path | None:
    snapshots = [folder for folder in entry.glob(f"{_SNAPSHOTS}/*") if _is_model(folder)]
    main = entry / "refs" / "main"
    current = main.read_text(encoding="utf-8").strip() if main.is_file() else ""
    order = lambda folder: (folder.name == current, folder.stat().st_mtime)  # noqa: E731
    return max(snapshots, key=order, default=None)


def _name(path: Path) -> str:
    """ModelScope writes a dot in a folder's name as three underscores."""
    if path.parent.name == _SNAPSHOTS:
        return path.parent.parent.name.rpartition("--")[2]
    return path.name.replace("___", ".")


def _is_model(folder: Path) -> bool:
    return (folder / "config.json").is_file()
