"""See also in the Inspector, with a real library: it follows what is chosen and opens passages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from workbench.library import Library
from workbench.ui.inspector.nearby import SeeAlso
from workbench.ui.inspector.panel import Engram
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import READER

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
    qtbot.waitUntil(lambda: made.library_tab.model.rowCount() == 3)
    return made


def _engram(library: Library, words: str) -> int:
    rows = library._store.rows("SELECT id FROM engram WHERE text LIKE ?", (f"{words}%",))
    return int(rows[0][0])


def _said(also: SeeAlso) -> str:
    return " ".join(each.text() for each in also.findChildren(QLabel))


def _show(window: MainWindow) -> None:
    """The section looks only where it can be seen."""
    window.navigate.show_panel("inspector")


@pytest.mark.slow
def test_a11_what_is_near_to_the_choice_is_shown_and_opens(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    _show(window)
    window.inspector.show_engram(Engram(_engram(library, "The ferry"), "Weather"))
    also = window.inspector.also
    assert also is not None
    qtbot.waitUntil(lambda: bool(also.passages))
    assert also.passages[0].title == "Coast"
    assert "Coast" in _said(also)
    opener = next(
        each for each in also.findChildren(QPushButton) if "Coast" in each.accessibleName()
    )
    opener.click()
    qtbot.waitUntil(lambda: window.reader_tab.source_id == also.passages[0].source)


@pytest.mark.slow
def test_the_choice_before_is_forgotten(window: MainWindow, library: Library, qtbot: QtBot) -> None:
    _show(window)
    window.inspector.show_engram(Engram(_engram(library, "The ferry"), "Weather"))
    window.inspector.show_engram(Engram(_engram(library, "Her violin"), "Music"))
    also = window.inspector.also
    assert also is not None
    qtbot.waitUntil(lambda: "Looking" not in _said(also))
    assert all(each.title != "Music" or "violin" not in each.words for each in also.passages)


@pytest.mark.slow
def test_nothing_near_is_said(window: MainWindow, library: Library, qtbot: QtBot) -> None:
    only = library.add_text("Quinces ripen late.", title="Fruit")
    assert only is not None
    _show(window)
    # Not past the window: the new source is chosen in the table meanwhile.
    window.inspection.choose(READER, Engram(_engram(library, "Quinces"), "Fruit"))
    window.navigate.show_tab(READER)
    also = window.inspector.also
    assert also is not None
    qtbot.waitUntil(lambda: "Looking" not in _said(also))
    assert also.passages or "Nothing similar" in _said(also)


@pytest.mark.slow
def test_a11_it_follows_the_source_that_is_chosen_and_says_where_each_passage_stands(
    window: MainWindow, library: Library, qtbot: QtBot, tmp_path: Path
) -> None:
    subtitles = tmp_path / "talk.srt"
    subtitles.write_text(
        "1\n00:00:02,000 --> 00:00:06,000\nA storm drove a ferry into the harbour.\n\n"
        "2\n00:12:41,000 --> 00:12:45,000\nIts mast was broken by the storm.\n"
    )
    library.add([subtitles])
    qtbot.waitUntil(lambda: window.library_tab.model.rowCount() == 4)
    _show(window)
    weather = next(row for row in window.shelf.sources if row.title == "Weather")
    window.library_tab.select((weather.id,))
    qtbot.waitUntil(
        lambda: window.inspector.also is not None and bool(window.inspector.also.passages)
    )
    also = window.inspector.also
    assert also is not None
    assert all(each.source != weather.id for each in also.passages)
    talk = next(each for each in also.passages if each.place.seconds is not None)
    assert ("0:02" in _said(also)) or ("12:41" in _said(also))
    opener = next(
        each
        for each in also.findChildren(QPushButton)
        if talk.title in each.accessibleName() and ":" in each.accessibleName()
    )
    opener.click()
    qtbot.waitUntil(lambda: window.reader_tab.source_id == talk.source)


@pytest.mark.slow
def test_a11_only_where_one_stays_is_looked_up(
    window: MainWindow, library: Library, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    look = library.sources.related

    def count(source: int, **options: object) -> object:
        asked.append(source)
        return look(source, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(library.sources, "related", count)
    _show(window)
    rows = [row.id for row in window.shelf.sources]
    for each in rows:
        window.library_tab.select((each,))
    qtbot.waitUntil(lambda: bool(asked))
    qtbot.waitUntil(
        lambda: window.inspector.also is not None and bool(window.inspector.also.nearby)
    )
    assert asked == [rows[-1]]


@pytest.mark.slow
def test_a11_it_follows_the_words_selected_in_the_reader(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    weather = next(row for row in window.shelf.sources if row.title == "Weather")
    window.navigate.open_source(weather.id)
    _show(window)
    sheet = window.reader_tab.sheet
    qtbot.waitUntil(lambda: "ferry" in sheet.toPlainText())
    cursor = sheet.textCursor()
    cursor.select(cursor.SelectionType.Document)
    sheet.setTextCursor(cursor)
    qtbot.waitUntil(
        lambda: window.inspector.also is not None and bool(window.inspector.also.passages),
    )
    also = window.inspector.also
    assert also is not None
    assert also.passages[0].title == "Coast"


@pytest.mark.slow
def test_a11_a_fact_has_its_passages(window: MainWindow, library: Library, qtbot: QtBot) -> None:
    library.facts.tell("The ferry lost its mast in a storm.")
    _show(window)
    window.navigate.show_memories()
    page = window.library_tab.memories
    qtbot.waitUntil(lambda: bool(page.model.rows))
    page.select(page.model.rows[0].id)
    detail = window.inspector.detail
    qtbot.waitUntil(lambda: detail.also is not None and bool(detail.also.passages))
    assert detail.also is not None
    assert {each.title for each in detail.also.passages} <= {"Weather", "Coast", "Music"}


@pytest.mark.slow
def test_a11_a_model_of_one_language_says_what_it_does_not_find(
    make_window: MakeWindow, library: Library, qtbot: QtBot
) -> None:
    library.add_text(
        "Die alte Fähre lag nach dem Sturm ohne Mast im Hafen. Niemand konnte die Insel verlassen,"
        " und nach neun Tagen gab es kein Brot mehr.",
        title="Küste",
    )
    library.models.use("all-MiniLM-L6-v2")
    window = make_window(opens=lambda _path: library)
    qtbot.waitUntil(lambda: window.library_tab.model.rowCount() == 4)
    _show(window)
    window.inspector.show_engram(Engram(_engram(library, "The ferry"), "Weather"))
    also = window.inspector.also
    assert also is not None
    qtbot.waitUntil(lambda: bool(also.passages))
    assert also.passages[0].tier == "semantic"
    assert "reads English, so it may miss similar passages in German" in _said(also)
