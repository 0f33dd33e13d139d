"""The map between a source's offsets and a document's positions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument
from pytestqt.qtbot import QtBot

from workbench.ui.reader.paragraphs import flow, heading_blocks, notes

TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from(list("abc .\n\n\n\t\r\f\x00\u2028\u2029\ufdd0\ufffc\u00a0ÄЖ中ع")),
        st.sampled_from(["\U0001f9e0", "\U0001d4d0", "\u0301"]),
    ),
    max_size=120,
)


def _document(text: str) -> QTextDocument:
    document = QTextDocument()
    document.setPlainText(text)
    return document


@given(text=TEXTS, start=st.integers(0, 10_000), cut=st.tuples(st.integers(0), st.integers(0)))
def test_the_document_says_at_a_position_what_the_source_says_at_the_offset(
    text: str, start: int, cut: tuple[int, int]
) -> None:
    made = flow(text, start)
    document = _document(made.text)
    assert document.characterCount() - 1 == len(made.text.encode("utf-16-le")) // 2
    first, last = sorted(at % (len(text) + 1) for at in cut)
    span = made.span(start + first, start + last)
    wanted = "".join(text[first:last].translate(dict.fromkeys((0, 0xFDD0, 0xFDD1, 0xFFFC))).split())
    if span is None:
        assert not wanted
        return
    cursor = QTextCursor(document)
    cursor.setPosition(span[0])
    cursor.setPosition(span[1], QTextCursor.MoveMode.KeepAnchor)
    assert "".join(cursor.selectedText().split()) == wanted


@given(text=TEXTS, start=st.integers(0, 10_000))
def test_offsets_of_letters_come_back(text: str, start: int) -> None:
    made = flow(text, start)
    for block in made.paragraphs:
        for offset in range(block.start, block.end):
            assert made.offset(made.position(offset)) == offset


@pytest.mark.parametrize(
    ("title", "text", "blocks"),
    [
        ("9 The price", "9 The price\n\nFor half a century.", 1),
        ("CHAPTER 1. Loomings.", "CHAPTER 1\n\nLoomings\n\nCall me so.", 2),
        ("Loomings", "Call me so.\n\nLoomings", 0),
        ("", "Call me so.", 0),
        ("The end", "The end of it was near.", 0),
    ],
)
def test_a_heading_that_repeats_the_title_is_known(title: str, text: str, blocks: int) -> None:
    assert heading_blocks(flow(text, 0), title) == blocks


NOTES = "8 Night\n\nSleep settles the debt, they said.\n\nIt was measured.\n\n"


@pytest.mark.parametrize(
    ("text", "small"),
    [
        (f"{NOTES}37. Jenkins (1924).\n\n38. McCloskey.", {3, 4}),
        (f"{NOTES}[37] Jenkins (1924).", {3}),
        (f"{NOTES}1. Jenkins.\n\n2. Lee.", {3, 4}),
        (f"{NOTES}1. A single point.", set()),
        (f"{NOTES}1885 was the year.", set()),
        (f"{NOTES}4. Lee.\n\n9. Buzsáki.", {4}),
        (f"{NOTES}37. Jenkins.\n\nAnd so on.", set()),
        ("8 Night\n\n1. The world is all that is the case.\n\n2. What is the case is.", set()),
        ("", set()),
    ],
)
def test_notes_that_end_a_section_are_known(text: str, small: set[int]) -> None:
    assert notes(flow(text, 70), [(70, "8 Night", 1)]) == small


def test_each_section_has_its_own_notes() -> None:
    text = f"{NOTES}1. Jenkins.\n\n2. Lee.\n\n{NOTES}3. Hebb.\n\n"
    second = text.index("8 Night", 5)
    made = flow(text, 0, [second])
    assert notes(made, [(0, "8 Night", 1), (second, "8 Night", 1)]) == {3, 4, 8}


def test_verse_keeps_its_lines_and_paragraphs_their_breaks(qtbot: QtBot) -> None:
    made = flow("One line,\nanother line.\n\n\nA paragraph.\n", 7)
    document = _document(made.text)
    assert document.blockCount() == 2
    assert document.firstBlock().text() == "One line,\u2028another line."
    assert made.start == 7
    assert made.paragraphs[1].start == 7 + 26
