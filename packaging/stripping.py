"""Leaves out of a bundle what only debuggers and graphics cards read, and other languages' data.

It is half of CTranslate2 and a third of PyAV. Libraries that auditwheel has moved sections of (the
folders `*.libs`) do not survive `strip`; of them whole pages are cut (`pages`).
"""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import icu
import pages

#: PyInstaller's entry: name in the bundle, origin, kind.
Entry = tuple[str, str, str]

#: Bytes: smaller files, and smaller cuts, are not worth a copy.
_SMALLEST, _LEAST = 1_000_000, 100_000


def stripped(binaries: Sequence[Entry], folder: Path) -> list[Entry]:
    """The binaries of a bundle, the large ones as smaller copies, made in `folder`."""
    if not sys.platform.startswith("linux"):
        return list(binaries)
    return [
        (name, str(_smaller(name, Path(origin), folder / "stripped")), kind)
        if kind in ("BINARY", "EXTENSION") and Path(origin).stat().st_size > _SMALLEST
        else (name, origin, kind)
        for name, origin, kind in binaries
    ]


def _smaller(name: str, origin: Path, folder: Path) -> Path:
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if icu.is_data(origin):
        return icu.reduced(origin, target.parent)
    if ".libs/" in name or "PySide6" in name or "pypdfium2" in name:
        content = origin.read_bytes()
        made = pages.cut(content)
        if len(content) - len(made) < _LEAST:
            return origin
        target.write_bytes(made)
        return target
    shutil.copyfile(origin, target)
    subprocess.run(["strip", "--strip-unneeded", str(target)], check=True)
    return target
