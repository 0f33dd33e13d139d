"""Leaves encoders, most of all those under the GPL, out of a bundle that decodes only.

FFmpeg in the wheel of PyAV is under the LGPL, but asks for x264, x265 and SVT-AV1 when it is
loaded. In their place come libraries of the same names whose functions answer nothing: FFmpeg asks
x265 what it can do, and is never told to encode. `as` and `ld` come with objcopy, in binutils.
"""

import platform
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

#: PyInstaller's entry: name in the bundle, origin, kind.
Entry = tuple[str, str, str]

#: A function that returns 0.
_NOTHING = {"x86_64": "xor %eax, %eax; ret", "aarch64": "mov x0, #0; ret"}
_ENCODER = re.compile(r"lib(?:x26[45]|SvtAv1Enc)[^/\\]*\.so")
_MADE = re.compile(rf"{_ENCODER.pattern}|_compiled\.")
_SYMBOL = re.compile(r"\*UND\*.*\s((?:x26[45]|svt_)\w+)$", re.MULTILINE)


def left_out(binaries: Sequence[Entry], folder: Path) -> list[Entry]:
    """The binaries of a bundle with empty libraries, made in `folder`, for the encoders."""
    wanted = [name for name, _, kind in binaries if kind == "BINARY" and _ENCODER.search(name)]
    if not wanted:
        return list(binaries)
    asked = {
        symbol
        for name, origin, kind in binaries
        if kind == "BINARY" and Path(name).name.startswith("libavcodec")
        for symbol in _SYMBOL.findall(_run("objdump", "-T", origin))
    }
    made = {name: str(_empty(Path(name).name, asked, folder)) for name in wanted}
    return [(name, made.get(name, origin), kind) for name, origin, kind in binaries]


def origin(origin: str, folder: str) -> str:
    """Where a file of the bundle comes from: what was made in `folder` is made by this module."""
    return __file__ if _MADE.search(origin) and Path(folder) in Path(origin).parents else origin


def _empty(name: str, symbols: set[str], folder: Path) -> Path:
    """A library called `name` in which each symbol is a function that answers nothing."""
    code = folder / f"{name}.s"
    body = _NOTHING[platform.machine()]
    rows = [f".globl {each}\n{each}: {body}" for each in sorted(symbols)]
    code.write_text("\n".join([".text", *rows, '.section .note.GNU-stack,"",%progbits', ""]))
    _run("as", "-o", f"{code}.o", str(code))
    _run("ld", "-shared", "-soname", name, "-o", str(folder / name), f"{code}.o")
    return folder / name


def _run(*words: str) -> str:
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout
