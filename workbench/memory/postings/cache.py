"""The cache folder of the index of facts: segment files and a manifest that names those in force.

Several processes, and copies of one library, may share a folder. Every file has a name of its own
and is never changed; the manifest is replaced in one step, and the last one to do so wins, which
costs the others work and nothing else. Files that a manifest has replaced go at once, and whoever
was about to open one of them makes its index anew.
"""

import contextlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from workbench import permissions
from workbench.memory import segment_files
from workbench.memory.segment import Segment
from workbench.memory.segment_files import SegmentError

_LAYOUT = 3
_MANIFEST = "postings.json"
_COLUMNS: dict[str, type[np.generic]] = {"id": np.int64, "at": np.float64, "live": np.bool_}


@dataclass(frozen=True, slots=True)
class Kept:
    """What a manifest leads to.

    `dead` are the ordinals of facts that were removed since their files were written, `marks` are
    (id, dedup key) of some facts, `note` is the caller's.
    """

    segments: tuple[Segment, ...]
    dead: tuple[int, ...]
    marks: tuple[tuple[int, int], ...]
    note: Any


def load(folder: Path, stamp: object) -> Kept | None:
    """Map what the cache holds; None where it is missing, damaged, or not for this stamp."""
    try:
        facts = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        if facts["stamp"] != _stamp(stamp):
            return None
        parts = [read(folder / name) for name in facts["segments"]]
        marks = tuple((int(id_), int(same)) for id_, same in facts["marks"])
        dead = tuple(map(int, facts["dead"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, SegmentError):
        # Whatever is wrong with the cache, the cure is the same: make it again.
        return None
    end = parts[-1].end if parts else 0
    follow = [0, *(part.end for part in parts)] == [*(part.first for part in parts), end]
    if not follow or not all(0 <= ordinal < end for ordinal in dead):
        return None
    segment_files.sweep(folder, facts["segments"])
    return Kept(tuple(parts), dead, marks, facts["note"])


def read(path: Path) -> Segment:
    """Map a segment of facts. Raises `SegmentError`."""
    part = segment_files.read(path, _COLUMNS, whole=False)
    if any(len(column) != part.size for column in part.columns.values()):
        raise SegmentError("its columns do not fit")
    return part


def stored(part: Segment, folder: Path) -> Segment:
    """The segment, mapped from a new file of the folder. Raises `OSError`, `SegmentError`."""
    permissions.folder(folder)
    path = folder / segment_files.new_name(part)
    segment_files.write(part, path, synced=True)
    return read(path)


def publish(folder: Path, stamp: object, kept: Kept, *, everything: bool) -> None:
    """Put these segments, all in files, in force, unless somebody else's hold more.

    With `everything` older files go at once: they may hold what was removed. Raises `OSError`.
    """
    names = [part.path.name for part in kept.segments if part.path is not None]
    facts = {
        "stamp": _stamp(stamp),
        "segments": names,
        "dead": kept.dead,
        "marks": kept.marks,
        "note": kept.note,
        "last": int(kept.segments[-1].columns["id"][-1]) if kept.segments else 0,
    }
    theirs = _in_force(folder)
    if not everything and _outdone(folder, facts, theirs):
        return
    if not all((folder / name).is_file() for name in names):
        # Another process has put its own in their place.
        return
    segment_files.put_in_force(folder / _MANIFEST, facts)
    for name in set(map(str, theirs.get("segments", ()))) - set(names):
        if Path(name).name == name and name.endswith(segment_files.SUFFIX):
            with contextlib.suppress(OSError):
                (folder / name).unlink()
    segment_files.sweep(folder, names, 0.0 if everything else segment_files.LINGER_SECONDS)


def drop(folder: Path) -> None:
    """Take the cache away, as far as that is possible."""
    with contextlib.suppress(OSError):
        (folder / _MANIFEST).unlink()
    segment_files.sweep(folder, (), 0.0)


def _in_force(folder: Path) -> dict[str, Any]:
    """What the manifest in force says."""
    try:
        facts = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return facts if isinstance(facts, dict) else {}


def _outdone(folder: Path, facts: dict[str, Any], theirs: dict[str, Any]) -> bool:
    """Whether the manifest in force holds newer facts, and knows of as many removals."""
    try:
        return bool(
            theirs["stamp"] == facts["stamp"]
            and theirs["note"] == json.loads(json.dumps(facts["note"]))
            and theirs["last"] > facts["last"]
            and all((folder / name).is_file() for name in theirs["segments"])
        )
    except (KeyError, TypeError):
        return False


def _stamp(stamp: object) -> Any:
    return json.loads(json.dumps([_LAYOUT, stamp]))


def dead(segments: Sequence[Segment], live: Any) -> tuple[int, ...]:
    """The ordinals of facts that are removed and in the postings of these segments still."""
    lost = [
        np.flatnonzero(part.columns["live"] & ~live[part.first : part.end]) + part.first
        for part in segments
    ]
    return tuple(np.concatenate([np.zeros(0, np.int64), *lost]).tolist())
