"""The program code of a model, as the routes return it."""

from __future__ import annotations

from dataclasses import dataclass

from chat.catalog.code import ShownCode


@dataclass(frozen=True, slots=True)
class CodeFile:
    """`name` is the path in the model's folder, `size` is in bytes."""

    name: str
    size: int
    text: str


@dataclass(frozen=True, slots=True)
class OwnCode:
    """The code that would run; empty for a model without code. `POST` allows the `digest`, and
    `trusted` is true if it was allowed. `elsewhere` names code of other repositories, which is not
    fetched, so that the model cannot run; `missing` are files that are named but do not exist.
    """

    digest: str
    trusted: bool
    files: list[CodeFile]
    elsewhere: list[str]
    missing: list[str]


def shown_code(shown: ShownCode) -> OwnCode:
    """The code for the owner to read before allowing it."""
    code = shown.code
    return OwnCode(
        digest=code.digest,
        trusted=shown.is_trusted,
        files=[CodeFile(file.name, file.size, file.text) for file in code.files],
        elsewhere=list(code.elsewhere),
        missing=list(code.missing),
    )
