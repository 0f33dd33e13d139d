"""What kind of model a CTranslate2 weight file contains, and whether it is complete.

The file says how long each of its arrays is: one walks from length to length, which reads some
kilobytes of gigabytes (ctranslate2.specs.model_spec, `_serialize`).
"""

import os
import struct
from pathlib import Path
from typing import BinaryIO

#: The version of the format that is known here, and those of which nothing is said.
_VERSION, _OTHERS = 6, range(1, 20)
#: Arrays and other names at most: a damaged file may name any number.
_MOST = 100_000


class CutOff(Exception):
    """The file ends before what it says it holds, or holds no weights at all."""


def look(file: Path) -> tuple[str, dict[str, list[int]]]:
    """The kind of model, such as "WhisperSpec", and the shape of each array; "" if not known.

    Raises `CutOff` for a file that is not whole, and `OSError` where it cannot be read.
    """
    with file.open("rb") as opened:
        size = os.fstat(opened.fileno()).st_size
        version = _number(opened, "<I")
        if version != _VERSION:
            if version not in _OTHERS:
                raise CutOff
            return "", {}
        shapes = {}
        named = _text(opened)
        _number(opened, "<I")
        for _ in range(_many(opened)):
            name, axes = _text(opened), _number(opened, "<B")
            shapes[name] = [_number(opened, "<I") for _ in range(axes)]
            opened.seek(1, os.SEEK_CUR)
            opened.seek(_number(opened, "<I"), os.SEEK_CUR)
            if opened.tell() > size:
                raise CutOff
        for _ in range(_many(opened)):
            _text(opened)
            _text(opened)
    return named, shapes


def _many(opened: BinaryIO) -> int:
    many = _number(opened, "<I")
    if many > _MOST:
        raise CutOff
    return many


def _number(opened: BinaryIO, form: str) -> int:
    read = opened.read(struct.calcsize(form))
    if len(read) < struct.calcsize(form):
        raise CutOff
    return int(struct.unpack(form, read)[0])


def _text(opened: BinaryIO) -> str:
    length = _number(opened, "<H")
    read = opened.read(length)
    if len(read) < length:
        raise CutOff
    return read.rstrip(b"\0").decode("utf-8", "replace")
