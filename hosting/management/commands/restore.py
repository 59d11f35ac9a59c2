"""`manage.py restore FILE`: replaces the data by a backup, whether or not the server runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from chat.conf import conf
from chat.terminal.language import pick
from chat.terminal.refusal import Refusal
from chat.terminal.unwritable import explain
from chat.version import VERSION
from hosting.backup.extraction import NewerBackupError, NoBackupError
from hosting.backup.restore import NotRestartedError, restore


class Command(BaseCommand):
    """Deletes nothing: the replaced files are kept in the data folder."""

    help = "Replace the data by a backup. A running server restarts for it."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="made by `manage.py backup`")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        archive, folder = file.expanduser(), conf().data_dir
        try:
            manifest = restore(archive, folder)
        except NoBackupError as error:
            raise Refusal(_no_backup(archive, error)) from None
        except NewerBackupError as error:
            raise Refusal(_newer(error)) from None
        except NotRestartedError:
            raise Refusal(_not_restarted()) from None
        except OSError as error:
            raise explain(error, folder) from None
        self.stdout.write(
            pick(
                f"已恢复 {manifest.created} 的备份。原来的文件保留在 {folder} 的 "
                "before-restore-… 文件夹里。",
                f"Restored the backup of {manifest.created}. The replaced files are kept in "
                f"before-restore-… in {folder}.",
            )
        )


def _no_backup(archive: Path, error: NoBackupError) -> str:
    return pick(
        f"{archive} 不是完好的备份（{error}），什么都没有改动。请换一个备份文件。",
        f"{archive} is no intact backup ({error}); nothing was changed. Try another backup.",
    )


def _newer(error: NewerBackupError) -> str:
    return pick(
        f"这个备份来自更新的版本 {error}，这里是 {VERSION}：请先更新 MyLLM。",
        f"The backup was made by version {error}, this is {VERSION}: update MyLLM first.",
    )


def _not_restarted() -> str:
    return pick(
        "备份已经准备好，但服务器没有重新启动：请停止它，再运行 python3 manage.py serve。",
        "The backup is ready, but the server did not restart: stop it, then run python3 manage.py "
        "serve.",
    )
