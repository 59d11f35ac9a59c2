"""The name of a repository at a model hub, as people write it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from inference.catalog.sources import Hub

HUBS: tuple[Hub, ...] = ("ModelScope", "Hugging Face")
_PREFIXES: dict[str, Hub] = {"modelscope": "ModelScope", "ms": "ModelScope", "hf": "Hugging Face"}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}")
_FILE_NAME = re.compile(r"[A-Za-z0-9][^/\\:*?\"<>|\x00-\x1f]{0,199}")
"""What every system takes for a file's name; hidden files are no part of a model."""
_RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9\u00b9\u00b2\u00b3]", re.IGNORECASE)
"""Devices on Windows, whatever ending follows."""


@dataclass(frozen=True, slots=True)
class HubId:
    """`owner/name`, at one of `hubs`. `file` is the one of its files that is wanted, with its
    folders, "" leaving the choice to MyLLM.
    """

    repository: str
    file: str = ""
    hubs: tuple[Hub, ...] = HUBS

    @property
    def name(self) -> str:
        """For people: the file's without its ending, else the repository's."""
        chosen = self.file.rpartition("/")[2].removesuffix(".gguf").removesuffix(".GGUF")
        return chosen or self.repository.partition("/")[2]

    @property
    def folder_name(self) -> str:
        """Where its files lie in the folder of models."""
        return self.repository.replace("/", "--")

    def __str__(self) -> str:
        prefix = "" if len(self.hubs) > 1 else f"{_PREFIX_OF[self.hubs[0]]}:"
        return f"{prefix}{self.repository}{'/' if self.file else ''}{self.file}"


_PREFIX_OF: dict[Hub, str] = {"ModelScope": "modelscope", "Hugging Face": "hf"}


def parse_hub_id(text: str) -> HubId | None:
    """`owner/name` or `owner/name/file.gguf`, with `modelscope:` or `hf:` before it where only that
    hub is meant; None for other words.
    """
    prefix, colon, rest = text.partition(":")
    if colon and prefix.lower() not in _PREFIXES:
        return None
    hubs = (_PREFIXES[prefix.lower()],) if colon else HUBS
    owner, *names = (rest if colon else text).split("/")
    if not names or not all(_NAME.fullmatch(part) for part in (owner, names[0])):
        return None
    file = "/".join(names[1:])
    if len(names) > 1 and not _is_gguf_path(names[1:]):
        return None
    return HubId(f"{owner}/{names[0]}", file, hubs)


def is_safe_name(name: str) -> bool:
    """Whether a file of that name may be written into a folder."""
    is_reserved = bool(_RESERVED.fullmatch(name.partition(".")[0].rstrip()))
    return bool(_FILE_NAME.fullmatch(name)) and not name.endswith((".", " ")) and not is_reserved


def _is_gguf_path(parts: list[str]) -> bool:
    return parts[-1].lower().endswith(".gguf") and all(map(is_safe_name, parts))
