"""The text of an environment variable."""

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
    """A variable's text, with the variable's name for messages."""

    name: str
    text: str

    @property
    def word(self) -> str:
        """Without quotes and comment."""
        return tidy(self.text)

    @property
    def items(self) -> tuple[str, ...]:
        """The items of a comma separated list, without empty ones."""
        return tuple(tidy_list(self.text))

    def parsed(self, read: Callable[[str], Value], value: str | None = None) -> Value:
        """The result of `read` for the word, or for `value`, a part of it. Raises
        `ImproperlyConfigured` with the variable's name if that raises `WrongValueError`.
        """
        meant = self.word if value is None else value
        try:
            return read(meant)
        except WrongValueError as error:
            raise ImproperlyConfigured(
                f"{self.name}={meant!r} 无效：{error.chinese}。 ({error.english})"
            ) from None

    def each(self, read: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
        """The results of `read` for all items, each once. Raises `ImproperlyConfigured`."""
        typed = (value for part in self.items for value in values(part))
        found = (one for value in typed for one in self.parsed(read, value))
        return tuple(dict.fromkeys(found))


def variable(name: str) -> Typed:
    """The environment variable `name`, "" if it is not set."""
    return Typed(name, os.environ.get(name, ""))
