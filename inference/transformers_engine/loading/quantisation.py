"""How a folder's weights are quantised, and what this computer lacks to run them.

Follows the requirements of transformers' quantizers (`transformers/quantizers`, 5.23), from the
folder's JSON files alone, before anything is loaded.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from inference.transformers_engine.loading.folder_files import read_json

_PACKAGES = {
    "gptq": ("gptqmodel", "optimum"),
    "awq": ("gptqmodel",),
    "bitsandbytes": ("bitsandbytes",),
    "compressed-tensors": ("compressed-tensors",),
    "auto-round": ("auto-round",),
    "aqlm": ("aqlm",),
    "quanto": ("optimum-quanto",),
    "quark": ("amd-quark",),
    "hqq": ("hqq",),
    "torchao": ("torchao",),
    "eetq": ("kernels",),
    "vptq": ("vptq",),
    "spqr": ("spqr_quant",),
    "higgs": ("flute-kernel", "fast_hadamard_transform"),
    "fbgemm_fp8": ("fbgemm-gpu",),
}
"""What to install for each method; the others compute with torch alone."""

_MODULES = {
    "compressed-tensors": "compressed_tensors",
    "auto-round": "auto_round",
    "optimum-quanto": "optimum.quanto",
    "amd-quark": "quark",
    "flute-kernel": "flute",
    "fbgemm-gpu": "fbgemm_gpu",
}
"""Packages whose module has a different name."""

_LEAST = {
    "gptqmodel": (1, 4, 3),
    "optimum": (1, 24),
    "bitsandbytes": (0, 46, 1),
    "compressed-tensors": (0, 15),
    "auto-round": (0, 5),
    "torchao": (0, 15),
    "hqq": (0, 2, 1),
    "vptq": (0, 0, 4),
}
"""transformers refuses older versions with messages that name no command."""

_GPU_ALONE = frozenset({"eetq", "vptq", "spqr", "higgs", "fbgemm_fp8", "hqq", "fp_quant"})
"""Methods without kernels for a CPU. GPTQ and AWQ have some in gptqmodel, bitsandbytes its own, and
FP8 and MXFP4 weights are unpacked where there is no GPU.
"""

_NAMES = {
    "gptq": "GPTQ",
    "awq": "AWQ",
    "fp8": "FP8",
    "fbgemm_fp8": "FP8",
    "mxfp4": "MXFP4",
    "aqlm": "AQLM",
    "hqq": "HQQ",
    "eetq": "EETQ",
    "auto-round": "AutoRound",
}
_BITS = {"eetq": 8, "fp8": 8, "fbgemm_fp8": 8, "mxfp4": 4}
_BITS_BY_NAME = frozenset({"FP8", "MXFP4"})
_ADVICE = re.compile(r"pip install (?:-U |--upgrade )?['\"]?([A-Za-z][\w.\-]*)")


@dataclass(frozen=True, slots=True)
class Quantisation:
    """`method` as transformers calls it; `settings` are its `quantization_config`."""

    method: str
    settings: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The name that people see: `GPTQ 4-bit`, `FP8`."""
        name = _NAMES.get(self.method, self.method)
        bits = self.bits
        return name if bits is None or name in _BITS_BY_NAME else f"{name} {bits}-bit"

    @property
    def bits(self) -> int | None:
        """Bits of one weight; None where the folder does not name them."""
        if self.method == "bitsandbytes":
            return 8 if self.settings.get("load_in_8bit") else 4
        found = self.settings.get("bits", _BITS.get(self.method))
        return found if isinstance(found, int) else _compressed_bits(self.settings)

    @property
    def needs_gpu(self) -> bool:
        """Whether it needs a GPU, whatever is installed."""
        return self.method in _GPU_ALONE

    @property
    def missing_packages(self) -> tuple[str, ...]:
        """The packages that must be installed for it."""
        needed = _PACKAGES.get(self.method, ())
        return tuple(package for package in needed if not _is_installed(package))


def quantisation(folder: Path, config: Mapping[str, Any]) -> Quantisation | None:
    """The quantisation of the weights in the folder, None where they are not quantised. `config` is
    its config.json.

    AutoGPTQ and AutoAWQ once wrote a file of their own, which transformers does not read.
    """
    named = config.get("quantization_config")
    if isinstance(named, dict) and (method := _method(named)):
        return Quantisation(method, named)
    for older in (_from_auto_gptq(folder), _from_auto_awq(folder)):
        if older is not None:
            return older
    return None


def precision_name(folder: Path, config: Mapping[str, Any]) -> str:
    """The precision of the weights for the model card: `AWQ 4-bit`, `bfloat16`, or ""."""
    if found := quantisation(folder, config):
        return found.name
    text = config.get("text_config")
    inner = text if isinstance(text, dict) else {}
    stored = (place.get(key) for place in (config, inner) for key in ("dtype", "torch_dtype"))
    return next((name.removeprefix("torch.") for name in stored if isinstance(name, str)), "")


def package_named(error: ImportError) -> str:
    """The package that an import error asks for."""
    advice = _ADVICE.search(str(error))
    return advice[1] if advice else error.name or str(error).split("\n", 1)[0]


def _method(settings: Mapping[str, Any]) -> str:
    """The method; early bitsandbytes configurations have only its switches."""
    if settings.get("load_in_8bit") or settings.get("load_in_4bit"):
        return "bitsandbytes"
    return str(settings.get("quant_method") or "")


def _from_auto_gptq(folder: Path) -> Quantisation | None:
    found = read_json(folder / "quantize_config.json")
    if not isinstance(found.get("bits"), int):
        return None
    return Quantisation("gptq", {**found, "quant_method": "gptq"})


def _from_auto_awq(folder: Path) -> Quantisation | None:
    found = read_json(folder / "quant_config.json")
    bits = found.get("w_bit")
    if not isinstance(bits, int):
        return None
    settings = {
        "quant_method": "awq",
        "bits": bits,
        "group_size": found.get("q_group_size", 128),
        "zero_point": found.get("zero_point", True),
        "version": str(found.get("version", "GEMM")).lower(),
    }
    return Quantisation("awq", settings)


def _compressed_bits(settings: Mapping[str, Any]) -> int | None:
    groups = settings.get("config_groups")
    first = next(iter(groups.values()), None) if isinstance(groups, dict) else None
    weights = first.get("weights") if isinstance(first, dict) else None
    bits = weights.get("num_bits") if isinstance(weights, dict) else None
    return bits if isinstance(bits, int) else None


def _is_installed(package: str) -> bool:
    try:
        is_there = find_spec(_MODULES.get(package, package)) is not None
    except ModuleNotFoundError:  # the parent package is missing too
        return False
    return is_there and _version(package) >= _LEAST.get(package, ())


def _version(package: str) -> tuple[int, ...]:
    """The version of a package. A checkout may have none; it is assumed to be new."""
    try:
        found = version(package)
    except PackageNotFoundError:
        return (sys.maxsize,)
    return tuple(int(number) for number in re.findall(r"\d+", found)[:3])
