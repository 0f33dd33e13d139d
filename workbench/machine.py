"""What this machine has for language models: its memory, and a graphics card if there is one.

Found out without importing anything that runs models; nothing is contacted. A card that cannot be
found leaves the processor, which every part of the program can do with.
"""

import ctypes
import os
import platform
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

#: Seconds that a driver's program may take to answer.
_PATIENCE = 5.0
_MEBIBYTE = 1 << 20
_AMD = "0x1002"


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes of memory in all and those that are free for a program now; 0 where unknown."""

    total: int
    free: int


@dataclass(frozen=True, slots=True)
class Graphics:
    """A graphics card that language models can use; `memory` in bytes, 0 where unknown."""

    name: str
    memory: int


def memory() -> Memory:
    """How much memory this machine has and how much of it is free."""
    if platform.system() == "Windows":
        return _windows_memory()
    names = getattr(os, "sysconf_names", {})
    if not {"SC_PHYS_PAGES", "SC_PAGE_SIZE"}.issubset(names):
        return Memory(0, 0)
    total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return Memory(total, min(total, _available() or total))


def _available(told: Path = Path("/proc/meminfo")) -> int:
    """Bytes that Linux says a new program can have; 0 elsewhere."""
    try:
        lines = told.read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    found = next((line for line in lines if line.startswith("MemAvailable:")), "")
    parts = found.split()
    return int(parts[1]) * 1024 if len(parts) > 1 and parts[1].isdigit() else 0


def _windows_memory() -> Memory:
    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            ("total", ctypes.c_ulonglong),
            ("free", ctypes.c_ulonglong),
            ("rest", ctypes.c_ulonglong * 5),
        )

    status = Status()
    status.length = ctypes.sizeof(Status)
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - only Windows has it
    if not kernel.GlobalMemoryStatusEx(ctypes.byref(status)):
        return Memory(0, 0)
    return Memory(int(status.total), int(status.free))


def graphics() -> list[Graphics]:
    """The graphics cards of this machine that run models: NVIDIA's, AMD's, Apple's (M4)."""
    return [*_nvidia(), *_amd(), *_apple()]


def _nvidia() -> list[Graphics]:
    program = shutil.which("nvidia-smi")
    if program is None:
        return []
    asked = [program, "--query-gpu=name,memory.total", "--format=csv,noheader,nounits"]
    try:
        done = subprocess.run(
            asked, capture_output=True, text=True, timeout=_PATIENCE, check=False,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError, ValueError):
        return []
    # A driver that does not fit its card says so on the same channel, and fails.
    return [] if done.returncode else parse_nvidia(done.stdout)


def parse_nvidia(told: str) -> list[Graphics]:
    """The cards in what `nvidia-smi` prints: a line each, "NVIDIA H200, 143771" (MiB)."""
    found = []
    for line in told.splitlines():
        name, comma, size = line.rpartition(",")
        if comma and name.strip():
            octets = int(size) * _MEBIBYTE if size.strip().isdigit() else 0
            found.append(Graphics(name.strip(), octets))
    return found


def _amd(cards: Path = Path("/sys/class/drm")) -> list[Graphics]:
    found = []
    for device in sorted(cards.glob("card[0-9]*/device")):
        if _read(device / "vendor") == _AMD:
            size = _read(device / "mem_info_vram_total")
            name = _read(device / "product_name") or "AMD graphics card"
            found.append(Graphics(name, int(size) if size.isdigit() else 0))
    return found


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _apple() -> list[Graphics]:
    if platform.system() != "Darwin" or platform.machine() != "arm64":
        return []
    return [Graphics("Apple graphics, with the memory of the machine", memory().total)]
