"""Where the page's packages are downloaded from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from chat.conf.group import Group
from chat.conf.kind import Kind
from chat.conf.setting import listed


@dataclass(frozen=True)
class RegistrySettings:
    """Where the page's packages are downloaded from."""

    GROUP: ClassVar[Group] = Group.DOWNLOADS

    npm_registries: tuple[str, ...] = listed(
        Kind.SOURCES,
        (),
        zh=(
            "构建页面时从哪里下载 npm 软件包，规则与 `MYLLM_PIP_INDEXES` 相同"
            "（`npm_config_registry` 或 `.npmrc`）"
        ),
        en=(
            "as `MYLLM_PIP_INDEXES`, for the npm packages that the page is built with "
            "(`npm_config_registry` or `.npmrc`)"
        ),
        shown="what npm is configured to, then registry.npmjs.org and registry.npmmirror.com",
    )
