"""The built-in model with its layers many times over: a large GGUF file where none can be had.

It says nothing of sense and is loaded like any other of its size.
"""

from __future__ import annotations

from pathlib import Path

from gguf import GGUFReader, GGUFValueType, GGUFWriter, ReaderField, ReaderTensor

_OF_THE_FORMAT = ("GGUF.", "general.architecture")
"""The writer's own to write."""


def grow(source: Path, layers: int, target: Path) -> Path:
    """A model of `layers` layers, the source's again and again; returns `target`."""
    reader = GGUFReader(source)
    writer = GGUFWriter(target, _architecture(reader))
    for field in reader.fields.values():
        if not field.name.startswith(_OF_THE_FORMAT):
            _write_field(writer, field, layers if field.name == _layers(reader) else None)
    for tensor in reader.tensors:
        for name in _names(tensor.name, reader, layers):
            _write_tensor(writer, name, tensor)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return target


def _names(name: str, reader: GGUFReader, layers: int) -> list[str]:
    """What a tensor is called in every layer that is its copy; most stand in a layer."""
    kind, _, rest = name.partition(".")
    if kind != "blk":
        return [name]
    number, _, part = rest.partition(".")
    known = int(reader.fields[_layers(reader)].contents())
    return [f"blk.{layer}.{part}" for layer in range(int(number), layers, known)]


def _architecture(reader: GGUFReader) -> str:
    return str(reader.fields["general.architecture"].contents())


def _layers(reader: GGUFReader) -> str:
    """The field that has their number."""
    return f"{_architecture(reader)}.block_count"


def _write_field(writer: GGUFWriter, field: ReaderField, other: int | None) -> None:
    value = field.contents() if other is None else other
    kind = field.types[0]
    inner = field.types[-1] if kind is GGUFValueType.ARRAY else None
    writer.add_key_value(field.name, value, kind, sub_type=inner)


def _write_tensor(writer: GGUFWriter, name: str, tensor: ReaderTensor) -> None:
    shape = tensor.data.shape
    writer.add_tensor(name, tensor.data, raw_shape=shape, raw_dtype=tensor.tensor_type)
