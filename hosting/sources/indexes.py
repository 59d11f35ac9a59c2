"""The package indexes and npm registries of this computer."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from hosting.sources.candidates import Candidates, choose
from hosting.sources.npm_config import npm_setting
from hosting.sources.pip_config import pip_setting

PUBLIC_INDEXES = (
    "https://pypi.org/simple",
    "https://pypi.tuna.tsinghua.edu.cn/simple",
    "https://mirrors.aliyun.com/pypi/simple",
    "https://mirrors.ustc.edu.cn/pypi/simple",
    "https://mirrors.cloud.tencent.com/pypi/simple",
)
PUBLIC_REGISTRIES = ("https://registry.npmjs.org", "https://registry.npmmirror.com")
CLIENT = Path(__file__).resolve().parents[2] / "client-uniapp"
_NO = frozenset({"", "0", "n", "no", "f", "false", "off"})


def pip_indexes(environ: Mapping[str, str], prefix: Path | None = None) -> Candidates:
    """For the pip of the virtual environment `prefix`, by default the running one; empty if pip is
    configured to use no index. Raises `Refusal` for an invalid MYLLM_PIP_INDEXES.
    """
    environment = prefix or Path(sys.prefix)
    configured = pip_setting("index-url", environ, environment)
    chosen = choose("MYLLM_PIP_INDEXES", environ, configured, PUBLIC_INDEXES)
    is_given = environ.get("MYLLM_PIP_INDEXES", "").strip(" ,")
    if not is_given and pip_setting("no-index", environ, environment).lower() not in _NO:
        return Candidates(chosen.setting, ())
    return chosen


def npm_registries(environ: Mapping[str, str], client: Path = CLIENT) -> Candidates:
    """For an npm that runs in `client`. Raises `Refusal` for an invalid MYLLM_NPM_REGISTRIES."""
    configured = npm_setting("registry", environ, client)
    return choose("MYLLM_NPM_REGISTRIES", environ, configured, PUBLIC_REGISTRIES)
