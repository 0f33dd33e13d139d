"""Inspects a CTranslate2 weight file: the kind of model, and whether it is complete.

Seeks over the arrays, so that kilobytes of gigabytes are read (ctranslate2.specs.model_spec,
`_serialize`).
"""

import os
import struct
from pathlib import Path
from typing import BinaryIO

#: The format version that is read, and those of which nothing is known.
_VERSION, _OTHER_VERSIONS = 6, range(1, 20)
#: Most arrays and names: a damaged file may claim any number.
_LIMIT = 100_000


class TruncatedError(Exception):
    """The file is truncated, or is no weight file."""


def inspect(path: Path) -> tuple[str, dict[str, list[int]]]:
    """The kind of model, such as "WhisperSpec", and the shape of each array; "" if unknown.

    Raises `TruncatedError` for an incomplete file, and `OSError`.
    """
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        version = _number(file, "<I")
        if version != _VERSION:
            if version not in _OTHER_VERSIONS:
                raise TruncatedError
            return "", {}
        shapes = {}
        kind = _text(file)
        _number(file, "<I")
        for _ in range(_length(file)):
            name, axes = _text(file), _number(file, "<B")
            shapes[name] = [_number(file, "<I") for _ in range(axes)]
            file.seek(1, os.SEEK_CUR)
            file.seek(_number(file, "<I"), os.SEEK_CUR)
            if file.tell() > size:
                raise TruncatedError
        for _ in range(_length(file)):
            _text(file)
            _text(file)
    return kind, shapes


def _length(file: BinaryIO) -> int:
    length = _number(file, "<I")
    if length > _LIMIT:
        raise TruncatedError
    return length


def _number(file: BinaryIO, form: str) -> int:
    read = file.read(struct.calcsize(form))
    if len(read) < struct.calcsize(form):
        raise TruncatedError
    return int(struct.unpack(form, read)[0])


def _text(file: BinaryIO) -> str:
    length = _number(file, "<H")
    read = file.read(length)
    if len(read) < length:
        raise TruncatedError
    return read.rstrip(b"\0").decode("utf-8", "replace")
