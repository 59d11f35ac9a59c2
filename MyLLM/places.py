"""Whether the folders of this installation can be used, checked before anything is written.

Standard library only: the check precedes the bootstrap.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from chat.ownership.owner import served_at
from chat.terminal.language import pick
from chat.terminal.refusal import Refusal
from chat.terminal.unwritable import (
    Needed,
    explain,
    refuse_unusable,
    writable_file,
    writable_folder,
)
from hosting.terminal.typed import tidy_name
from MyLLM.bootstrap.pins import ROOT


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of the settings, which themselves need Django and write the secret key."""

    data: Path
    page: Path
    keeps_key: bool = True
    keeps_database: bool = True

    @property
    def all(self) -> tuple[Path, ...]:
        """Folders whose owner is changed as a whole, the inner ones first."""
        node_modules = ROOT / "client-uniapp" / "node_modules"
        return (self.data, self.page, ROOT / ".venv", node_modules, ROOT)


def places(environ: Mapping[str, str]) -> Places:
    """As in MyLLM/settings.py. Raises `Refusal` for the `~` of an unknown user."""
    page = ROOT / "client-uniapp" / "dist" / "build" / "h5"
    return Places(
        _folder(environ, "MYLLM_DATA_DIR", ROOT / "var"),
        _folder(environ, "MYLLM_PAGE_DIR", page),
        keeps_key=not environ.get("MYLLM_SECRET_KEY", "").strip(),
        keeps_database=not environ.get("DATABASE_URL", "").strip(),
    )


def address(environ: Mapping[str, str]) -> str:
    """The URL of `serve` on this computer."""
    return served_at(environ.get("MYLLM_HOST", ""), environ.get("MYLLM_PORT", "8000"))


def check_data_folder(here: Places) -> None:
    """Raises `Refusal` if this user can neither use the data folder nor create it."""
    if here.data.parent == ROOT and not here.data.exists():
        # All of it has another owner; one command is enough.
        refuse_unusable([writable_folder(ROOT)], ROOT)
    refuse_unusable(_needed(here), here.data)


def explain_failure(error: OSError, here: Places) -> Refusal:
    """One sentence for an error of the system while a command ran."""
    path = Path(os.fsdecode(error.filename)) if error.filename is not None else here.data
    whole = next((place for place in here.all if path.is_relative_to(place)), path)
    return explain(error, whole)


def _needed(here: Places) -> Iterator[Needed]:
    folder = here.data
    yield writable_folder(folder)
    if here.keeps_key:
        yield Needed(folder / "secret_key", os.R_OK)
    if here.keeps_database:
        yield from (writable_file(folder / f"myllm.sqlite3{end}") for end in ("", "-wal", "-shm"))
    yield writable_folder(folder / "logs")
    yield writable_file(folder / "logs" / "myllm.log")
    yield _models(folder / "models")
    yield writable_folder(folder / "tls")
    yield from (writable_file(file) for file in _listed(folder, "*.lock"))
    yield from (Needed(file, os.R_OK) for file in _listed(folder / "tls", "*"))


def _models(folder: Path) -> Needed:
    """Models that several installations share may be read-only."""
    is_filled = bool(_listed(folder, "*.gguf"))
    return Needed(folder, os.R_OK | os.X_OK) if is_filled else writable_folder(folder)


def _listed(folder: Path, pattern: str) -> list[Path]:
    """Empty for a folder that cannot be listed, which is reported separately."""
    try:
        return sorted(folder.glob(pattern))
    except OSError:
        return []


def _folder(environ: Mapping[str, str], name: str, default: Path) -> Path:
    typed = tidy_name(environ.get(name, ""))
    try:
        return Path(typed or default).expanduser().absolute()
    except RuntimeError:
        raise Refusal(
            pick(
                f"{name}={typed} 里的 ~ 不是本机用户的主目录，请写完整路径。",
                f"{name}={typed}: there is no home of that user. Write the whole path.",
            )
        ) from None
