"""What of this machine decides whether a model runs well: its memory and its graphics card."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache

from workbench.sizes import size_words

#: A model takes so much more memory than its file, for the text that it reads.
_MORE = 1.2
#: The share of the memory that can be had beside what else runs.
_SHARE = 0.85


@dataclass(frozen=True, slots=True)
class GraphicsCard:
    """A card that can run models: its name and its memory in bytes."""

    name: str
    memory: int


def memory() -> int | None:
    """The memory of this machine in bytes, None where it does not say."""
    if sys.platform == "win32":
        return _windows_memory()
    names = os.sysconf_names
    if "SC_PHYS_PAGES" not in names or "SC_PAGE_SIZE" not in names:
        return None
    total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return total if total > 0 else None


def _windows_memory() -> int | None:
    import ctypes

    total = ctypes.c_ulonglong(0)
    loader = getattr(ctypes, "windll", None)
    if loader is None or not loader.kernel32.GetPhysicallyInstalledSystemMemory(
        ctypes.byref(total)
    ):
        return None
    return int(total.value) * 1024


@lru_cache(1)
def graphics() -> tuple[GraphicsCard, ...]:
    """The cards that models can run on, by what their driver says; none where there is no driver.

    Asks once; takes up to seconds.
    """
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return ()
    try:
        table = subprocess.run(
            [tool, "--query-gpu=name,memory.total", "--format=csv,noheader,nounits"],
            capture_output=True,
            timeout=5,
            check=True,
        ).stdout.decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError):
        # A driver that does not answer runs no model either.
        return ()
    return cards(table)


def cards(table: str) -> tuple[GraphicsCard, ...]:
    """The cards in the driver's table: a line each, name and megabytes."""
    result: list[GraphicsCard] = []
    for line in table.splitlines():
        name, comma, size = line.rpartition(",")
        if comma and name.strip() and size.strip().isdigit():
            result.append(GraphicsCard(name.strip(), int(size) << 20))
    return tuple(result)


def fit(size: int, total: int | None, on_cards: int) -> tuple[bool | None, str]:
    """Whether a model of `size` bytes fits into memory, and one sentence on that.

    `on_cards` is the memory of the graphics cards in bytes. None where nobody knows.
    """
    needed = int(size * _MORE)
    if not size or total is None:
        return None, ""
    if needed <= on_cards:
        return True, "Fits on the graphics card."
    if needed <= total * _SHARE:
        return True, "Fits in memory."
    return False, (
        f"Needs about {size_words(needed)} of memory; this machine has {size_words(total)}."
    )
