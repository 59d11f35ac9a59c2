"""Where packages and models are downloaded from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from chat.conf.group import Group
from chat.conf.kind import Kind
from chat.conf.setting import listed, site


@dataclass(frozen=True)
class DownloadSettings:
    """Where packages and models are downloaded from."""

    GROUP: ClassVar[Group] = Group.DOWNLOADS

    pip_indexes: tuple[str, ...] = listed(
        Kind.SOURCES,
        (),
        zh=(
            "从哪里下载 Python 软件包（连不上模型社区时也包括内置模型），逗号分隔的网址，只用这"
            "些，先用响应最快的。不设时先用 pip 自己配置的源，它不可用时才用公共源"
        ),
        en=(
            "where Python packages come from, and the built-in model where no model hub "
            "answers: URLs separated by commas, these alone, the fastest first. Where it is "
            "not set, what pip itself is configured to comes first, and public ones only where "
            "that does not work"
        ),
        shown="what pip is configured to, then pypi.org and four mirrors in mainland China",
    )
    hf_endpoint: str = site(
        "https://huggingface.co",
        zh="内置模型从哪里下载，可以用镜像，如 `https://hf-mirror.com`",
        en=(
            "where the built-in model is downloaded from; a mirror such as `https://hf-mirror.com`"
        ),
        variable="HF_ENDPOINT",
    )
    modelscope_endpoint: str = site(
        "https://www.modelscope.cn",
        zh="从哪里下载 ModelScope 的模型",
        en="where ModelScope's models are downloaded",
        variable="MODELSCOPE_ENDPOINT",
    )
