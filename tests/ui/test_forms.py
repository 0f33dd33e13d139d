"""The vault, projects and what is weighed before it is kept, from the menus and the line."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.stage import settled, words_of
from workbench.library import Library
from workbench.ui.memories.kinds import PERCEIVED
from workbench.ui.window.forms import ProjectsForm, VaultForm
from workbench.ui.window.main import MainWindow

_SECRET = "heron-4471-reed"
_VALUE = "plover88"


@pytest.fixture
def window(make_window: MakeWindow, qtbot: QtBot) -> MainWindow:
    made = make_window()
    settled(qtbot, made, 0)
    return made


def library_of(window: MainWindow) -> Library:
    assert window.shelf.library is not None
    return window.shelf.library


def press(within: MainWindow | ProjectsForm, name: str) -> None:
    """Press the button of this name."""
    presses = within.findChildren(QPushButton)
    next(each for each in presses if each.accessibleName() == name).click()


@pytest.mark.slow
def test_the_vault_keeps_a_value_that_only_its_secret_opens(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.actions_by_name["vault"].trigger()
    form = window.forms.sheet
    assert isinstance(form, VaultForm)
    fields = form.fields
    for name, text in (("scope", "home"), ("key", "wifi password"), ("value", _VALUE)):
        fields[name].setText(text)
    fields["secret"].setText(_SECRET)
    fields["again"].setText("another")
    form.keep_press.click()
    qtbot.waitUntil(lambda: "differ; nothing was kept" in form.message.text())
    assert fields["value"].text() == _VALUE
    assert fields["value"].echoMode() == QLineEdit.EchoMode.Password
    fields["again"].setText(_SECRET)
    form.keep_press.click()
    qtbot.waitUntil(lambda: form.message.text().startswith("Kept."))
    assert fields["value"].text() == fields["secret"].text() == ""
    fields["secret"].setText("wrong")
    form.open_press.click()
    qtbot.waitUntil(lambda: "opens nothing under that key" in form.message.text())
    fields["secret"].setText(_SECRET)
    fields["key"].setText("what is the wifi password?")
    form.open_press.click()
    qtbot.waitUntil(lambda: fields["value"].text() == _VALUE)
    assert fields["value"].echoMode() == QLineEdit.EchoMode.Normal
    form.close()
    for word in (_SECRET, _VALUE):
        files = [row for row in tmp_path.rglob("*") if row.is_file()]
        assert [row for row in files if word.encode() in row.read_bytes()] == []


@pytest.mark.slow
def test_a_project_begins_is_shown_and_ends(window: MainWindow, qtbot: QtBot) -> None:
    library = library_of(window)
    window.actions_by_name["projects"].trigger()
    form = window.forms.sheet
    assert isinstance(form, ProjectsForm)
    qtbot.waitUntil(lambda: "There are no projects yet." in words_of(form))
    form.fields["name"].setText("Harbour book")
    form.fields["days"].setText("soon")
    press(form, "Begin Project")
    qtbot.waitUntil(lambda: "“soon” is no number of days." in form.message.text())
    form.fields["days"].setText("30")
    press(form, "Begin Project")
    qtbot.waitUntil(lambda: "Harbour book" in words_of(form))
    (project,) = library.collections.projects()
    assert project.days_left == pytest.approx(30, abs=0.01)
    qtbot.waitUntil(lambda: [row.name for row in window.shelf.collections] == ["Harbour book"])
    press(form, "Show: Harbour book")
    assert window.navigate.collection == "Harbour book"
    press(form, "End: Harbour book")
    qtbot.waitUntil(lambda: "There are no projects yet." in words_of(form))
    assert [row.name for row in library.collections.list()] == ["Harbour book"]


@pytest.mark.slow
def test_of_a_talk_only_what_matters_is_kept(window: MainWindow, qtbot: QtBot) -> None:
    library = library_of(window)
    window.navigate.show_memories()
    line = window.library_tab.memories.line
    line.choose(PERCEIVED)
    line.field.setText("Hello there! The harbour office moved to Quay Street. Okay.")
    line.press.click()
    qtbot.waitUntil(lambda: bool(library.facts.recall("harbour office")))
    qtbot.waitUntil(lambda: "Not saved" in line.text)
    assert [row.text for row in library.facts.list()] == [
        "The harbour office moved to Quay Street."
    ]
    assert "Hello there" in line.text
