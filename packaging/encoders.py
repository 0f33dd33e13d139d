"""Leaves encoders, most of all those under the GPL, out of a bundle that decodes only.

FFmpeg in the wheel of PyAV is under the LGPL, but asks for x264, x265 and SVT-AV1 when it is
loaded. In their place come libraries of the same names whose functions answer nothing: FFmpeg asks
x265 what it can do, and is never told to encode. A C compiler makes them; tried on Linux alone.
"""

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

#: PyInstaller's entry: name in the bundle, origin, kind.
Entry = tuple[str, str, str]

_ENCODER = re.compile(r"lib(?:x26[45]|SvtAv1Enc)[^/\\]*\.(?:so|dylib|dll)")
_MADE = re.compile(rf"{_ENCODER.pattern}|_compiled\.")
_SYMBOL = re.compile(r"\b_?((?:x26[45]|svt)_\w+)")
#: What lists the functions that a library asks others for.
_LISTING = {"darwin": ("nm", "-u"), "win32": ("objdump", "-p")}.get(sys.platform, ("objdump", "-T"))


def left_out(binaries: Sequence[Entry], folder: Path) -> list[Entry]:
    """The binaries of a bundle with empty libraries, made in `folder`, for the encoders."""
    wanted = [name for name, _, kind in binaries if kind == "BINARY" and _ENCODER.search(name)]
    if not wanted:
        return list(binaries)
    asked = {
        symbol
        for name, origin, kind in binaries
        if kind == "BINARY" and re.match("(?:lib)?avcodec", Path(name).name)
        for symbol in _SYMBOL.findall(_run(*_LISTING, origin))
    }
    made = {name: str(_empty(Path(name).name, asked, folder)) for name in wanted}
    return [(name, made.get(name, origin), kind) for name, origin, kind in binaries]


def origin(origin: str, folder: str) -> str:
    """Where a file of the bundle comes from: what was made in `folder` is made by this module."""
    return __file__ if _MADE.search(origin) and Path(folder) in Path(origin).parents else origin


def _empty(name: str, symbols: set[str], folder: Path) -> Path:
    """A library called `name` in which each symbol is a function that answers nothing."""
    code, made = folder / f"{name}.c", folder / name
    code.write_text("".join(f"long {each}(void) {{ return 0; }}\n" for each in sorted(symbols)))
    naming = {"darwin": ["-Wl,-install_name,@rpath/" + name], "win32": []}.get(
        sys.platform, ["-Wl,-soname," + name]
    )
    _run("cc", "-shared", "-nostdlib", "-fno-builtin", *naming, "-o", str(made), str(code))
    return made


def _run(*words: str) -> str:
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout
