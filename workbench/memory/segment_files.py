"""Segment files: a header and the arrays, memory-mapped; and their cache folder.

A file is written under a temporary name and renamed, so that it is never partial. It is never
changed: its replacement has another name, and a manifest lists the current files.
"""

import contextlib
import json
import mmap
import os
import secrets
import time
import zlib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from workbench import permissions
from workbench.memory.segment import COLUMNS, Segment

Number = TypeVar("Number", bound=np.generic)

#: The suffix of segment files.
SUFFIX = ".seg"
#: The age at which files of an older generation are removed: nobody is opening them any more.
LINGER_SECONDS = 600.0
_MAGIC = b"ENGRAMIX"
_ALIGN = 64
#: Maximum size of bodies that are always checked completely; the number and size of probes in
#: larger ones.
_SMALL, _PROBES, _PROBE = 4 << 20, 64, 4096
_READ = dict.fromkeys(COLUMNS, np.int32)


class SegmentError(Exception):
    """A segment file is missing, truncated or corrupt; the index must be rebuilt."""


def new_name(segment: Segment) -> str:
    """A unique name for the file of a segment."""
    return f"{segment.first:09d}-{segment.end:09d}-{secrets.token_hex(4)}{SUFFIX}"


def _arrays(segment: Segment) -> dict[str, NDArray[np.generic]]:
    return {
        "keys": segment.keys,
        "starts": segment.starts,
        "postings": segment.postings,
        "capitals": segment.capitals,
        "smalls": segment.smalls,
        "form_keys": segment.form_keys,
        "form_words": segment.form_words,
        **{f"column.{name}": array for name, array in segment.columns.items()},
    }


def write(segment: Segment, path: Path, *, synced: bool = False) -> None:
    """Write a segment to a new file, which appears under its name only when complete.

    `synced` flushes one whose content is not verified on reading. Raises `OSError`.
    """
    layout: dict[str, tuple[str, int, int]] = {}
    chunks: list[bytes] = []
    offset = 0
    for name, array in _arrays(segment).items():
        data = np.ascontiguousarray(array).tobytes()
        layout[name] = (array.dtype.str, offset, len(array))
        padding = -len(data) % _ALIGN
        chunks += [data, b"\0" * padding]
        offset += len(data) + padding
    body = b"".join(chunks)
    head = json.dumps(
        {
            "first": segment.first,
            "size": segment.size,
            "arrays": layout,
            "bytes": len(body),
            "crc": zlib.crc32(body),
            "mark": _mark(body),
        }
    ).encode()
    prefix = _MAGIC + len(head).to_bytes(4, "little") + zlib.crc32(head).to_bytes(4, "little")
    prefix += head
    prefix += b"\0" * (-len(prefix) % _ALIGN)
    part = path.with_name(path.name + ".part")
    with permissions.private(part).open("wb") as file:
        file.write(prefix)
        file.write(body)
        if synced:
            file.flush()
            os.fsync(file.fileno())
    os.replace(part, path)  # noqa: PTH105 - atomic replacement on every platform


def read(
    path: Path, columns: Mapping[str, type[np.generic]] = _READ, *, check_all: bool = True
) -> Segment:
    """Map a segment from its file. Raises `SegmentError` if it is missing or damaged.

    `columns` are the types of its columns. Unless `check_all`, a large body is only probed: reading
    it completely would slow down opening.
    """
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise SegmentError(str(error)) from error
    view = memoryview(mapped)
    if len(view) < 16 or view[:8] != _MAGIC:
        raise SegmentError("not a segment")
    length = int.from_bytes(view[8:12], "little")
    head = bytes(view[16 : 16 + length])
    if zlib.crc32(head) != int.from_bytes(view[12:16], "little"):
        raise SegmentError("its header is damaged")
    facts = json.loads(head)
    begin = 16 + length + -(16 + length) % _ALIGN
    body = view[begin : begin + facts["bytes"]]
    sound = len(body) == facts["bytes"] and (
        zlib.crc32(body) == facts["crc"] if check_all else _mark(body) == facts["mark"]
    )
    if not sound:
        raise SegmentError("its body is damaged")

    def array(name: str, kind: type[Number]) -> NDArray[Number]:
        stored, offset, size = facts["arrays"][name]
        if np.dtype(stored) != np.dtype(kind):
            raise SegmentError(f"its {name} are of another type")
        return np.frombuffer(body, dtype=kind, count=size, offset=offset)

    return Segment(
        first=facts["first"],
        size=facts["size"],
        keys=array("keys", np.uint64),
        starts=array("starts", np.int64),
        postings=array("postings", np.int32),
        capitals=array("capitals", np.int32),
        smalls=array("smalls", np.int32),
        form_keys=array("form_keys", np.uint64),
        form_words=array("form_words", np.uint64),
        columns={name: array(f"column.{name}", kind) for name, kind in columns.items()},
        path=path,
    )


def _mark(body: bytes | memoryview) -> int:
    if len(body) <= _SMALL:
        return zlib.crc32(body)
    mark = zlib.crc32(body[-_PROBE:])
    for i in range(_PROBES):
        at = (len(body) - _PROBE) * i // (_PROBES - 1)
        mark = zlib.crc32(body[at : at + _PROBE], mark)
    return mark


def replace_manifest(manifest: Path, facts: Mapping[str, Any]) -> None:
    """Replace a manifest atomically. Raises `OSError`."""
    fresh = manifest.with_name(f"{manifest.stem}.{secrets.token_hex(4)}.part")
    permissions.private(fresh).write_text(json.dumps(facts), encoding="utf-8")
    os.replace(fresh, manifest)  # noqa: PTH105 - atomic replacement on every platform


def sweep(folder: Path, exempt: Collection[str], linger: float = LINGER_SECONDS) -> None:
    """Remove files of older generations not modified for `linger` seconds.

    A process that is about to open one rebuilds its index instead.
    """
    timestamp = time.time()
    # Windows refuses to remove mapped files: a later sweep will.
    with contextlib.suppress(OSError):
        for file in folder.iterdir():
            if file.suffix not in (SUFFIX, ".part") or file.name in exempt:
                continue
            with contextlib.suppress(OSError):
                if linger <= 0 or timestamp - file.stat().st_mtime > linger:
                    file.unlink()
