"""On a small project, and on this one."""

from __future__ import annotations

from pathlib import Path

import pytest

from hosting.checks.core_imports import faults
from hosting.checks.module_imports import imports_of

LOADER = "inference.transformers_engine.loading.loader"
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose core is Django alone."""
    write(tmp_path, "requirements-core.txt", "Django==5.2.19 \\\n    --hash=sha256:0\n")
    write(tmp_path, "chat/fine.py", "import os\nimport chat.other\nfrom django.db import models\n")
    return tmp_path


def write(root: Path, name: str, source: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(source)


def test_the_core_has_all_that_ours_imports() -> None:
    assert faults(ROOT) == []


def test_the_core_and_the_standard_library_are_there(project: Path) -> None:
    assert faults(project) == []


@pytest.mark.parametrize(
    "source",
    [
        "import httpx",
        "def f():\n    from httpx import get",
        "async def f():\n    import httpx._api as api",
        "class A:\n    f = lambda: __import__('httpx')",
        "import importlib\nimportlib.import_module('httpx')",
        "await_(importlib.import_module, 'httpx')",
        "try:\n    import httpx\nexcept ImportError:\n    pass",
    ],
)
@pytest.mark.parametrize("package", ["hosting", "chat", "inference", "MyLLM"])
def test_another_package_is_named_wherever_it_is_imported(
    project: Path, package: str, source: str
) -> None:
    write(project, f"{package}/deep/one.py", source)
    [fault] = faults(project)
    assert fault.startswith(f"{package}.deep.one:")
    assert fault.endswith("imports httpx (httpx), not in requirements-core.txt")


@pytest.mark.parametrize("name", ["psutil", "requests_of_nobody"])
def test_what_is_missing_is_named_whether_it_is_installed_or_not(project: Path, name: str) -> None:
    write(project, "chat/__init__.py", f"import {name}")
    assert faults(project)[0].startswith(f"chat:1 imports {name} (")


def test_an_optional_feature_may_be_imported_by_its_own_modules(project: Path) -> None:
    write(project, "inference/transformers_engine/loading/loader.py", "import torch")
    write(project, "inference/lane.py", f"def f():\n    import {LOADER}")
    assert faults(project) == []


def test_others_do_not_import_an_optional_feature(project: Path) -> None:
    write(project, "inference/lane.py", "def f():\n    import torch")
    assert "inference.lane:2 imports torch (torch)" in faults(project)[0]


def test_an_optional_feature_is_not_imported_at_once(project: Path) -> None:
    write(project, "inference/transformers_engine/__init__.py", "")
    write(project, "inference/transformers_engine/loading/loader.py", "import torch")
    write(project, "inference/lane.py", "from inference.transformers_engine.loading import loader")
    write(project, "chat/serve.py", "\nfrom inference import lane")
    advice = "import it inside a function"
    assert sorted(faults(project)) == [
        f"chat.serve:2 imports inference.lane, which needs torch: {advice}",
        f"inference.lane:1 imports {LOADER}, which needs torch: {advice}",
    ]


def test_what_only_a_type_checker_reads_is_not_imported_at_once() -> None:
    source = (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a\nelse:\n    import b"
    )
    found = {each.name: each.at_once for each in imports_of("m", source)}
    assert (found["a"], found["b"]) == (False, True)
