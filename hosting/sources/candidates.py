"""The sources that packages may come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from chat.terminal.language import pick
from chat.terminal.refusal import Refusal
from hosting.sources.address import is_url, shown
from hosting.terminal.typed import tidy_list


@dataclass(frozen=True)
class Candidates:
    """URLs. The fastest of `preferred` is tried first, `others` only if none of those works.
    `setting` is the variable that replaces them.
    """

    setting: str
    preferred: tuple[str, ...]
    others: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.preferred, *self.others)

    def without_others(self) -> Self:
        """For downloads that are not checked by a digest."""
        return replace(self, others=())


def choose(
    setting: str, environ: Mapping[str, str], configured: str, public: Sequence[str]
) -> Candidates:
    """The setting's sources alone; else the configured one, followed by the public ones; else the
    public ones. Raises `Refusal` for a setting that is not a list of URLs.
    """
    if given := _given(setting, environ):
        return Candidates(setting, given)
    if not configured:
        return Candidates(setting, tuple(public))
    others = (url for url in public if url.rstrip("/") != configured.rstrip("/"))
    return Candidates(setting, (configured,), tuple(others))


def _given(setting: str, environ: Mapping[str, str]) -> tuple[str, ...]:
    urls = tuple(dict.fromkeys(tidy_list(environ.get(setting, ""))))
    for url in urls:
        if not is_url(url):
            example = "https://mirror.example.com/simple"
            raise Refusal(
                pick(
                    f"{setting} 中的 {shown(url)} 无效：请写成 {example}，多个用逗号分隔。",
                    f"{shown(url)} in {setting} is not a URL: use one such as {example}, several "
                    "separated by commas.",
                ),
                exit_code=2,
            )
    return urls
