"""The names of GGUF's quantisations.

The numbers: `enum llama_ftype` in llama.cpp's `include/llama.h`.
"""

from __future__ import annotations

import re

_FILE_TYPES = {
    0: "F32",
    1: "F16",
    2: "Q4_0",
    3: "Q4_1",
    7: "Q8_0",
    8: "Q5_0",
    9: "Q5_1",
    10: "Q2_K",
    11: "Q3_K_S",
    12: "Q3_K_M",
    13: "Q3_K_L",
    14: "Q4_K_S",
    15: "Q4_K_M",
    16: "Q5_K_S",
    17: "Q5_K_M",
    18: "Q6_K",
    19: "IQ2_XXS",
    20: "IQ2_XS",
    21: "Q2_K_S",
    22: "IQ3_XS",
    23: "IQ3_XXS",
    24: "IQ1_S",
    25: "IQ4_NL",
    26: "IQ3_S",
    27: "IQ3_M",
    28: "IQ2_S",
    29: "IQ2_M",
    30: "IQ4_XS",
    31: "IQ1_M",
    32: "BF16",
    36: "TQ1_0",
    37: "TQ2_0",
    38: "MXFP4_MOE",
}
_GUESSED = 1024
"""The flag of a type that was guessed from the tensors."""
_IN_A_NAME = re.compile(
    r"(?<![A-Za-z0-9])(I?Q\d(?:_[A-Z0-9]+)*|TQ\d_\d|BF16|FP?16|FP?32|MXFP4)(?![A-Za-z0-9])",
    re.IGNORECASE,
)


def file_type_name(number: object) -> str:
    """Of `general.file_type`; "" for one that is not known."""
    return _FILE_TYPES.get(number & ~_GUESSED, "") if isinstance(number, int) else ""


def quantisation_in(name: str) -> str:
    """The quantisation in a file's name, as in `Qwen3-4B-Q4_K_M.gguf`; "" without one."""
    found = _IN_A_NAME.findall(name)
    return found[-1].upper() if found else ""
