"""Weights in safetensors files: a header in JSON, then the numbers of each tensor.

The format is at https://huggingface.co/docs/safetensors: eight bytes with the header's length, the
header with type, shape and place of each tensor, and the bytes. Nothing in it is executed.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_TYPES: Mapping[str, np.dtype[Any]] = {
    "F64": np.dtype("<f8"),
    "F32": np.dtype("<f4"),
    "F16": np.dtype("<f2"),
    "I64": np.dtype("<i8"),
}
#: Bytes that a header may have.
_MOST = 16 << 20


def load(path: Path) -> Mapping[str, NDArray[np.float32]]:
    """The tensors of a file by name, as float32. Raises `ValueError` where it is damaged."""
    raw = np.memmap(path, np.uint8, "r")
    length = int(raw[:8].view("<u8")[0]) if len(raw) >= 8 else _MOST + 1
    if length > min(_MOST, len(raw) - 8):
        raise ValueError("header")
    header = json.loads(bytes(raw[8 : 8 + length]))
    body = raw[8 + length :]
    found = {}
    for name, told in header.items():
        if name == "__metadata__":
            continue
        first, last = told["data_offsets"]
        kind = _TYPES.get(told["dtype"])
        if kind is None or not 0 <= first <= last <= len(body):
            raise ValueError(name)
        part = np.frombuffer(body[first:last].tobytes(), kind).reshape(told["shape"])
        found[name] = part.astype(np.float32)
    return found


def save(path: Path, tensors: Mapping[str, NDArray[np.float32]]) -> None:
    """Write tensors as float32 under their names."""
    header: dict[str, Any] = {}
    body = b""
    for name, values in tensors.items():
        raw = np.ascontiguousarray(values, "<f4").tobytes()
        place = [len(body), len(body) + len(raw)]
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": place}
        body += raw
    head = json.dumps(header).encode()
    path.write_bytes(len(head).to_bytes(8, "little") + head + body)
