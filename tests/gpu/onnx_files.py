"""Writes small ONNX files by hand: the onnx package wants another protobuf than mediapipe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

FLOAT, INTS, INT = 1, 7, 2


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def _field(number: int, value: int | str | bytes) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    data = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def _message(*fields: tuple[int, int | str | bytes]) -> bytes:
    return b"".join(_field(number, value) for number, value in fields)


def tensor(name: str, values: NDArray[np.float32]) -> bytes:
    """A TensorProto."""
    return _message(*((1, size) for size in values.shape), (2, FLOAT), (8, name), (9, values.tobytes()))


def node(kind: str, inputs: Sequence[str], output: str, **attributes: int | Sequence[int]) -> bytes:
    """A NodeProto with one output."""
    told = []
    for name, value in attributes.items():
        if isinstance(value, int):
            told.append(_message((1, name), (3, value), (20, INT)))
        else:
            told.append(_message((1, name), *((8, each) for each in value), (20, INTS)))
    return _message(*((1, each) for each in inputs), (2, output), (4, kind), *((5, each) for each in told))


def _value(name: str, shape: Sequence[int]) -> bytes:
    sizes = _message(*((1, _message((1, size))) for size in shape))
    return _message((1, name), (2, _message((1, _message((1, FLOAT), (2, sizes))))))


def model(
    nodes: Sequence[bytes],
    constants: Sequence[bytes],
    inputs: Mapping[str, Sequence[int]],
    outputs: Mapping[str, Sequence[int]],
) -> bytes:
    """A ModelProto."""
    graph = _message(
        *((1, each) for each in nodes),
        (2, "graph"),
        *((5, each) for each in constants),
        *((11, _value(*each)) for each in inputs.items()),
        *((12, _value(*each)) for each in outputs.items()),
    )
    return _message((1, 8), (7, graph), (8, _message((2, 13))))
