"""The files that are installed, built and downloaded, and the clock."""

from __future__ import annotations

import time
from importlib.util import find_spec
from pathlib import Path

from chat.conf import conf
from chat.engine import model_files
from chat.terminal.full_disk import megabytes
from hosting.doctor.finding import Finding, bad, good, note
from hosting.page.build import is_fresh
from inference import ModelOnDisk

ROOT = Path(__file__).resolve().parents[2]
CLIENT = ROOT / "client-uniapp"
TOLERANCE_SECONDS = 86_400


def page() -> Finding:
    folder = conf().page_dir
    is_built = (folder / "index.html").is_file()
    return judge_page(is_built=is_built, fresh=is_fresh(CLIENT, folder), buildable=CLIENT.is_dir())


def judge_page(*, is_built: bool, fresh: bool, buildable: bool) -> Finding:
    if fresh:
        return good("页面：已构建", "Page: built")
    if buildable:
        return note(
            "页面：需要构建，serve 启动时会自动完成",
            "Page: to be built, which serve does by itself",
        )
    if is_built:
        return good("页面：已构建", "Page: built")
    return bad(
        "页面：没有构建，也没有源文件：请设置 MYLLM_PAGE_DIR，或重新下载整个项目",
        "Page: not built, and its sources are missing: set MYLLM_PAGE_DIR, or get all of it",
    )


def models() -> list[Finding]:
    return [judge_model(model) for model in model_files()]


def judge_model(model: ModelOnDisk) -> Finding:
    if model.is_there:
        size = megabytes(model.size)
        return good(f"模型：{model.path.name}，{size}", f"Model: {model.path.name}, {size}")
    if model.to_fetch:
        return note(
            f"模型：{model.path.name} 还没有下载，serve 启动时会自动下载",
            f"Model: {model.path.name} is not here yet; serve downloads it by itself",
        )
    return bad(
        f"模型：{model.path} 不存在或不完整：请检查 MYLLM_MODELS 或 --model",
        f"Model: {model.path} is missing or incomplete: check MYLLM_MODELS or --model",
    )


def clock() -> Finding:
    files = [ROOT / "CHANGELOG.md", *conf().data_dir.glob("*")]
    newest = max(file.stat().st_mtime for file in files if file.exists())
    return judge_clock(time.time(), newest)


def judge_clock(now: float, newest_file: float) -> Finding:
    """A clock that is behind files on this disk is wrong; one that is ahead cannot be detected."""
    if now + TOLERANCE_SECONDS < newest_file:
        return bad(
            "时钟：比已有的文件还早，请校准系统时间；否则证书和配对码会失效",
            "Clock: earlier than files that are here; set the system's time, or certificates and "
            "pairing codes do not hold",
        )
    return good("时钟：正常", "Clock: sane")


def packages() -> list[Finding]:
    return [judge_zeroconf(find_spec("zeroconf") is not None)]


def judge_zeroconf(is_installed: bool) -> Finding:
    if is_installed:
        return good(
            "zeroconf：已安装，局域网名称可用",
            "zeroconf: installed, for a name in the local network",
        )
    return note(
        "zeroconf：没有安装（用于局域网名称）；需要时：pip install zeroconf",
        "zeroconf: not installed, for a name in the local network; if wanted: pip install zeroconf",
    )
