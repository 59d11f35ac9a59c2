"""A page as tutorials have it: it sends `{"message": …}` and draws three kinds of frames."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class TutorialPage:
    """`line` is what a person reads of the answer, `shown` what has stood there in turn."""

    line: str = ""
    is_finished: bool = False
    status: str = ""
    shown: list[str] = field(default_factory=list)

    def draw(self, frame: Mapping[str, Any]) -> None:
        """The tutorials' `onmessage`: whatever else arrives is ignored."""
        match frame["type"]:
            case "start":
                self.line = frame["content"]
            case "stream":
                self.line += frame["content"]
            case "end":
                self.is_finished, self.status = True, frame["status"]
        self.shown.append(self.line)
