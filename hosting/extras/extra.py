"""Packages beside the core ones, each installed when the owner first uses its feature."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import invalidate_caches
from importlib.util import find_spec
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Extra:
    """`requirements` pins every package by its digests, for pip's `--no-deps`: the packages it
    needs of the core are installed. `modules` are imported to test whether it is installed.
    `megabytes` is the approximate size on the disk. `purpose_zh` and `purpose_en` follow a colon.
    """

    id: str
    modules: tuple[str, ...]
    requirements: Path
    megabytes: int
    purpose_zh: str
    purpose_en: str

    @property
    def is_installed(self) -> bool:
        """Whether it can be imported, however it was installed."""
        invalidate_caches()
        return all(find_spec(module) is not None for module in self.modules)


EXTRAS: tuple[Extra, ...] = (
    Extra(
        "hubs",
        ("huggingface_hub", "modelscope_hub"),
        _ROOT / "requirements-hubs.txt",
        20,
        "ModelScope 和 Hugging Face 的客户端，用来登录和列出很大的模型仓库",
        "the clients of ModelScope and Hugging Face, to sign in and to list large repositories",
    ),
)


def find_extra(name: str) -> Extra | None:
    """The extra of that id."""
    return next((extra for extra in EXTRAS if extra.id == name), None)
