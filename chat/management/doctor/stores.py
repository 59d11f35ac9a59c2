"""The database, the disk, the memory."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from chat.engine import model_files
from chat.machine import free_disk
from chat.management.doctor.finding import Finding, bad, good, note
from chat.management.schema import is_migrated
from inference import Memory, ModelOnDisk, memory

MEGABYTE = 1_000_000
NEEDED = 100 * MEGABYTE
"""Below this a database that grows is not far from failing."""
WORKSPACE = 1.2
"""How much more than its file a model takes once it works."""


def database() -> Finding:
    """Opened and asked, never made."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and not Path(name).exists():
        return good("数据库：第一次启动时建立", "Database: the first start makes it")
    try:
        migrated = is_migrated()
    except DatabaseError as error:
        return bad(
            f"数据库 {name} 打不开（{error}）：检查权限和磁盘，或移走这个文件",
            f"The database {name} cannot be opened ({error}): check permissions and the disk, "
            "or move the file away",
        )
    finally:
        connection.close()
    if migrated:
        return good("数据库：可以打开，结构是最新的", "Database: opens, and is up to date")
    return note(
        "数据库：结构是旧版本的，下次 serve 会自动更新",
        "Database: of an older version; the next serve brings it up to date",
    )


def disk() -> Finding:
    needed = NEEDED + sum(model.to_fetch for model in model_files())
    try:
        return judge_disk(free_disk(settings.MYLLM_DATA_DIR), needed, settings.MYLLM_DATA_DIR)
    except OSError as error:
        return note(f"磁盘：查不到剩余空间（{error}）", f"Disk: cannot be asked ({error})")


def judge_disk(free: int, needed: int, folder: Path) -> Finding:
    if free >= needed:
        return good(f"磁盘：剩余 {megabytes(free)}", f"Disk: {megabytes(free)} free")
    return bad(
        f"磁盘：{folder} 只剩 {megabytes(free)}，至少要 {megabytes(needed)}：请清理，"
        "或用 MYLLM_DATA_DIR 换一个地方",
        f"Disk: {megabytes(free)} free at {folder}, {megabytes(needed)} are needed: make room, "
        "or choose another place by MYLLM_DATA_DIR",
    )


def memory_for_models() -> Finding:
    return judge_memory(memory(), model_files())


def judge_memory(found: Memory, models: list[ModelOnDisk]) -> Finding:
    needed = int(WORKSPACE * sum(model.size for model in models))
    if needed > found.total:
        return bad(
            f"内存：模型约需 {megabytes(needed)}，这台电脑一共 {megabytes(found.total)}："
            "请换小一点或量化程度更高的模型",
            f"Memory: the models need about {megabytes(needed)}, this computer has "
            f"{megabytes(found.total)}: choose a smaller or more quantised one",
        )
    if needed > found.available:
        return note(
            f"内存：模型约需 {megabytes(needed)}，现在可用 {megabytes(found.available)}："
            "请关掉别的程序",
            f"Memory: the models need about {megabytes(needed)}, {megabytes(found.available)} are "
            "available: close other programs",
        )
    return good(
        f"内存：可用 {megabytes(found.available)}，模型约需 {megabytes(needed)}",
        f"Memory: {megabytes(found.available)} available, the models need about "
        f"{megabytes(needed)}",
    )


def megabytes(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / MEGABYTE:.0f} MB"
