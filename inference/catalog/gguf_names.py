"""Reads names of GGUF files."""

from __future__ import annotations

import re

SPLIT_NAME = re.compile(r"(?P<stem>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf", re.IGNORECASE)
"""One file of a model in several, as llama.cpp's `gguf-split` names them."""


def is_projector(file_name: str) -> bool:
    """Whether it is a vision model's part that reads images."""
    return "mmproj" in file_name.lower()
