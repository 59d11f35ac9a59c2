"""Settings of the applications, changed for one test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Self

from chat.conf import conf
from hosting.conf import hosting_conf


class Overrides:
    """Attributes are settings of chat and of hosting. A value that is set here is not checked:
    tests are faster with less than a project may have.
    """

    def __getattr__(self, name: str) -> Any:
        return getattr(conf() if hasattr(conf(), name) else hosting_conf(), name)

    def __setattr__(self, name: str, value: object) -> None:
        changes: dict[str, Any] = {name: value}
        if hasattr(conf(), name):
            conf.replace(replace(conf(), **changes))
        else:
            hosting_conf.replace(replace(hosting_conf(), **changes))

    @classmethod
    @contextmanager
    def until_left(cls) -> Iterator[Self]:
        """What was set is as it was afterwards."""
        before = conf(), hosting_conf()
        yield cls()
        conf.replace(before[0])
        hosting_conf.replace(before[1])
