"""History in the window: what was done is listed, undone and done again; row for row, too."""

import random
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.store.test_undo_log import rows
from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.resting.night import lived
from tests.ui.stage import fill, library_of, settled
from workbench.library import Library
from workbench.library.options import SourceDetails
from workbench.store.changes import Change
from workbench.ui.library.list_page import ListPage
from workbench.ui.shelf import labels
from workbench.ui.window.main import MainWindow

#: What people and their acts put into a library; all else follows, or is worked out beside.
_TRUTH = (
    "collection", "engram", "fact", "label", "membership", "note", "review", "said",
    "source", "tag",
)  # fmt: skip


def _press(page: ListPage[Change], word: str) -> QPushButton:
    return next(each for each in page.findChildren(QPushButton) if each.text().strip() == word)


def _what(page: ListPage[Change]) -> list[str]:
    return [str(page.model.index(row, 2).data()) for row in range(page.model.rowCount())]


@pytest.mark.slow
def test_the_newest_changes_are_listed_undone_and_done_again(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    window.actions_by_name["history"].trigger()
    window.shelf.trash([1, 2])
    labels.tag(window.shelf, [3], "later")
    page = window.history.show()
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    assert _what(page) == ["tags of 1 source changed", "2 sources moved to the trash"]
    page.table.selectRow(1)
    _press(page, "Undo").click()
    settled(qtbot, window, 3)
    assert window.toasts.text == "Undone: 2 sources moved to the trash"
    assert fake.books[3].row.tags == ("later",)
    qtbot.waitUntil(lambda: [row.state for row in page.model.rows] == ["done", "undone"])
    assert window.shelf.acts.redo_text == "Move to Trash"
    page.table.selectRow(1)
    _press(page, "Redo").click()
    settled(qtbot, window, 1)
    assert window.toasts.text == "Redone: 2 sources moved to the trash"


def test_undo_goes_on_where_it_was_left_when_the_library_was_last_open(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    with Library.open(tmp_path / "Thesis.brain") as library:
        library.facts.tell("The barn is red.")
        library.facts.tell("The mill is old.")
        library.undo()
    window = make_window()
    shelf = window.shelf
    qtbot.waitUntil(lambda: bool(shelf.acts.applied and shelf.acts.undone))
    assert [len(shelf.acts.applied), len(shelf.acts.undone)] == [1, 1]
    assert shelf.library is not None
    for step, texts in (
        (shelf.step_back, set()),
        (shelf.step_forward, {"The barn is red."}),
        (shelf.step_forward, {"The barn is red.", "The mill is old."}),
    ):
        step()
        qtbot.waitUntil(lambda: shelf.waiting == 0)
        assert {fact.text for fact in shelf.library.facts.list()} == texts
    assert window.actions_by_name["undo"].isEnabled()
    assert not window.actions_by_name["redo"].isEnabled()


def test_undo_takes_back_nothing_of_a_library_that_was_open_before(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in (("Thesis", "The barn is red."), ("Other", "The mill is old.")):
        with Library.open(tmp_path / f"{name}.brain") as library:
            if name == "Other":
                library.collections.create("Mills")
            library.facts.tell(text)
    answered, released = threading.Event(), threading.Event()
    listing = Library.changes

    def wait_and_list(self: Library, limit: int = 20) -> list[Change]:
        result = listing(self, limit)
        if self.path == tmp_path / "Thesis.brain":
            released.wait(10)
            answered.set()
        return result

    monkeypatch.setattr(Library, "changes", wait_and_list)
    shelf = make_window().shelf
    qtbot.waitUntil(lambda: shelf.complete)
    other = tmp_path / "Other.brain"
    shelf.switch(other)
    released.set()
    qtbot.waitUntil(lambda: shelf.library is not None and shelf.library.path == other)
    qtbot.waitUntil(lambda: answered.is_set() and bool(shelf.acts.applied))
    assert shelf.library is not None
    assert [act.changes for act in shelf.acts.applied] == [
        (row.id,) for row in reversed(listing(shelf.library))
    ]


def test_undo_offers_no_sleep_whose_changes_are_no_longer_recorded(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "Thesis.brain"
    with Library.open(file) as library:
        for number in range(4):
            library.facts.tell(f"Barn {number} in Kiel belongs to Anna.")
        library.memory.used(*[fact.id for fact in library.facts.list()])
        library.sleep.run()
        library.facts.tell("The mill is old.")
        (sleep,) = (row.id for row in library.changes() if row.kind == "sleep")
    with sqlite3.connect(file) as connection:
        connection.execute("DELETE FROM change_item WHERE change = ?", (sleep,))
    connection.close()
    acts = make_window().shelf.acts
    qtbot.waitUntil(lambda: bool(acts.applied))
    assert sleep not in [number for act in acts.applied for number in act.changes]
    assert len(acts.applied) == 5


@pytest.mark.slow
def test_a_sleep_says_there_what_it_did_and_is_undone(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = lived(make_window, qtbot)
    library = library_of(window)
    window.actions_by_name["sleep"].trigger()
    qtbot.waitUntil(lambda: window.sleep_actions.undoable is not None)
    page = window.history.show()
    qtbot.waitUntil(lambda: bool(page.model.rows) and page.model.rows[0].kind == "sleep")
    assert "long-term" in _what(page)[0]
    page.table.selectRow(0)
    _press(page, "Show the sleep").click()
    qtbot.waitUntil(window.today_tab.sleep_page.isVisible)
    _press(page, "Undo").click()
    qtbot.waitUntil(lambda: library.sleep.history()[0].state == "undone")
    _press(page, "Redo").click()
    qtbot.waitUntil(lambda: library.sleep.history()[0].state == "done")
    qtbot.waitUntil(lambda: "done again" in window.toasts.text)


@pytest.mark.slow
def test_what_was_done_after_it_is_named_where_an_act_cannot_be_undone(
    thesis_window: MainWindow, qtbot: QtBot
) -> None:
    window = thesis_window
    ids = [row.id for row in window.shelf.sources]
    window.inspector.save_details(ids, SourceDetails(title="Ebb"))
    qtbot.waitUntil(lambda: "Details saved" in window.toasts.text)
    (undo,) = window.toasts.offers
    window.inspector.save_details(ids, SourceDetails(title="High Tides"))
    qtbot.waitUntil(lambda: window.shelf.acts.undo_text != "")
    qtbot.waitUntil(lambda: window.shelf.waiting == 0)
    count = len(window.shelf.acts.applied)
    undo.call()
    qtbot.waitUntil(lambda: "changed again since" in window.toasts.text)
    assert "Undo change" in window.toasts.text
    assert len(window.shelf.acts.applied) == count


def _acts(window: MainWindow, chance: random.Random) -> list[Callable[[], None]]:
    shelf = window.shelf
    ids = [row.id for row in (*shelf.sources, *shelf.trashed)]
    some = chance.sample(ids, chance.randint(1, len(ids)))
    name, number = chance.choice("abc"), chance.randint(0, 99)
    made = [row.name for row in shelf.collections]
    one = chance.choice(made) if made else "a"
    return [
        lambda: shelf.trash(some),
        lambda: shelf.restore(some),
        lambda: labels.tag(shelf, some, name),
        lambda: labels.tag(shelf, some, name, off=True),
        lambda: shelf.assign(some, name),
        lambda: shelf.unassign(some, one) if made else None,
        lambda: shelf.remove_collection(one) if made else None,
        lambda: labels.rename_collection(shelf, one, f"{one}{number}") if made else None,
        lambda: window.library_tab.memories.remember(f"Barn {number} is red.", "fact"),
        lambda: window.inspector.save_details(
            [row.id for row in shelf.sources if row.id in some],
            SourceDetails(title=f"Title {number}"),
        ),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_any_acts_undone_and_done_again_return_the_rows_of_the_library(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path, seed: int
) -> None:
    file, chance = tmp_path / "Thesis.brain", random.Random(seed)
    with Library.open(file) as library:
        for name in ("Skagen", "Gudhjem", "Nexø"):
            library.add_text(f"The lighthouse at {name} burned rape oil.", title=name)
    window = make_window()
    settled(qtbot, window, 3)

    def picture() -> dict[str, list[tuple[object, ...]]]:
        qtbot.waitUntil(lambda: window.shelf.waiting == 0 and not window.shelf._loading)
        found = rows(file)
        return {table: found[table] for table in _TRUTH if table in found}

    qtbot.waitUntil(lambda: bool(window.shelf.acts.applied))
    before, states = len(window.shelf.acts.applied), [picture()]
    for _ in range(12):
        chance.choice(_acts(window, chance))()
        states.append(picture())
    count = len(window.shelf.acts.applied) - before
    for _ in range(count):
        window.shelf.step_back()
    assert picture() == states[0]
    for _ in range(count):
        window.shelf.step_forward()
    assert picture() == states[-1]
    assert len(window.shelf.acts.applied) == before + count
