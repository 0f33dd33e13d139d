"""See also in the Inspector, with a real library: it follows what is chosen and opens passages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from workbench.library import Library
from workbench.ui.inspector.engram import Engram
from workbench.ui.inspector.nearby import SeeAlso
from workbench.ui.window.main import MainWindow

FERRY = "The ferry stayed in the harbour because a storm had broken its mast."
SEA = "A storm drove the old ferry back into the harbour at night. " * 2
MUSIC = "Her violin was made in Cremona. She practised scales before breakfast."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "x.brain") as made:
        made.add_text(FERRY, title="Weather")
        made.add_text(SEA, title="Coast")
        made.add_text(MUSIC, title="Music")
        yield made


@pytest.fixture
def window(make_window: MakeWindow, library: Library, qtbot: QtBot) -> MainWindow:
    made = make_window(opens=lambda _path: library)
    qtbot.waitUntil(lambda: made.library_tab.model.rowCount() == 3, timeout=20_000)
    return made


def _engram(library: Library, words: str) -> int:
    rows = library._store.rows("SELECT id FROM engram WHERE text LIKE ?", (f"{words}%",))
    return int(rows[0][0])


def _said(also: SeeAlso) -> str:
    return " ".join(each.text() for each in also.findChildren(QLabel))


def test_a11_what_is_near_to_the_choice_is_shown_and_opens(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    window.inspector.show_engram(Engram(_engram(library, "The ferry"), "Weather"))
    also = window.inspector.engram.also
    assert also is not None
    qtbot.waitUntil(lambda: bool(also.found))
    assert also.found[0].title == "Coast"
    assert "Coast" in _said(also)
    assert "shared words" in _said(also)
    opener = next(
        each for each in also.findChildren(QPushButton) if "Coast" in each.accessibleName()
    )
    opener.click()
    qtbot.waitUntil(lambda: window.reader_tab.source_id == also.found[0].source)


def test_the_choice_before_is_forgotten(window: MainWindow, library: Library, qtbot: QtBot) -> None:
    window.inspector.show_engram(Engram(_engram(library, "The ferry"), "Weather"))
    window.inspector.show_engram(Engram(_engram(library, "Her violin"), "Music"))
    also = window.inspector.engram.also
    assert also is not None
    qtbot.waitUntil(lambda: "Looking" not in _said(also))
    assert all(each.title != "Music" or "violin" not in each.words for each in also.found)


def test_nothing_near_is_said(window: MainWindow, library: Library, qtbot: QtBot) -> None:
    only = library.add_text("Quinces ripen late.", title="Fruit")
    assert only is not None
    window.inspector.show_engram(Engram(_engram(library, "Quinces"), "Fruit"))
    also = window.inspector.engram.also
    assert also is not None
    qtbot.waitUntil(lambda: "Looking" not in _said(also))
    assert also.found or "Nothing near this" in _said(also)
