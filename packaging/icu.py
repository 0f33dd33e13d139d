"""Leaves out of ICU's data what this window never asks for, most of all other languages.

Qt compares and folds text by ICU, and knows time zones from it. Its data is one table of files in a
library (https://unicode-org.github.io/icu/userguide/icu_data/): a header, a count, the places of
names and contents, and these. Files that stay are not changed; of languages these are English and
German, and what all share. Qt's window speaks no other.
"""

import re
import struct
import subprocess
from pathlib import Path

_NAME = re.compile(r"libicudata\.so\.(\d+)")
#: Words of other languages, how scripts are written in each other, dictionaries, encodings of text.
_UNUSED = re.compile(
    r"(?:\w+/)?(?!en[_.]|de[_.])[a-z]{2,3}(?:_\w+)?\.res"
    r"|(?:translit|rbnf)/.*|.*dict|.*\.cnv|unames\.icu|confusables\.cfu"
)


def is_data(path: Path) -> bool:
    """Whether a file is the library of ICU's data."""
    return _NAME.fullmatch(path.name) is not None


def reduced(library: Path, folder: Path) -> Path:
    """A library with the same name and fewer data, made in `folder` by the C compiler."""
    match = _NAME.fullmatch(library.name)
    assert match is not None
    data = _reduced(library.read_bytes(), f"icudt{match[1]}l/")
    table, code, made = folder / "icu.dat", folder / "icu.s", folder / library.name
    table.write_bytes(data)
    symbol = f"icudt{match[1]}_dat"
    code.write_text(
        f'.section .note.GNU-stack,"",@progbits\n.section .rodata\n.balign 16\n.globl {symbol}\n'
        f'.type {symbol}, @object\n{symbol}:\n.incbin "{table}"\n.size {symbol}, .-{symbol}\n'
    )
    subprocess.run(
        [
            "cc",
            "-shared",
            "-nostdlib",
            "-s",
            f"-Wl,-soname,{library.name}",
            "-o",
            str(made),
            str(code),
        ],
        check=True,
    )
    return made


def _reduced(content: bytes, prefix: str) -> bytes:
    # Size of the header, two magic bytes, size of the description, and in it the kind of data.
    start = content.index(b"CmnD") - 12
    (header,) = struct.unpack_from("<H", content, start)
    base = start + header
    (count,) = struct.unpack_from("<I", content, base)
    rows = [struct.unpack_from("<II", content, base + 4 + 8 * at) for at in range(count)]
    ends = [*sorted(place for _, place in rows), len(content) - base]
    kept = []
    for name_place, place in rows:
        name = content[base + name_place : content.index(b"\0", base + name_place)].decode()
        if not _UNUSED.fullmatch(name.removeprefix(prefix)):
            end = next(each for each in ends if each > place)
            kept.append((name, content[base + place : base + end]))
    names, places = b"", []
    for name, _ in kept:
        places.append(4 + 8 * len(kept) + len(names))
        names += name.encode() + b"\0"
    body = bytearray(4 + 8 * len(kept)) + names
    struct.pack_into("<I", body, 0, len(kept))
    for at, (_, part) in enumerate(kept):
        body += bytes(-(header + len(body)) % 16)
        struct.pack_into("<II", body, 4 + 8 * at, places[at], len(body))
        body += part
    return content[start:base] + bytes(body)
