"""The database, the disk, the memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError, connection

from chat.conf import conf
from chat.engine import model_files
from chat.health.disk_space import free_disk
from chat.terminal.full_disk import NEEDED, megabytes
from chat.terminal.unwritable import explain
from hosting.database.files import DatabaseFiles, own_files
from hosting.database.lost import LostDatabase, can_be_restored, is_lost, loss_of
from hosting.database.replay import is_blank
from hosting.database.trouble import explain_database
from hosting.doctor.finding import Finding, Verdict, bad, good, note
from hosting.running.api import ServerApi
from hosting.running.server import running_server
from hosting.schema import is_migrated
from inference import Memory, ModelOnDisk, memory

UNKNOWN_SHARE = 1.5
"""The memory of a model of unknown needs, as a multiple of its files' size."""


def database() -> Finding:
    """Opens and queries the database; never creates it."""
    try:
        return _blank() or _opened()
    except DatabaseError as error:
        return Finding(Verdict.BAD, str(explain_database(error)))
    except OSError as error:
        return Finding(Verdict.BAD, str(explain(error, conf().data_dir)))
    finally:
        connection.close()


def _blank() -> Finding | None:
    """For a file that SQLite must not open, since it would delete the journal; None for others."""
    files = own_files()
    if files and is_lost(files):
        return _restorable(files.main) if can_be_restored(files) else _lost(files)
    if connection.vendor == "sqlite" and is_blank(Path(str(connection.settings_dict["NAME"]))):
        return good("数据库：第一次启动时建立", "Database: the first start makes it")
    return None


def _restorable(main: Path) -> Finding:
    return note(
        f"数据库：{main} 丢失了，但它的日志完整，下次 serve 会自动恢复",
        f"Database: {main} is lost, but its journal is whole, and the next serve restores it",
    )


def _lost(files: DatabaseFiles) -> Finding:
    return Finding(Verdict.BAD, " ".join(str(LostDatabase(loss_of(files))).splitlines()))


def _opened() -> Finding:
    migrated = is_migrated()
    if migrated:
        return good("数据库：可以打开，结构是最新的", "Database: opens, and is up to date")
    return note(
        "数据库：结构是旧版本的，下次 serve 会自动更新",
        "Database: of an older version; the next serve brings it up to date",
    )


def disk() -> Finding:
    needed = NEEDED + sum(model.to_fetch for model in model_files())
    try:
        return judge_disk(free_disk(conf().data_dir), needed, conf().data_dir)
    except OSError as error:
        return note(f"磁盘：查不到剩余空间（{error}）", f"Disk: cannot be asked ({error})")


def judge_disk(free: int, needed: int, folder: Path) -> Finding:
    if free >= needed:
        return good(f"磁盘：剩余 {megabytes(free)}", f"Disk: {megabytes(free)} free")
    return bad(
        f"磁盘：{folder} 只剩 {megabytes(free)}，至少要 {megabytes(needed)}：请腾出空间",
        f"Disk: {megabytes(free)} free at {folder}, {megabytes(needed)} are needed: make room",
    )


def memory_for_models() -> Finding:
    """By the models of the running server, as the page shows them; without one by an estimate for
    the models in the settings.
    """
    return judge_memory(memory(), running_needs() or needs_of(model_files()))


@dataclass(frozen=True, slots=True)
class Needs:
    """Bytes that all models take together, and those that are not in memory yet."""

    all: int
    to_load: int


def running_needs() -> Needs | None:
    """None if no server runs, or if it requires a token."""
    server = running_server()
    listed = ServerApi(server).get_public("/models") if server else None
    if listed is None:
        return None
    local = [model for model in listed["models"] if model["local"] and model["memory"]]
    waiting = sum(model["memory"] for model in local if model["state"] != "ready")
    return Needs(sum(model["memory"] for model in local), waiting)


def needs_of(models: list[ModelOnDisk]) -> Needs:
    """An estimate for models none of which is loaded."""
    needed = sum(model.memory or int(UNKNOWN_SHARE * model.size) for model in models)
    return Needs(needed, needed)


def judge_memory(found: Memory, needs: Needs) -> Finding:
    needed = needs.all
    if needed > found.total:
        return bad(
            f"内存：模型约需 {megabytes(needed)}，这台电脑一共 {megabytes(found.total)}："
            "请换小一点或量化程度更高的模型",
            f"Memory: the models need about {megabytes(needed)}, this computer has "
            f"{megabytes(found.total)}: choose a smaller or more quantised one",
        )
    if needs.to_load > found.available:
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
