"""What a person typed into an environment variable."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured

from chat.conf.wrong_value import WrongValueError
from hosting.terminal.typed import tidy, tidy_list
from MyLLM.sites import values

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Typed:
    """A variable's text, under the name by which a person finds it."""

    name: str
    text: str

    @property
    def word(self) -> str:
        """Without the quotes and the comment that were typed with it."""
        return tidy(self.text)

    @property
    def places(self) -> tuple[str, ...]:
        """A comma separated list without its empty places."""
        return tuple(tidy_list(self.text))

    def understood(self, read: Callable[[str], Value], value: str | None = None) -> Value:
        """What `read` makes of the word, or of `value`, a part of it. Raises
        `ImproperlyConfigured` with the variable's name where that is a `WrongValueError`.
        """
        meant = self.word if value is None else value
        try:
            return read(meant)
        except WrongValueError as error:
            raise ImproperlyConfigured(
                f"{self.name}={meant!r} 无效：{error.chinese}。 ({error.english})"
            ) from None

    def each(self, read: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
        """What the list's places mean, each once. Raises `ImproperlyConfigured`."""
        typed = (value for part in self.places for value in values(part))
        found = (one for value in typed for one in self.understood(read, value))
        return tuple(dict.fromkeys(found))


def variable(name: str) -> Typed:
    """The environment variable `name`, "" where it is not set."""
    return Typed(name, os.environ.get(name, ""))
