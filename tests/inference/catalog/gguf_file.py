"""Small GGUF files, whole but for their weights."""

from __future__ import annotations

import struct
from pathlib import Path

Value = str | int | float | bool | list[str] | list[int]

_TENSOR_BYTES = 64


def write_gguf(
    path: Path, architecture: str = "llama", values: dict[str, Value] | None = None
) -> Path:
    """With one tensor of sixteen numbers. `values` come after the architecture; keys that begin
    with a dot get the architecture in front.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(header(architecture, values) + bytes(_TENSOR_BYTES))
    return path


def header(architecture: str = "llama", values: dict[str, Value] | None = None) -> bytes:
    """Without the tensor's bytes."""
    named: dict[str, Value] = {"general.architecture": architecture}
    for key, value in (values or {}).items():
        named[f"{architecture}{key}" if key[:1] == "." else key] = value
    pairs = b"".join(_text(key) + _kind(value) + _bytes(value) for key, value in named.items())
    tensor = _text("token_embd.weight") + struct.pack("<I2QIQ", 2, 4, 4, 0, 0)
    return b"GGUF" + struct.pack("<IQQ", 3, 1, len(named)) + pairs + tensor


def _text(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def _kind(value: Value) -> bytes:
    kinds: dict[type, int] = {bool: 7, int: 4, float: 6, str: 8, list: 9}
    return struct.pack("<I", kinds[type(value)])


def _bytes(value: Value) -> bytes:
    if isinstance(value, list):
        items = b"".join(_bytes(item) for item in value)
        return _kind(value[0]) + struct.pack("<Q", len(value)) + items
    if isinstance(value, str):
        return _text(value)
    layout = "<?" if isinstance(value, bool) else "<I" if isinstance(value, int) else "<f"
    return struct.pack(layout, value)
