"""What a module imports, read from its source; nothing is executed."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Import:
    """`name` is the dotted name that `module` imports in that line; `at_once` is whether this
    happens when the module is imported, rather than in a function or for a type checker.
    """

    module: str
    line: int
    name: str
    at_once: bool


def modules_below(root: Path, packages: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """The dotted name and the file of every module of these packages."""
    for package in packages:
        for file in sorted((root / package).rglob("*.py")):
            parts = file.relative_to(root).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), file


def imports_of(module: str, source: str) -> list[Import]:
    """All imports, also those inside functions and by name (`import_module("x")`). `from a import
    b` gives `a` and `a.b`, which may be a module.
    """
    reader = _Reader(module)
    reader.visit(ast.parse(source))
    return reader.found


class _Reader(ast.NodeVisitor):
    def __init__(self, module: str) -> None:
        self.found: list[Import] = []
        self._module = module
        self._at_once = True

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._add(node, alias.name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.module and not node.level:
            self._add(node, node.module)
            for alias in node.names:
                self._add(node, f"{node.module}.{alias.name}")

    def visit_Call(self, node: ast.Call) -> None:
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        first = node.args[0] if node.args else None
        if name in ("import_module", "__import__") and isinstance(first, ast.Constant):
            self._add(node, str(first.value))
        # As in `asyncio.to_thread(importlib.import_module, "x")`.
        for given, value in zip(node.args, node.args[1:], strict=False):
            if getattr(given, "attr", "") == "import_module" and isinstance(value, ast.Constant):
                self._add(node, str(value.value))
        self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        if "TYPE_CHECKING" in (getattr(node.test, "attr", ""), getattr(node.test, "id", "")):
            self._later(node.body)
            for other in node.orelse:
                self.visit(other)
        else:
            self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._later(node.body)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._later(node.body)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._later([node.body])

    def _later(self, body: Iterable[ast.AST]) -> None:
        before, self._at_once = self._at_once, False
        for node in body:
            self.visit(node)
        self._at_once = before

    def _add(self, node: ast.stmt | ast.expr, name: str) -> None:
        self.found.append(Import(self._module, node.lineno, name, self._at_once))
