"""R2: highlights and notes in a copy of a PDF, read back with PDFium as another program would."""

import ctypes
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdfium2 import raw

from workbench import paths
from workbench.cli.main import main
from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.memory.notes.pdf_copy import INKS
from workbench.ui import theme


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """The sample as a PDF, its tenth page turned by a quarter."""
    path = tmp_path / "trace.pdf"
    document = pypdfium2.PdfDocument(paths.resources() / "sample" / "the-trace.pdf")
    document[9].set_rotation(90)
    document.save(path)
    document.close()
    return path


@pytest.fixture
def library(tmp_path: Path, pdf: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "lib.brain") as made:
        made.add([pdf])
        yield made


def _string(annotation: Any, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(
        annotation, key, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size
    )
    return buffer.raw[:size].decode("utf-16-le").rstrip("\0")


def _read(data: bytes, page: int) -> list[tuple[str, tuple[int, ...], str]]:
    """The words under each highlight of a page (from 1), its colour and its note."""
    document = pypdfium2.PdfDocument(data)
    shown = document[page - 1]
    text, found = shown.get_textpage(), []
    for at in range(raw.FPDFPage_GetAnnotCount(shown)):
        annotation = raw.FPDFPage_GetAnnot(shown, at)
        if raw.FPDFAnnot_GetSubtype(annotation) != raw.FPDF_ANNOT_HIGHLIGHT:
            continue
        colours = [ctypes.c_uint() for _ in range(4)]
        raw.FPDFAnnot_GetColor(annotation, raw.FPDFANNOT_COLORTYPE_Color, *colours)
        words = []
        for line in range(raw.FPDFAnnot_CountAttachmentPoints(annotation)):
            quad = raw.FS_QUADPOINTSF()
            assert raw.FPDFAnnot_GetAttachmentPoints(annotation, line, quad)
            xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            # A hair larger, for the boxes of letters touch those of the quadrilateral.
            area = min(xs) - 0.5, min(ys) - 0.5, max(xs) + 0.5, max(ys) + 0.5
            words.append(text.get_text_bounded(*area))
        note = _string(annotation, b"Contents")
        assert _string(annotation, b"M").startswith("D:20")
        found.append((" ".join(" ".join(words).split()), tuple(c.value for c in colours), note))
        raw.FPDFPage_CloseAnnot(annotation)
    document.close()
    return found


def _span(library: Library, page: int, letters: int) -> tuple[int, int]:
    """The first words of the third line of a page on."""
    row = library.sources.pages(1)[page - 1]
    words = library.sources.text(1, row.start, row.end)
    start = words.index(" ", len(words) // 3) + 1
    return row.start + start, row.start + words.index(" ", start + letters)


@pytest.mark.slow
@pytest.mark.parametrize("page", [9, 10])
def test_r2_highlights_and_notes_are_annotations_in_a_copy_of_the_pdf(
    library: Library, pdf: Path, page: int
) -> None:
    before = hashlib.sha256(pdf.read_bytes()).digest()
    first, second = _span(library, page, 20), _span(library, page + 2, 150)
    library.notes.highlight(1, *first, colour="pink", note="Whose thesis? Ask “Lund” – 記憶")
    made = library.notes.highlight(1, *second, colour="green")
    copy = library.notes.export(1, format="pdf")
    ((words, colour, note),) = _read(copy, page)
    said = " ".join(library.sources.text(1, *first).split())
    if page == 9:
        assert said.replace(" ", "") in words.replace(" ", "")
        assert len(words) <= len(said) + 4
    else:
        # On a page that is turned each letter is a line of its own, with its neighbours' edges.
        letters = [part.strip() for part in words.split()]
        assert all(any(letter in part for part in letters) for letter in said.replace(" ", ""))
        assert all(part in said for part in letters)
    assert (colour, note) == ((*INKS["pink"], 255), "Whose thesis? Ask “Lund” – 記憶")
    ((words, colour, note),) = _read(copy, page + 2)
    # Several lines, each marked where its words are and no further.
    assert abs(len(words) - len(made.quote)) <= 12
    assert (colour, note) == ((*INKS["green"], 255), "")
    assert _read(copy, 1) == []
    assert hashlib.sha256(pdf.read_bytes()).digest() == before


@pytest.mark.slow
def test_r2_the_copy_looks_marked(library: Library, pdf: Path) -> None:
    library.notes.highlight(1, *_span(library, 9, 60), colour="blue")
    pictures = []
    for source in (pdf.read_bytes(), library.notes.export(1, format="pdf")):
        document = pypdfium2.PdfDocument(source)
        pictures.append(document[8].render(scale=1).to_pil().convert("RGB"))
        document.close()
    plain, marked = (dict((c, n) for n, c in each.getcolors(1 << 24)) for each in pictures)
    assert marked.get(INKS["blue"], 0) > plain.get(INKS["blue"], 0) + 500


@pytest.mark.slow
def test_r2_what_cannot_be_copied_says_why(library: Library, pdf: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No highlight has a place"):
        library.notes.export(1, format="pdf")
    other = tmp_path / "note.txt"
    other.write_text("A few words about ink and paper.", encoding="utf-8")
    library.add([other])
    with pytest.raises(UsageError, match="is not a PDF"):
        library.notes.export(2, format="pdf")
    with pytest.raises(NotFoundError):
        library.notes.export(99, format="pdf")
    library.notes.highlight(1, *_span(library, 9, 20))
    pdf.write_bytes(pdf.read_bytes() + b"%changed")
    with pytest.raises(NotFoundError, match="not where it was, or has changed"):
        library.notes.export(1, format="pdf")


@pytest.mark.slow
def test_r2_the_command_line_writes_the_copy_to_a_new_file(
    library: Library, pdf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library.notes.highlight(1, *_span(library, 9, 20), note="Here.")
    library.close()
    brain, copy = str(tmp_path / "lib.brain"), tmp_path / "copy.pdf"
    command = ["--library", brain, "highlights", "1", "--format", "pdf"]
    assert main(command) == 2
    assert "--to" in capsys.readouterr().err
    assert main([*command, "--to", str(copy)]) == 0
    assert _read(copy.read_bytes(), 9)[0][2] == "Here."
    was = pdf.read_bytes()
    assert main([*command, "--to", str(pdf)]) == 2
    assert pdf.read_bytes() == was
    text = tmp_path / "marks.md"
    assert main(["--library", brain, "highlights", "--to", str(text)]) == 0
    assert "Here." in text.read_text("utf-8")


def test_the_inks_of_a_copy_are_the_pens_of_the_window() -> None:
    light = theme.THEMES["light"]
    shown = {name: getattr(light, name).lstrip("#").lower() for name in theme.PENS}
    assert {name: bytes(ink).hex() for name, ink in INKS.items()} == shown
