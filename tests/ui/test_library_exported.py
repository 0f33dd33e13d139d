"""A library is exported from the File menu, and what another one exported is brought in."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.stage import library_of, settled
from workbench.ui.window.exporting import FORMS
from workbench.ui.window.main import MainWindow


@pytest.mark.slow
def test_every_export_stands_in_one_submenu_of_file(make_window: MakeWindow) -> None:
    window = make_window()
    file = window.menuBar().actions()[0].menu()
    assert isinstance(file, QMenu)
    below = [each.menu() for each in file.actions() if each.text() == "E&xport"]
    assert isinstance(below[0], QMenu)
    names = [each.objectName() for each in below[0].actions()]
    assert names == ["highlights", "export_thread", *(f"export_{form}" for form in FORMS)]


@pytest.fixture
def window(thesis_window: MainWindow) -> MainWindow:
    library = thesis_window.shelf.library
    assert library is not None
    library.facts.tell("My mooring is berth nine.")
    return thesis_window


@pytest.mark.slow
def test_x2_a_library_becomes_a_bundle_that_is_brought_in_and_taken_back(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = tmp_path / "given"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(bundle), ""))
    window.actions_by_name["export_bundle"].trigger()
    qtbot.waitUntil(lambda: window.toasts.text == "Exported to “given.engrams”")
    assert window.activity.tasks.is_empty
    window.shelf.switch(tmp_path / "Second.brain")
    qtbot.waitUntil(lambda: window.shelf.loaded and window.shelf.path.stem == "Second")
    given = str(bundle.with_suffix(".engrams"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (given, ""))
    window.actions_by_name["import"].trigger()
    qtbot.waitUntil(lambda: window.toasts.text == "Imported 1 source and 1 memory")
    settled(qtbot, window, 1)
    (undo,) = window.toasts.offers
    undo.call()
    settled(qtbot, window, 0)


@pytest.mark.slow
@pytest.mark.parametrize("form", [form for form in FORMS if form not in ("bundle", "anki")])
def test_x2_a_library_becomes_a_folder_for_other_programs(
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    form: str,
) -> None:
    place = tmp_path / "out"
    place.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(place))
    window.actions_by_name[f"export_{form}"].trigger()
    qtbot.waitUntil(lambda: window.toasts.text.startswith("Exported to"))
    (folder,) = place.iterdir()
    assert any(folder.iterdir())


@pytest.mark.parametrize("form", FORMS)
def test_a_cancelled_export_writes_nothing(
    make_window: MakeWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.loaded)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: "")
    window.actions_by_name[f"export_{form}"].trigger()
    assert window.activity.tasks.is_empty


@pytest.mark.slow
def test_cards_become_a_deck_for_anki(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deck = tmp_path / "cards"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(deck), ""))
    library = library_of(window)
    library.memory.card(library.facts.list()[0].id)
    window.today_tab.requests.deck.emit()
    qtbot.waitUntil(lambda: window.toasts.text == "Exported to “cards.apkg”")
    assert deck.with_suffix(".apkg").is_file()


@pytest.mark.slow
def test_x2_the_tables_of_a_database_are_learned_from_the_file_menu(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = tmp_path / "shop.sqlite"
    with closing(sqlite3.connect(shop)) as connection:
        connection.execute("CREATE TABLE people(id INTEGER PRIMARY KEY, name TEXT)")
        connection.execute(
            "CREATE TABLE orders(id INTEGER PRIMARY KEY, buyer_id INTEGER REFERENCES people(id))"
        )
        connection.commit()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(shop), ""))
    window.actions_by_name["learn_database"].trigger()
    qtbot.waitUntil(lambda: window.toasts.text.endswith("facts about the tables of “shop”"))
    library = library_of(window)
    answer = library.facts.value("Which column refers to people?")
    assert answer is not None
    assert "buyer_id" in str(answer.value)
