"""What is seen or heard has a chip and signs of its own in the Library tab."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.rows import a_row
from workbench.library import Library
from workbench.ui.library import source_types

CAPTIONS = "WEBVTT\n\n00:00:05.000 --> 00:00:08.000\nThe keeper of the lock is called Torvald.\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    (tmp_path / "Lecture.en.vtt").write_text(CAPTIONS)
    Image.new("RGB", (40, 30), "grey").save(tmp_path / "photo.png")
    with Library.open(tmp_path / "x.brain") as made:
        made.add_text("The lock was dug in a wet autumn.", title="Locks")
        made.add([tmp_path / "Lecture.en.vtt", tmp_path / "photo.png"])
        yield made


@pytest.mark.slow
def test_pictures_and_captions_are_media_and_no_papers(
    make_window: MakeWindow, library: Library, qtbot: QtBot
) -> None:
    window = make_window(opens=lambda _path: library)
    tab = window.library_tab
    qtbot.waitUntil(lambda: tab.model.rowCount() == 3)
    everything, _, papers, _, media = tab.chips
    assert media.isVisible()
    media.click()
    assert {row.kind for row in tab.model.rows} == {"captions", "image"}
    papers.click()
    assert [row.title for row in tab.model.rows] == ["Locks"]
    media.click()
    window.shelf.trash([row.id for row in tab.model.rows])
    qtbot.waitUntil(lambda: media.isHidden())
    assert everything.isChecked()


@pytest.mark.slow
def test_text_well_recognised_is_told_without_an_alarm(
    make_window: MakeWindow, library: Library
) -> None:
    window = make_window(opens=lambda _path: library)
    told = "Text was recognised in pictures, with this certainty: page 1: 97%."
    lost = "3 of 9 pages hold no text."
    for notices, alarm in (((told,), False), ((told, lost), True)):
        window.inspector.show_sources((a_row(1, "A scan", kind="pdf", notices=notices),))
        said = [each.text() for each in window.inspector.findChildren(QLabel)]
        assert ("Needs attention" in said) == alarm
        assert told in said


@pytest.mark.parametrize(
    ("kind", "sign"), [("recording", "audio"), ("captions", "video"), ("image", "image")]
)
def test_a_long_transcript_is_no_book(kind: str, sign: str) -> None:
    long = a_row(1, "A talk of ten hours", kind=kind, pages=400)
    assert not source_types.is_book(long)
    assert source_types.is_media(long)
    assert source_types.glyph(long) == sign
