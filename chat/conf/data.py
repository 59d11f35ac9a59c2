"""What is kept, where, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from django.conf import settings

from chat.conf.group import Group
from chat.conf.setting import folder, number


def usual_data_dir() -> Path:
    """Beside the project's own files, where it says where these are."""
    return Path(getattr(settings, "BASE_DIR", Path.cwd())) / "myllm"


def packaged_page() -> Path:
    """The built page of an installed package."""
    return Path(__file__).resolve().parents[1] / "page"


@dataclass(frozen=True)
class DataSettings:
    """What is kept, where, and for how long."""

    GROUP: ClassVar[Group] = Group.DATA

    data_dir: Path = folder(
        usual_data_dir,
        zh=(
            "数据库、密钥、模型文件放在这里；一个数据目录同时只由一个进程使用。里面的文件只有所"
            "有者能读（模型除外）"
        ),
        en=(
            "database, secret key and model files. One process at a time uses a data folder. "
            "The files are readable by their owner alone, but for models"
        ),
        shown="`var` beside `manage.py`",
    )
    page_dir: Path = folder(
        packaged_page,
        zh="构建好的网页",
        en="the built page",
        shown="`client-uniapp/dist/build/h5`",
    )
    purge_days: int = number(
        30,
        0,
        36_500,
        zh="删除的对话保留多少天，之后彻底清除",
        en="days a deleted conversation can be brought back before it is removed for good",
    )
