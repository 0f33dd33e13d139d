"""Details of sources are corrected in the Inspector: one or several, undone, nothing typed lost."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from ingest import catalogues
from tests.ui.conftest import MakeWindow
from tests.ui.stage import settled
from tests.web_server import Page, web_server
from workbench.library import Library
from workbench.library.options import SourceDetails
from workbench.ui.inspector.details_form import DetailsForm
from workbench.ui.window.main import MainWindow


@pytest.fixture
def window(make_window: MakeWindow, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    for name in ("rain", "fog"):
        (tmp_path / f"{name}.txt").write_text(f"The {name} of May was heavy.\n", "utf-8")
    with Library.open(tmp_path / "Thesis.brain") as library:
        library.add([tmp_path / "rain.txt", tmp_path / "fog.txt"])
        library.sources.edit([1], SourceDetails(date="2024", publisher="Kelso Press"))
        library.sources.edit([2], SourceDetails(publisher="Kelso Press"))
    made = make_window()
    settled(qtbot, made, 2)
    return made


def _form(window: MainWindow, *sources: int) -> DetailsForm:
    window.library_tab.select(sources)
    window.actions_by_name["details"].trigger()
    form = window.inspector.form
    assert form is not None
    assert form.isVisible()
    return form


def test_a_narrow_panel_shows_where_names_begin_and_room_for_a_doi(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    with Library.open(tmp_path / "Thesis.brain") as library:
        library.add_text("The rain of May was heavy.", title="Rain")
        authors = ["Featherstonehaugh-Cholmondeley, Bartholomew Maximilian"]
        library.sources.edit([1], SourceDetails(authors=authors))
    window = make_window(size=(1024, 700))
    settled(qtbot, window, 1)
    form = _form(window, 1)
    author = next(each for each in form.findChildren(QLineEdit) if each.text() == authors[0])
    assert author.cursorPosition() == 0
    assert form.editors["doi"].width() >= form.editors["venue"].width() / 2


def _row(window: MainWindow, source: int) -> tuple[str, str, str]:
    [row] = [row for row in window.shelf.sources if row.id == source]
    return row.title, row.author, row.date


def test_a_title_and_authors_are_corrected_and_undone(window: MainWindow, qtbot: QtBot) -> None:
    before = _row(window, 1)
    form = _form(window, 1)
    form.title.setPlainText("Rain in Bergen")
    form.authors.set_names(["Okafor, Lucy", "Lindqvist, Maria"])
    form.save()
    after = ("Rain in Bergen", "Lucy Okafor, Maria Lindqvist", "2024")
    qtbot.waitUntil(lambda: _row(window, 1) == after)
    assert window.inspector.form is None
    window.shelf.step_back()
    qtbot.waitUntil(lambda: _row(window, 1) == before)
    window.shelf.step_forward()
    qtbot.waitUntil(lambda: _row(window, 1) == after)


def test_a_pasted_list_of_authors_becomes_a_line_for_each_and_they_change_places(
    window: MainWindow, qtbot: QtBot
) -> None:
    form = _form(window, 1)
    clipboard = "Lucy Okafor, Maria Lindqvist and Jonás Navarro"
    first = form.authors.findChildren(QLineEdit)[0]
    QGuiApplication.clipboard().setText(clipboard)
    first.setFocus()
    first.paste()
    assert form.authors.text.splitlines() == [
        "Okafor, Lucy", "Lindqvist, Maria", "Navarro, Jonás",
    ]  # fmt: skip
    QTest.keyClick(first, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert form.authors.text.splitlines()[:2] == ["Lindqvist, Maria", "Okafor, Lucy"]


def test_several_sources_share_what_is_filled_in_and_keep_the_rest(
    window: MainWindow, qtbot: QtBot
) -> None:
    form = _form(window, 1, 2)
    assert form.editors["publisher"].text() == "Kelso Press"
    assert form.editors["date"].text() == ""
    assert form.editors["date"].placeholderText() == "Mixed: 1, 1 empty"
    titles = {_row(window, 1)[0], _row(window, 2)[0]}
    form.editors["venue"].setText("Journal of Weather")
    form.save()

    def venues() -> set[str]:
        return {row.metadata.get("venue", "") for row in window.shelf.sources}

    qtbot.waitUntil(lambda: venues() == {"Journal of Weather"})
    assert {_row(window, 1)[0], _row(window, 2)[0]} == titles
    assert _row(window, 1)[2] == "2024"
    window.shelf.step_back()
    qtbot.waitUntil(lambda: venues() == {""})


def test_a_value_that_does_not_fit_is_told_and_everything_typed_stays(
    window: MainWindow, qtbot: QtBot
) -> None:
    form = _form(window, 1)
    form.editors["doi"].setText("not one")
    form.editors["venue"].setText("Weather")
    form.save()
    assert window.inspector.form is form
    assert "“not one” is no DOI." in " ".join(each.text() for each in form.findChildren(QLabel))
    assert form.editors["doi"].hasFocus()
    assert form.editors["venue"].text() == "Weather"


def test_what_was_typed_waits_while_something_else_is_looked_at(
    window: MainWindow, qtbot: QtBot
) -> None:
    form = _form(window, 1)
    form.editors["venue"].setText("Weather")
    window.library_tab.select((2,))
    assert not form.isVisible()
    window.library_tab.select((1,))
    assert form.isVisible()
    form.editors["venue"].setFocus()
    QTest.keyClick(form.editors["venue"], Qt.Key.Key_Escape)
    assert not form.isVisible()
    assert _form(window, 1).editors["venue"].text() == "Weather"


def test_a_look_up_shows_its_request_and_what_comes_back_is_taken_field_by_field(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = {
        "message": {
            "title": ["Rain in Bergen"], "type": "journal-article", "DOI": "10.5555/r.1",
            "issued": {"date-parts": [[2023]]}, "container-title": ["Weather"],
        }
    }  # fmt: skip
    with web_server() as server:
        monkeypatch.setattr(catalogues, "CROSSREF", server.url("/works/"))
        headers = {"Content-Type": "application/json"}
        server.pages["/works/10.5555/r.1"] = Page(json.dumps(answer).encode(), 200, headers)
        form = _form(window, 1)
        title = form.title.toPlainText()
        form.editors["doi"].setText("10.5555/r.1")

        def press(text: str) -> QPushButton | None:
            buttons = form.findChildren(QPushButton)
            return next(
                (each for each in buttons if each.text() == text and each.isVisible()), None
            )

        look_up = next(
            each for each in form.findChildren(QToolButton) if each.accessibleName() == "Look up"
        )
        look_up.click()
        qtbot.waitUntil(lambda: press("Send") is not None)
        assert server.paths == []
        _press(press("Send"))
        qtbot.waitUntil(lambda: press("Take it") is not None)
        assert server.paths == ["/works/10.5555/r.1"]
    # Nothing is overwritten by itself.
    assert form.title.toPlainText() == title
    assert form.editors["date"].text() == "2024"
    while (take := press("Take it")) is not None:
        take.click()
    assert form.title.toPlainText() == "Rain in Bergen"
    assert (form.editors["date"].text(), form.editors["venue"].text()) == ("2023", "Weather")
    assert form.type.currentData() == "article-journal"


def _press(button: QPushButton | None) -> None:
    assert button is not None
    button.click()
