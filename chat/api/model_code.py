"""A model's own program code as the routes give it."""

from __future__ import annotations

from dataclasses import dataclass

from chat.catalog.code import ShownCode


@dataclass(frozen=True, slots=True)
class CodeFile:
    """`name` within the model's folder, `size` in bytes."""

    name: str
    size: int
    text: str


@dataclass(frozen=True, slots=True)
class OwnCode:
    """All that would run; empty for a model without code. `digest` is what `POST` allows, `trusted`
    whether that was done. `elsewhere` names code of other repositories, which is never fetched, so
    that the model cannot run; `missing` are files that are named and not there.
    """

    digest: str
    trusted: bool
    files: list[CodeFile]
    elsewhere: list[str]
    missing: list[str]


def shown_code(shown: ShownCode) -> OwnCode:
    """As it stands, to be read before it is allowed."""
    code = shown.code
    return OwnCode(
        digest=code.digest,
        trusted=shown.is_trusted,
        files=[CodeFile(file.name, file.size, file.text) for file in code.files],
        elsewhere=list(code.elsewhere),
        missing=list(code.missing),
    )
