"""Builds the package with the page in it; all else is in pyproject.toml."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
PAGE = ROOT / "client-uniapp" / "dist" / "build" / "h5"


class BuildWithPage(build_py):
    """As `serve` does, the page is built if its sources have changed."""

    def run(self) -> None:
        # What an earlier build left there would be packed as well.
        shutil.rmtree(self.build_lib, ignore_errors=True)
        super().run()
        if self.editable_mode:
            return
        sys.path.insert(0, str(ROOT))
        from hosting.page.build import ensure_page  # noqa: PLC0415 - found by the line above

        ensure_page(ROOT / "client-uniapp", PAGE, ROOT / "var" / "node")
        shutil.copytree(PAGE, Path(self.build_lib) / "chat" / "page", dirs_exist_ok=True)


setup(cmdclass={"build_py": BuildWithPage})
