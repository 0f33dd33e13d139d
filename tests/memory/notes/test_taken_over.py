"""Highlights of other programs are read with their words and notes, and taken over."""

import io
import json
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.books import reader_exports
from ingest.books.pdf_marks import Mark, marked_copy, read_marks
from ingest.errors import IngestError
from workbench.errors import InputError, UsageError
from workbench.library import Library
from workbench.library.options import SourceDetails

_TEXT = (
    "The harbour master keeps the oldest log book of the island. Nobody may borrow it. "
    "The ferry stayed in the harbour because a storm had broken its mast."
)
_KINDLE = """\ufeffThe Log of Bredal (Maria Lindqvist)
- Your Highlight on page 3 | Location 40-41 | Added on Monday, 3 June 2024 10:01:02

The ferry stayed in the harbour because a storm
==========
The Log of Bredal (Maria Lindqvist)
- Ihre Notiz auf Seite 3 | bei Position 41 | Hinzugefügt am Montag, 3. Juni 2024 10:02:02

why the letters came late
==========
Another Book (Somebody)
- Your Highlight on Location 7-8 | Added on Monday, 3 June 2024 10:03:02

Words of another book.
==========
"""


def document(path: Path) -> Path:
    canvas = Canvas(str(path), pagesize=A4)
    canvas.drawString(72, 700, "The harbour master keeps the oldest log book of the island.")
    canvas.drawString(72, 680, "The ferry stayed in the harbour because of a storm.")
    canvas.save()
    box = (72 / A4[0], 1 - 692 / A4[1], 380 / A4[0], 1 - 677 / A4[1])
    copy = marked_copy(path, [Mark(1, [box], (255, 255, 0), "late letters", 1.0)])
    path.write_bytes(copy)
    return path


def test_marks_of_a_pdf_have_their_words_and_notes(tmp_path: Path) -> None:
    (mark,) = read_marks(document(tmp_path / "a.pdf"))
    assert (mark.words, mark.note, mark.page) == (
        "The ferry stayed in the harbour because of a storm.", "late letters", 1,
    )  # fmt: skip
    assert mark.made == 1.0


def test_a_note_beside_the_text_has_the_words_of_its_line(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.drawString(72, 700, "Nobody may borrow the log book.")
    canvas.textAnnotation("ask again", Rect=(20, 695, 40, 715))
    canvas.save()
    assert [(row.words, row.note) for row in read_marks(tmp_path / "a.pdf")] == [
        ("Nobody may borrow the log book", "ask again")
    ]


def test_highlights_of_a_pdf_are_shown_and_taken_over(tmp_path: Path) -> None:
    file = document(tmp_path / "a.pdf")
    with Library.open(tmp_path / "x.brain") as library:
        (added,) = library.add(file)
        shown = library.notes.take_over(file, preview=True)
        assert (shown.placed, library.notes.list(kind="highlight")) == (1, [])
        assert library.notes.take_over(file).placed == 1
        # Taken over once more it is the same one, as it was changed here.
        (highlight,) = library.notes.list(kind="highlight")
        library.notes.highlight(highlight.id, colour="pink")
        again = library.notes.take_over(file, added.source)
        assert (again.placed, again.new, again.known, again.missing) == (1, 0, 1, 0)
        assert library.notes.list(kind="highlight")[0].colour == "pink"
        (highlight,) = library.notes.list(kind="highlight")
        assert highlight.quote == "The ferry stayed in the harbour because of a storm."
        assert (highlight.note, highlight.lost) == ("late letters", False)


@pytest.mark.parametrize("form", ["kindle", "readwise", "koreader"])
def test_exports_of_readers_are_taken_over(tmp_path: Path, form: str) -> None:
    words, note = "The ferry stayed in the harbour because a storm", "why the letters came late"
    title, day = "The Log of Bredal", "2024-06-03 10:01:02"
    made_at = datetime.fromisoformat(day).timestamp()
    content = {
        "kindle": _KINDLE,
        "readwise": (
            "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,"
            "Highlighted at\n"
            f'"{words}","{title}",Maria Lindqvist,,"{note}",yellow,,location,{day}\n'
            '"Words of another book.",Another Book,Somebody,,,yellow,,location\n'
        ),
        "koreader": json.dumps(
            {
                "version": "json/1.0.0",
                "documents": [
                    {"title": title, "entries": [{"text": words, "note": note, "time": made_at}]},
                    {"title": "Another Book", "entries": [{"text": "Words of another book."}]},
                ],
            }
        ),
    }[form]
    (tmp_path / "export.txt").write_text(content, encoding="utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        library.add_text(_TEXT, title=title)
        made = library.notes.take_over(tmp_path / "export.txt")
        assert (made.placed, made.new, made.missing) == (1, 1, 1)
        (highlight,) = library.notes.list(kind="highlight")
        assert (highlight.quote, highlight.note) == (words, note)
        assert datetime.fromtimestamp(highlight.made) == datetime(2024, 6, 3, 10, 1, 2)


@pytest.mark.parametrize(
    "day",
    [
        "Added on Monday, 3 June 2024 22:01:02",
        "Added on Monday, June 3, 2024 10:01:02 PM",
        "Hinzugefügt am Montag, 3. Juni 2024 22:01:02",
        "Ajouté le lundi 3 juin 2024 22:01:02",
        "Añadido el lunes, 3 de junio de 2024 22:01:02",
        "Aggiunto in data lunedì 3 giugno 2024 22:01:02",
        "Adicionado: segunda-feira, 3 de junho de 2024 22:01:02",
        "Toegevoegd op maandag 3 juni 2024 22:01:02",
        "2024-06-03 22:01:02",
    ],
)
def test_the_day_of_a_clipping_is_read_in_the_language_of_the_device(
    day: str, tmp_path: Path
) -> None:
    clipping = f"Log (Ida Holm)\n- At location 40-41 | {day}\n\nThe harbour froze.\n==========\n"
    (tmp_path / "a.txt").write_text(clipping, encoding="utf-8")
    [mark] = reader_exports.read(tmp_path / "a.txt")
    assert mark.made is not None
    assert datetime.fromtimestamp(mark.made) == datetime(2024, 6, 3, 22, 1, 2)


@given(st.text(max_size=60))
def test_no_day_of_a_clipping_is_too_odd(day: str) -> None:
    made = reader_exports.day_of(day)
    assert made is None or datetime.fromtimestamp(made).year > 1990


def test_a_title_that_the_reader_has_set_is_not_the_only_one(tmp_path: Path) -> None:
    row = {"text": "The harbour log is wet.", "note": "", "time": 0}
    (tmp_path / "a.json").write_text(json.dumps({"title": "Log of Bredal", "entries": [row]}))
    with Library.open(tmp_path / "x.brain") as library:
        library.add_text("It rained. The harbour log is wet.", title="Log of Bredal")
        library.sources.edit([1], SourceDetails(title="Notes"))
        assert library.notes.take_over(tmp_path / "a.json").placed == 1


def test_hyphens_quotes_and_ligatures_do_not_matter(tmp_path: Path) -> None:
    row = {"text": "the oﬃcer’s har-\nbour log is “old”", "note": ""}
    (tmp_path / "a.json").write_text(json.dumps({"title": "Log", "entries": [row]}))
    with Library.open(tmp_path / "x.brain") as library:
        library.add_text("Today the officer's harbour log is 'old' and wet.", title="Log")
        assert library.notes.take_over(tmp_path / "a.json", 1).placed == 1


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"documents": [3]}', b"a,b\n1,2\n"])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(IngestError):
        reader_exports.read(tmp_path / "a.txt")
    with Library.open(tmp_path / "x.brain") as library:
        for name in ("a.txt", "missing.txt"):
            with pytest.raises(InputError):
                library.notes.take_over(tmp_path / name)


def test_a_pdf_that_no_source_was_read_from_asks_which_is_meant(tmp_path: Path) -> None:
    file = document(tmp_path / "a.pdf")
    with Library.open(tmp_path / "x.brain") as library, pytest.raises(UsageError):
        library.notes.take_over(file)


def test_a_page_without_marks_has_none(tmp_path: Path) -> None:
    pages = pypdfium2.PdfDocument.new()
    pages.new_page(200, 200)
    content = io.BytesIO()
    pages.save(content)
    (tmp_path / "a.pdf").write_bytes(content.getvalue())
    assert read_marks(tmp_path / "a.pdf") == []


@pytest.mark.parametrize(
    "about",
    [
        "Your Highlight at location 100 | Added on Monday, 3 June 2024 10:01:02",
        "Your Highlight on page 5 | Added on Monday, 3 June 2024 10:01:02",
        "Ihre Markierung bei Position 100 | Hinzugefügt am Montag, 3. Juni 2024 10:01:02",
    ],
)
def test_a_highlight_of_one_line_has_one_place(about: str, tmp_path: Path) -> None:
    note = about.replace("Highlight", "Note").replace("Markierung", "Notiz")
    clippings = [
        f"Log (Ida Holm)\n- {about}\n\nThe harbour froze.\n==========\n",
        f"Log (Ida Holm)\n- {note.replace('100', '200').replace('page 5', 'page 9')}\n\nMine.\n",
        "==========\n",
    ]
    (tmp_path / "My Clippings.txt").write_text("".join(clippings), encoding="utf-8")
    [mark] = reader_exports.read(tmp_path / "My Clippings.txt")
    assert (mark.words, mark.note) == ("The harbour froze.", "")
