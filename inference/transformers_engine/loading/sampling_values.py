"""Checks the sampling values that a folder recommends."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from inference.transformers_engine.loading.file_fault import damaged
from inference.transformers_engine.loading.folder_files import GENERATION_CONFIG, read_json

_Check = Callable[[object], bool]


def check_sampling_values(folder: Path) -> None:
    """Check generation_config.json by the ranges that transformers documents for
    `GenerationConfig`.

    Raises `InferenceError` with `model_file_damaged`.
    """
    file = folder / GENERATION_CONFIG
    values = read_json(file)
    for name, is_usable in _CHECKS.items():
        value = values.get(name)
        if value is not None and not is_usable(value):
            raise damaged(file, f"{name} is {value!r}")


def _number(value: object) -> float:
    """The value as a number; NaN, which fulfils no condition, if it is not a finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return math.nan
    return float(value)


def _is_at_least_zero(value: object) -> bool:
    return _number(value) >= 0


def _is_share(value: object) -> bool:
    return 0 <= _number(value) <= 1


def _is_positive(value: object) -> bool:
    return _number(value) > 0


def _is_integer_from_minus_one(value: object) -> bool:
    return type(value) is int and value >= -1


def _are_tokens(value: object) -> bool:
    tokens = value if isinstance(value, list) else [value]
    return all(map(_is_integer_from_minus_one, tokens))


_CHECKS: dict[str, _Check] = {
    "temperature": _is_at_least_zero,
    "top_p": _is_share,
    "min_p": _is_share,
    # As in vLLM, -1 means no limit.
    "top_k": _is_integer_from_minus_one,
    "repetition_penalty": _is_positive,
    "do_sample": lambda value: isinstance(value, bool),
    "eos_token_id": _are_tokens,
    "bos_token_id": _are_tokens,
    "pad_token_id": _are_tokens,
}
