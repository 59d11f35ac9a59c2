"""Weights that neither transformers nor llama.cpp reads, recognised by the files' names. Pure."""

from __future__ import annotations

from collections.abc import Collection

_READ = (".safetensors", "pytorch_model.bin", "pytorch_model.bin.index.json")
_BY_ENDING: tuple[tuple[str, str], ...] = (
    ("openvino_model.xml", "OpenVINO"),
    (".onnx", "ONNX"),
    (".h5", "TensorFlow"),
    (".msgpack", "Flax"),
    (".tflite", "TensorFlow Lite"),
    (".mlmodelc", "Core ML"),
    (".mlpackage", "Core ML"),
    ("consolidated.00.pth", "PyTorch (.pth)"),
    ("onnx", "ONNX"),
)
"""The last is the folder in which Hugging Face's own converter puts them."""


def other_format(names: Collection[str]) -> str:
    """The library whose weights are in a folder with these files and folders; "" where there are
    others too that can be read, or none.
    """
    if any(name.endswith(_READ) for name in names):
        return ""
    return next(
        (library for end, library in _BY_ENDING for name in names if name.endswith(end)), ""
    )
