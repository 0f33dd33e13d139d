"""Removes what killed programs left beside a library: half copies, salvages and exports."""

import contextlib
import os
import re
import secrets
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

#: Temporary folders: whose they are, with the process id that follows, and those of an export.
SALVAGE = "workbench-salvage-"
_OWNED = re.compile(rf"(?:{SALVAGE}|\..*\.)(\d+)-.*")
_PART = ".part"
#: Seconds for which a folder is left alone: its process may run on another machine.
_QUIET = 3600.0


def part_prefix(target: Path) -> str:
    """The prefix of the temporary folder of an export to `target`."""
    return f".{target.name}.{os.getpid()}-"


@contextlib.contextmanager
def folder(parent: Path, prefix: str, suffix: str = "") -> Iterator[Path]:
    """A new folder below `parent`, removed at the end of the block unless it was renamed.

    `tempfile` makes its folder before anything answers for removing it; a signal between the two
    leaves the folder behind.
    """
    place = parent / f"{prefix}{secrets.token_hex(8)}{suffix}"
    try:
        place.mkdir(mode=0o700)
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Remove folders of salvages and exports whose process is gone and that nobody writes."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            found = _OWNED.fullmatch(entry.name)
            if found is None or not entry.is_dir(follow_symlinks=False):
                continue
            if not entry.name.startswith(SALVAGE) and not entry.name.endswith(_PART):
                continue
            if is_terminated(int(found[1])) and time.time() - _newest(Path(entry.path)) > _QUIET:
                shutil.rmtree(entry.path, ignore_errors=True)


def _newest(folder: Path) -> float:
    times = [path.lstat().st_mtime for path in (folder, *folder.rglob("*"))]
    return max(times)


def is_terminated(process: int) -> bool:
    """Whether a process id of this machine is unused; False if unknown."""
    if sys.platform == "win32":
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except PermissionError:
        return False
    return False
