"""Whether requirements-core.txt has all that `serve` imports.

The test environment has far more packages, so every import succeeds there.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path

from hosting.checks.module_imports import Import, imports_of, modules_below

OURS = ("MyLLM", "hosting", "chat", "inference")
_TORCH = ("inference.transformers_engine",)
OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "torch": _TORCH,
    "transformers": _TORCH,
    "tokenizers": _TORCH,
    "safetensors": _TORCH,
    "jinja2": _TORCH,
    "huggingface_hub": ("inference.catalog.hub_clients",),
    "modelscope_hub": ("inference.catalog.hub_clients",),
    "zeroconf": ("hosting.mdns",),
    "daphne": ("hosting.management.commands.runserver",),
}
"""What the core does without, and the modules that may need it. Everybody else imports those
modules inside functions, or not at all.
"""
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)


@dataclass(frozen=True)
class Project:
    """All imports of our modules, the installed packages, and those of the core."""

    imports: tuple[Import, ...]
    distributions: Mapping[str, Iterable[str]]
    core: frozenset[str]


def faults(root: Path) -> list[str]:
    """One line for each import that may fail in a fresh installation of the core."""
    project = _read(root)
    return list(dict.fromkeys([*_not_provided(project), *_not_lazy(project)]))


def _read(root: Path) -> Project:
    files = modules_below(root, OURS)
    found = (imports_of(name, file.read_text(encoding="utf-8")) for name, file in files)
    pins = _PIN.findall((root / "requirements-core.txt").read_text(encoding="utf-8"))
    return Project(
        tuple(each for imports in found for each in imports),
        packages_distributions(),
        frozenset(map(_normalised, pins)),
    )


def _not_provided(project: Project) -> Iterator[str]:
    for each in project.imports:
        top = each.name.partition(".")[0]
        if top in OURS or top in sys.stdlib_module_names:
            continue
        distributions = sorted(project.distributions.get(top, ()))
        if project.core.isdisjoint(map(_normalised, distributions)) and not _may(each.module, top):
            names = ", ".join(distributions) or "not installed"
            yield f"{each.module}:{each.line} imports {top} ({names}), not in requirements-core.txt"


def _not_lazy(project: Project) -> Iterator[str]:
    """Modules whose import needs an optional package, and which are not listed as such."""
    for package in OPTIONAL:
        for module, by in _needing(package, project).items():
            if not _may(module, package):
                what = f"{module}:{by.line} imports {by.name}, which needs {package}"
                yield f"{what}: import it inside a function"


def _needing(package: str, project: Project) -> dict[str, Import]:
    """The modules whose import needs the package, each with the line that causes it."""
    at_once = [each for each in project.imports if each.at_once]
    found: dict[str, Import] = {}
    grown = True
    while grown:
        grown = False
        for each in at_once:
            if each.module not in found and _needs(each, package, found):
                found[each.module] = each
                grown = True
    return found


def _needs(each: Import, package: str, found: Mapping[str, Import]) -> bool:
    """Importing a module imports its parents first."""
    parts = each.name.split(".")
    return parts[0] == package or any(
        ".".join(parts[:end]) in found for end in range(1, len(parts) + 1)
    )


def _may(module: str, package: str) -> bool:
    known = OPTIONAL.get(package, ())
    return any(module == each or module.startswith(f"{each}.") for each in known)


def _normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
