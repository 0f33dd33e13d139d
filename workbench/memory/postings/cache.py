"""The cache folder of the index: segment files and a manifest that names those in force.

Several processes, and copies of one library, may share a folder. Every file has a name of its own
and is never changed; the manifest is replaced in one step, and the last one to do so wins, which
costs the others work and nothing else. Files that a manifest has replaced go at once, and whoever
was about to open one of them reads the manifest again; files that no manifest has named yet linger
for those who may be about to.
"""

import contextlib
import json
import os
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from workbench import permissions
from workbench.memory.postings import files
from workbench.memory.postings.files import SegmentError
from workbench.memory.postings.segment import Segment

_LAYOUT = 2
_LINGER_SECONDS = 60.0
_MANIFEST = "postings.json"
_LOOKS = 3

#: Files that this process has made, by folder.
_made: dict[Path, set[str]] = {}


@dataclass(frozen=True, slots=True)
class Kept:
    """What a manifest leads to. `marks` are (id, dedup key) of some facts, `note` the caller's."""

    segments: tuple[Segment, ...]
    marks: tuple[tuple[int, int], ...]
    note: Any


def load(folder: Path, stamp: object) -> Kept | None:
    """Map what the cache holds; None where it is missing, damaged, or not for this stamp."""
    for _ in range(_LOOKS):
        # Between reading the manifest and the files it names, another may have replaced both.
        with contextlib.suppress(FileNotFoundError):
            return _load(folder, stamp)
    return None


def _load(folder: Path, stamp: object) -> Kept | None:
    try:
        facts = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        if facts["stamp"] != _stamp(stamp):
            return None
        parts = []
        end = 0
        for name in facts["segments"]:
            part = files.read(folder / name)
            if part.first != end:
                return None
            end = part.end
            dead = np.array(facts["dead"].get(name, ()), np.int64)
            if len(dead) and not 0 <= dead.min() <= dead.max() < part.size:
                return None
            kill(part, dead)
            parts.append(part)
        marks = tuple((int(id_), int(same)) for id_, same in facts["marks"])
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, TypeError, AttributeError, SegmentError):
        # Whatever is wrong with the cache, the cure is the same: make it again.
        return None
    sweep(folder, set(facts["segments"]), _LINGER_SECONDS)
    return Kept(tuple(parts), marks, facts["note"])


def kill(part: Segment, ordinals: Any) -> None:
    """Mark facts of a segment as removed, by their ordinals in it."""
    at = np.asarray(ordinals, np.int64)
    bits = ~(np.uint64(1) << (at & 63).astype(np.uint64))
    np.bitwise_and.at(part.live, at >> 6, bits)


def stored(part: Segment, folder: Path) -> Segment:
    """The segment, mapped from a new file of the folder. Raises `OSError`, `SegmentError`."""
    permissions.folder(folder)
    path = folder / f"{part.first:010d}-{part.end:010d}-{secrets.token_hex(4)}.facts"
    files.write(part, path)
    _made.setdefault(folder, set()).add(path.name)
    mapped = files.read(path)
    # Facts that are removed from here on are removed from this very array.
    return replace(mapped, live=part.live)


def publish(
    folder: Path,
    stamp: object,
    kept: Kept,
    *,
    everything: bool,
) -> bool:
    """Put these segments, all in files, in force; False where somebody else's hold more.

    With `everything` older files go at once: they may hold what was removed. Raises `OSError`.
    """
    names = [part.path.name for part in kept.segments if part.path is not None]
    dead: dict[str, Sequence[int]] = {}
    for part in kept.segments:
        if part.path is not None and part.dead():
            gone = np.unpackbits((part.held & ~part.live).view(np.uint8), bitorder="little")
            dead[part.path.name] = np.flatnonzero(gone).tolist()
    facts = {
        "stamp": _stamp(stamp),
        "segments": names,
        "dead": dead,
        "marks": kept.marks,
        "note": kept.note,
        "last": last_id(kept.segments),
    }
    if not everything and _outdone(folder, facts):
        return False
    if not all((folder / name).is_file() for name in names):
        # Another process has put its own in their place.
        return False
    replaced = (_named(folder) | _made.pop(folder, set())) - set(names)
    _made[folder] = set(names)
    fresh = folder / f"postings.{secrets.token_hex(4)}.part"
    permissions.private(fresh).write_text(json.dumps(facts), encoding="utf-8")
    os.replace(fresh, folder / _MANIFEST)  # noqa: PTH105 - atomic replacement on every platform
    for name in replaced:
        with contextlib.suppress(OSError):
            (folder / name).unlink()
    sweep(folder, set(names), 0.0 if everything else _LINGER_SECONDS)
    return True


def _named(folder: Path) -> set[str]:
    """The files of the manifest in force."""
    try:
        names = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))["segments"]
        return {name for name in names if Path(name).name == name and name.endswith(".facts")}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return set()


def drop(folder: Path) -> None:
    """Take the cache away, as far as that is possible."""
    with contextlib.suppress(OSError):
        (folder / _MANIFEST).unlink()
    sweep(folder, set(), 0.0)


def last_id(segments: Sequence[Segment]) -> int:
    """The id of the newest fact, 0 where there is none."""
    if not segments:
        return 0
    last = segments[-1]
    return int(last.ids(np.array([last.size - 1]))[0])


def sweep(folder: Path, keep: set[str], linger: float) -> None:
    """Remove files of older generations that were not touched for `linger` seconds.

    A process that is about to open one of them makes its index anew instead.
    """
    now = time.time()
    # Windows refuses to remove what another process has mapped: the next sweep will.
    with contextlib.suppress(OSError):
        for file in folder.iterdir():
            if file.suffix not in (".facts", ".part") or file.name in keep:
                continue
            with contextlib.suppress(OSError):
                if linger <= 0 or now - file.stat().st_mtime > linger:
                    file.unlink()


def _outdone(folder: Path, facts: dict[str, Any]) -> bool:
    """Whether the manifest in force holds newer facts, and knows of as many removals."""
    try:
        theirs = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        return bool(
            theirs["stamp"] == facts["stamp"]
            and theirs["note"] == json.loads(json.dumps(facts["note"]))
            and theirs["last"] > facts["last"]
            and all((folder / name).is_file() for name in theirs["segments"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _stamp(stamp: object) -> Any:
    return json.loads(json.dumps([_LAYOUT, stamp]))
