"""Leaves out of a bundle what only debuggers read: half of CTranslate2, a third of PyAV.

Libraries that auditwheel has moved sections of (the folders `*.libs`) do not survive it and stay.
"""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

#: PyInstaller's entry: name in the bundle, origin, kind.
Entry = tuple[str, str, str]

#: Bytes: smaller files are not worth a copy.
_SMALLEST = 1_000_000


def stripped(binaries: Sequence[Entry], folder: Path) -> list[Entry]:
    """The binaries of a bundle, the large ones as stripped copies, made in `folder`."""
    if not sys.platform.startswith("linux"):
        return list(binaries)
    return [
        (
            name,
            str(_copy(name, Path(origin), folder)) if _is_large(name, origin, kind) else origin,
            kind,
        )
        for name, origin, kind in binaries
    ]


def _is_large(name: str, origin: str, kind: str) -> bool:
    return (
        kind in ("BINARY", "EXTENSION")
        and ".libs/" not in name
        and "PySide6" not in name
        and Path(origin).stat().st_size > _SMALLEST
    )


def _copy(name: str, origin: Path, folder: Path) -> Path:
    target = folder / "stripped" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(origin, target)
    subprocess.run(["strip", "--strip-unneeded", str(target)], check=True)
    return target
