"""Arrays that follow from a library, in a file of its cache: stamped, and missed by nobody."""

import contextlib
import os
import secrets
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench import permissions

Arrays = Mapping[str, NDArray[Any]]

_STAMP = "stamp"


def keep(file: Path, stamp: str, arrays: Arrays) -> None:
    """Put arrays in place of what the file held, all of them or none; `stamp` says for what.

    A full or read-only folder costs the next start its reading, and nothing else.
    """
    fresh = file.with_name(f"{file.stem}.{secrets.token_hex(4)}.part")
    try:
        permissions.folder(file.parent)
        with permissions.private(fresh).open("wb") as out:
            np.savez(out, allow_pickle=False, **{_STAMP: np.array(stamp)}, **arrays)
        os.replace(fresh, file)  # noqa: PTH105 - atomic on every platform
    except OSError:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)


def kept(file: Path, stamp: str, names: Collection[str]) -> dict[str, NDArray[Any]] | None:
    """The arrays kept under that stamp; None where not every one is there and can be read."""
    try:
        with file.open("rb") as held, np.load(held, allow_pickle=False) as arrays:
            if str(arrays[_STAMP]) != stamp:
                return None
            return {name: arrays[name] for name in names}
    except Exception:  # noqa: BLE001 - whatever is wrong with the cache, it is made anew
        return None


def drop(file: Path) -> None:
    """Remove what was kept, where there is something."""
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)
