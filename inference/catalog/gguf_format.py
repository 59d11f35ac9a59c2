"""The bytes of a GGUF file's header into values. Pure.

The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from inference.catalog.gguf_reader import GgufReader, Value

MAGIC = b"GGUF"
_MOST_PARAMETERS = 1 << 50


@dataclass(frozen=True, slots=True)
class RawHeader:
    """`values` has the scalars, texts and short arrays of numbers; None stands for other arrays.

    `end` is where the header ends; the last tensor begins `last_tensor` bytes after it or a
    little later, for alignment. `parameters` are the elements of all tensors.
    """

    values: Mapping[str, Value]
    tensors: int
    parameters: int
    last_tensor: int
    end: int


def parse(data: bytes) -> RawHeader:
    """The header with which `data` begins.

    Raises `CutShortError` where `data` ends before the header does, `ValueError` where it is
    none.
    """
    if data[:4] != MAGIC[: len(data)]:
        raise ValueError("not a GGUF file")
    reader = GgufReader(data, len(MAGIC))
    tensors, count = reader.counts()
    values = {reader.text(): reader.value() for _ in range(count)}
    parameters = last = 0
    for _ in range(tensors):
        shape, offset = reader.tensor()
        parameters += math.prod(shape)
        if parameters > _MOST_PARAMETERS:
            raise ValueError(f"a tensor of the shape {shape}")
        last = max(last, offset)
    return RawHeader(values, tensors, parameters, last, reader.at)
