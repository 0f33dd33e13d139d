"""Segment files: a header and the arrays, mapped so that opening costs nothing that grows.

A file is written beside its place and moved there, so there is never half of one. What is read is
checked as a whole where it is small and at many places where it is large: damage must be
noticed, and reading all of a large file would cost more than opening quickly saves.
"""

import json
import mmap
import os
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workbench import permissions
from workbench.memory.postings.segment import Runs, Segment
from workbench.memory.postings.spelling import MOST, Spelled

_MAGIC = b"ENGRAMPO"
_ALIGN = 64
#: Bodies up to here are checked as a whole.
_SMALL = 4 << 20
_PROBES, _PROBE = 64, 4096

_KINDS: dict[str, type[np.generic]] = {
    "keys": np.uint64,
    "pool": np.uint32,
    "bitmaps": np.uint64,
    "id_begin": np.uint32,
    "id_value": np.int64,
    "at_begin": np.uint32,
    "at_value": np.float64,
    "word_starts": np.uint32,
    "word_hashes": np.uint64,
    "letters": np.uint16,
    "scopes": np.int64,
    "held": np.uint64,
}


class SegmentError(Exception):
    """A segment file is missing, cut off or damaged; the index has to be made anew."""


def write(segment: Segment, path: Path) -> None:
    """Write a segment, but not which facts were removed of late. Raises `OSError`."""
    layout: dict[str, tuple[int, int]] = {}
    chunks: list[bytes | memoryview] = []
    offset = 0
    for name, array in _arrays(segment).items():
        data = np.ascontiguousarray(array).reshape(-1)
        layout[name] = (offset, len(data))
        padding = -data.nbytes % _ALIGN
        chunks += [data.data.cast("B"), b"\0" * padding]
        offset += data.nbytes + padding
    part = path.with_name(path.name + ".part")
    with permissions.private(part).open("w+b") as file:
        file.write(b"\0" * _head_room(layout))
        for chunk in chunks:
            if len(chunk):
                file.write(chunk)
        file.flush()
        begin = _head_room(layout)
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            view = memoryview(mapped)
            body = view[begin:]
            mark = _mark(body)
            body.release()
            view.release()
        head = json.dumps(
            {
                "first": segment.first,
                "size": segment.size,
                "arrays": layout,
                "bytes": offset,
                "mark": mark,
            }
        ).encode()
        file.seek(0)
        file.write(_MAGIC + len(head).to_bytes(4, "little"))
        file.write(zlib.crc32(head).to_bytes(4, "little") + head)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)  # noqa: PTH105 - atomic replacement on every platform


def read(path: Path) -> Segment:
    """Map a segment. Raises `SegmentError` for what was not written so, `FileNotFoundError`.

    The arrays can be written to, which changes no file.
    """
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        raise SegmentError(str(error)) from error
    view = memoryview(mapped)
    if len(view) < 16 or view[:8] != _MAGIC:
        raise SegmentError("not a segment")
    length = int.from_bytes(view[8:12], "little")
    head = bytes(view[16 : 16 + length])
    if zlib.crc32(head) != int.from_bytes(view[12:16], "little"):
        raise SegmentError("its header is damaged")
    try:
        facts = json.loads(head)
        layout = facts["arrays"]
        begin = _head_room(layout)
        body = view[begin:]
        if len(body) != facts["bytes"] or _mark(body) != facts["mark"]:
            raise SegmentError("its body is damaged")
        size = int(facts["size"])
        arrays = {
            name: np.frombuffer(body, kind, count=layout[name][1], offset=layout[name][0])
            for name, kind in _KINDS.items()
        }
        return _segment(int(facts["first"]), size, arrays, path)
    except (KeyError, ValueError, TypeError) as error:
        raise SegmentError("its header says nothing") from error


def _segment(first: int, size: int, arrays: dict[str, NDArray[np.generic]], path: Path) -> Segment:
    got = {name: array.astype(_KINDS[name], copy=False) for name, array in arrays.items()}
    held = got["held"]
    starts = got["word_starts"]
    if len(held) != (size + 63) // 64 or len(starts) != MOST + 2:
        raise SegmentError("its columns do not fit")
    fields = {name: got[name] for name in ("keys", "pool", "scopes")}
    runs = Runs(**{name: got[name] for name in ("id_begin", "id_value", "at_begin", "at_value")})
    return Segment(
        first=first,
        size=size,
        bitmaps=got["bitmaps"].reshape(-1, len(held)),
        runs=runs,
        spelled=Spelled(starts, got["word_hashes"], got["letters"]),
        live=held.copy(),
        held=held,
        path=path,
        **fields,
    )


def _arrays(segment: Segment) -> dict[str, NDArray[np.generic]]:
    return {
        "keys": segment.keys,
        "pool": segment.pool,
        "bitmaps": segment.bitmaps,
        "id_begin": segment.runs.id_begin,
        "id_value": segment.runs.id_value,
        "at_begin": segment.runs.at_begin,
        "at_value": segment.runs.at_value,
        "word_starts": segment.spelled.starts,
        "word_hashes": segment.spelled.hashes,
        "letters": segment.spelled.letters,
        "scopes": segment.scopes,
        "held": segment.held,
    }


def _head_room(layout: dict[str, tuple[int, int]]) -> int:
    """Bytes before the body: enough for the header of this many arrays, whatever its numbers."""
    return 256 + 64 * len(layout)


def _mark(body: memoryview) -> int:
    if len(body) <= _SMALL:
        return zlib.crc32(body)
    mark = zlib.crc32(body[-_PROBE:])
    for i in range(_PROBES):
        at = (len(body) - _PROBE) * i // (_PROBES - 1)
        mark = zlib.crc32(body[at : at + _PROBE], mark)
    return mark
