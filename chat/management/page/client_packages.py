"""The client's npm packages, installed as its lockfile says."""

from __future__ import annotations

import json
import re
from pathlib import Path

from chat.management.page.node import Node
from chat.management.terminal.language import pick
from chat.management.terminal.progress import ProgressLine
from chat.management.terminal.refusal import Refusal

ERROR = re.compile(r"^(?!npm http).*\berror\b", re.IGNORECASE)
NO_NETWORK = re.compile(r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH")
FETCHED = "npm http fetch GET 200"
NO_SPACE = re.compile(r"ENOSPC|no space left", re.IGNORECASE)


def are_installed(client: Path) -> bool:
    """Whether node_modules is what the lockfile asks for.

    npm writes node_modules/.package-lock.json last, so one cut off in the middle has none.
    """
    try:
        wanted = _versions(client / "package-lock.json", required_only=True)
        found = _versions(client / "node_modules" / ".package-lock.json", required_only=False)
    except FileNotFoundError:
        return False
    return wanted.items() <= found.items()


def install(client: Path, node: Node) -> None:
    """`npm ci`. Refusal where that fails."""
    line = ProgressLine(pick("安装页面的依赖包", "Installing the page's packages"))
    expected = len(_versions(client / "package-lock.json", required_only=True))
    fetched: set[str] = set()

    def see(output: str) -> None:
        if output.startswith(FETCHED):
            fetched.add(output)
        line.show(f"{min(len(fetched), expected)}/{expected}" if fetched else "")

    outcome = node.run(["ci", "--loglevel", "http"], client, see)
    if outcome.code != 0:
        raise explain(outcome.output)
    line.done(pick("完成", "finished"))


def explain(output: str) -> Refusal:
    """npm's failure as one sentence."""
    if NO_SPACE.search(output):
        return Refusal(
            pick(
                "磁盘空间不足，无法构建页面，请腾出空间后重新运行。",
                "The disk is too full to build the page; make room and start again.",
            )
        )
    if NO_NETWORK.search(output):
        return Refusal(
            pick(
                "连不上 npm 下载源，无法构建页面，请检查网络后重新运行。",
                "The npm registry cannot be reached, so the page cannot be built; check the "
                "network and start again.",
            )
        )
    lines = [line for line in output.splitlines() if line.strip()] or ["?"]
    reason = next((line for line in lines if ERROR.search(line)), lines[-1]).strip()
    return Refusal(pick(f"页面构建失败：{reason}", f"Building the page failed: {reason}"))


def _versions(lockfile: Path, *, required_only: bool) -> dict[str, str]:
    """Version by folder. Optional packages are for other systems and may be missing."""
    packages = json.loads(lockfile.read_text(encoding="utf-8"))["packages"]
    return {
        place: entry.get("version", "")
        for place, entry in packages.items()
        if place and not (required_only and (entry.get("optional") or entry.get("peer")))
    }
