"""Which packages a quantised folder needs, said before anything is loaded."""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import Any

_PACKAGES = {
    "gptq": ("gptqmodel", "optimum"),
    "awq": ("gptqmodel",),
    "bitsandbytes": ("bitsandbytes",),
    "bitsandbytes_4bit": ("bitsandbytes",),
    "bitsandbytes_8bit": ("bitsandbytes",),
}
_ADVICE = re.compile(r"pip install (?:-U )?['\"]?([A-Za-z][\w.\-]*)")


def missing_packages(config: dict[str, Any]) -> tuple[str, ...]:
    """What to install for the method that `config.json` names; other methods speak for
    themselves when they are loaded.
    """
    quantisation = config.get("quantization_config") or {}
    needed = _PACKAGES.get(quantisation.get("quant_method", ""), ())
    return tuple(package for package in needed if find_spec(package) is None)


def package_named(error: ImportError) -> str:
    """The package that an import error asks for."""
    advice = _ADVICE.search(str(error))
    return advice[1] if advice else error.name or str(error).split("\n", 1)[0]
