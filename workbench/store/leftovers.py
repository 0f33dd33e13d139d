"""Removes what killed programs left beside a library: half copies, salvages and exports."""

import contextlib
import os
import re
import shutil
import sys
import time
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
