"""pip's progress as one line."""

from __future__ import annotations

from chat.terminal.language import pick
from chat.terminal.progress import ProgressLine
from hosting.terminal.pip_downloads import megabytes
from MyLLM.bootstrap.environment import Environment
from MyLLM.bootstrap.pins import pinned_name


class PipView:
    """Displays the number of the package and the megabytes; then how many are installed."""

    def __init__(self, own: Environment, expected: int, title: str) -> None:
        self._line = ProgressLine(title)
        self._own = own
        self._expected = expected
        self.begin()

    def begin(self) -> None:
        self._collected = 0
        self._to_install: list[str] = []
        self._doing = ""

    def note(self, sentence: str) -> None:
        self._line.note(sentence)

    def see(self, line: str) -> None:
        first, _, rest = line.strip().partition(" ")
        if first in ("Collecting", "Requirement"):
            self._collected += 1
        if first == "Collecting":
            self._doing = self._count(self._collected, rest.split()[0])
        if line.startswith("Installing collected packages:"):
            self._to_install = line.partition(":")[2].split(",")
        self._line.show(self._installing() or self._downloading())

    def done(self) -> None:
        self._line.done(pick("完成", "finished"))

    def _downloading(self) -> str:
        return f"{self._doing} · {megabytes(self._own.downloads)} MB" if self._doing else ""

    def _installing(self) -> str:
        if not self._to_install:
            return ""
        names = {pinned_name(name.strip()) for name in self._to_install}
        here = sum(
            pinned_name(entry.name.partition("-")[0]) in names
            for folder in self._own.package_folders()
            for entry in folder.glob("*.dist-info")
        )
        return pick("写入", "writing") + f" {here}/{len(names)}"

    def _count(self, number: int, name: str) -> str:
        total = f"/{self._expected}" if number <= self._expected else ""
        return f"{number}{total} {name}"
