"""A PDF as a typesetter makes it, written byte by byte: two columns, running heads, an outline.

After ISO 32000-1; text is set in Times with its standard metrics, so that no font is embedded and
nothing but this file is needed. The same pages come out everywhere.
"""

import zlib
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.prose import Prose

#: A4 in points, the type and its leading.
_WIDTH, _HEIGHT = 595, 842
_SIZE, _LEADING = 12, 20
_MARGIN, _GUTTER = 60, 20
_COLUMN = (_WIDTH - 2 * _MARGIN - _GUTTER) / 2
_TOP, _LINES = 770, 34
_PAGES_OF_CHAPTER = 20
#: Widths of Times Roman in thousandths of its size; capitals and the rest are near enough at 667.
_WIDTHS = {
    **dict.fromkeys("bdghknopquvxy0123456789", 500), **dict.fromkeys("acez", 444),
    **dict.fromkeys("ijlt", 278), **dict.fromkeys("frIs", 333), **dict.fromkeys(" .,;:", 250),
    "m": 778, "w": 722, "M": 889, "W": 944, "-": 333,
}  # fmt: skip


def write(target: Path, pages: int, seed: int = 1) -> int:
    """Write a PDF of so many pages, of some 400 words each; return the number of words."""
    prose = Prose(seed)
    lines = _lines(prose)
    words = 0
    objects: list[bytes] = [b"", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman "
                            b"/Encoding /WinAnsiEncoding >>"]  # fmt: skip
    kids: list[int] = []
    chapters: list[tuple[str, int]] = []
    title = prose.title()
    for number in range(pages):
        heading = ""
        if number % _PAGES_OF_CHAPTER == 0:
            heading = f"{len(chapters) + 1}. {prose.title()}"
            lines = _lines(prose)
            chapters.append((heading, len(objects) + 2))
        drawn, counted = _page(lines, number + 1, title, heading)
        words += counted
        packed = zlib.compress(drawn)
        objects.append(
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(packed), packed)
        )
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (_WIDTH, _HEIGHT, len(objects))
        )
        kids.append(len(objects))
    root = len(objects) + 1
    objects += _outline(root, chapters)
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R /Outlines %d 0 R >>" % root
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    objects.append(b"<< /Title (%b) >>" % _escaped(title))
    _save(target, objects)
    return words


def _lines(prose: Prose) -> Iterator[str]:
    """Lines of a column's width, for ever; a paragraph begins with an indent."""
    while True:
        line, room = "", 0.0
        for place, word in enumerate(prose.paragraph(70).split()):
            needed = sum(_WIDTHS.get(letter, 667) for letter in word) * _SIZE / 1000
            if line and room < needed:
                yield line
                line, room = "", _COLUMN
            elif place == 0:
                line, room = "\x00", _COLUMN - 10
            line += word + " "
            room -= needed + 2.5
        yield line


def _page(lines: Iterator[str], number: int, title: str, heading: str) -> tuple[bytes, int]:
    left = title if number % 2 else f"Page {number}"
    right = f"Page {number}" if number % 2 else title
    drawn = [b"BT /F1 8 Tf"]
    drawn.append(b"1 0 0 1 %d 806 Tm (%b) Tj" % (_MARGIN, _escaped(left)))
    drawn.append(b"1 0 0 1 %d 806 Tm (%b) Tj" % (_WIDTH - _MARGIN - 120, _escaped(right)))
    top = _TOP
    if heading:
        drawn.append(b"/F1 16 Tf 1 0 0 1 %d %d Tm (%b) Tj" % (_MARGIN, top, _escaped(heading)))
        top -= 3 * _LEADING
    drawn.append(b"/F1 %d Tf %d TL" % (_SIZE, _LEADING))
    words = 0
    rows = _LINES - (3 if heading else 0)
    for column in range(2):
        across = _MARGIN + column * (_COLUMN + _GUTTER)
        drawn.append(b"1 0 0 1 %.1f %d Tm" % (across, top))
        for _ in range(rows):
            line = next(lines)
            words += line.count(" ")
            text = line.rstrip()
            if text.startswith("\x00"):
                drawn.append(b"10 0 Td (%b) Tj -10 0 Td T*" % _escaped(text[1:]))
            else:
                drawn.append(b"(%b) Tj T*" % _escaped(text))
    drawn.append(b"ET")
    return b"\n".join(drawn), words


def _outline(root: int, chapters: list[tuple[str, int]]) -> list[bytes]:
    last = root + len(chapters)
    made = [
        b"<< /Type /Outlines /Count %d /First %d 0 R /Last %d 0 R >>"
        % (len(chapters), root + 1, last)
    ]
    for at, (title, page) in enumerate(chapters, root + 1):
        before = b"/Prev %d 0 R " % (at - 1) if at > root + 1 else b""
        after = b"/Next %d 0 R " % (at + 1) if at < last else b""
        made.append(
            b"<< /Title (%b) /Parent %d 0 R %b%b/Dest [%d 0 R /XYZ 0 %d 0] >>"
            % (_escaped(title), root, before, after, page, _HEIGHT)
        )
    return made


def _escaped(text: str) -> bytes:
    plain = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return plain.encode("cp1252")


def _save(target: Path, objects: list[bytes]) -> None:
    places: list[int] = []
    with target.open("wb") as file:
        at = file.write(b"%PDF-1.4\n")
        for number, body in enumerate(objects, 1):
            places.append(at)
            at += file.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
        file.writelines(b"%010d 00000 n \n" % place for place in places)
        file.write(
            b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
            % (len(objects) + 1, len(objects), at)
        )
