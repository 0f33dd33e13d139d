"""Collections and tags in the left dock: counted, chosen, renamed, dropped on, undone."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from tests.patience import seconds
from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.stage import fill, settled
from workbench.errors import UsageError
from workbench.memory.notes.records import ScopeChange
from workbench.store.records import CollectionRow
from workbench.ui.library.scope import Scope
from workbench.ui.shelf import labels
from workbench.ui.window.drop import Offer
from workbench.ui.window.main import MainWindow


@pytest.fixture
def window(make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot) -> MainWindow:
    fill(fake)
    fake.sources.tag([1, 2], "history")
    fake.sources.tag([2], "to read")
    made = make_window(fake)
    settled(qtbot, made, 3)
    qtbot.waitUntil(lambda: bool(made.shelf.tags))
    return made


def _item(window: MainWindow, text: str) -> QTreeWidgetItem:
    found = window.collections.tree.findItems(text, Qt.MatchFlag.MatchRecursive)
    assert len(found) == 1, text
    return found[0]


def _counts(window: MainWindow) -> dict[str, str]:
    tree = window.collections.tree
    found = tree.findItems("*", Qt.MatchFlag.MatchWildcard | Qt.MatchFlag.MatchRecursive)
    return {item.text(0): item.text(1) for item in found}


@pytest.mark.slow
def test_l3_tags_stand_below_the_collections_with_their_counts(window: MainWindow) -> None:
    counts = _counts(window)
    assert (counts["history"], counts["to read"], counts["Thesis"]) == ("2", "1", "2")
    spoken = _item(window, "history").data(0, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Tag history, 2 sources"
    # No cell of the tree is silent, also where there is nothing to count.
    for name in counts:
        assert _item(window, name).data(1, Qt.ItemDataRole.AccessibleTextRole), name
    window.collections.choose(Scope(tag="to read"))
    assert [row.id for row in window.library_tab.model.rows] == [2]
    # Questions are limited to collections only, and the status says what they are limited to.
    assert window.status.scope.text() == "Scope: Everything"


@pytest.mark.slow
def test_l3_the_tags_fold_and_stay_folded(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    heading = _item(window, "Tags")
    assert heading.isExpanded()
    window.collections.tree.setCurrentItem(heading)
    QTest.keyClick(window.collections.tree, Qt.Key.Key_Left)
    assert not heading.isExpanded()
    fake.sources.tag([3], "whales")
    qtbot.waitUntil(lambda: "whales" in _counts(window))
    assert not _item(window, "Tags").isExpanded()


@pytest.mark.slow
def test_l3_a_tag_dropped_on_tags_what_was_dragged_and_undo_takes_it_off(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    tree = window.collections.tree
    rect = tree.visualItemRect(_item(window, "history"))
    point = tree.viewport().mapTo(window, rect.center())
    window.drops._offer = Offer(sources=(2, 3))
    window.drops._aim(point)
    aimed = window.drops._offer
    assert aimed.title == "Tag 2 sources “history”"
    window.drops._end()
    window.drops.dropped.emit(aimed)
    qtbot.waitUntil(lambda: window.toasts.text == "2 sources tagged “history”")
    assert "history" in fake.books[3].row.tags
    window.shelf.step_back()
    qtbot.waitUntil(lambda: "history" not in fake.books[3].row.tags)
    # It had the tag before, so it keeps it.
    assert "history" in fake.books[2].row.tags


def _drop_on(window: MainWindow, name: str, sources: tuple[int, ...]) -> None:
    tree = window.collections.tree
    point = tree.visualItemRect(_item(window, name)).center()
    window.drops._offer = Offer(sources=sources)
    window.drops._aim(tree.viewport().mapTo(window, point))
    aimed = window.drops._offer
    window.drops._end()
    window.drops.dropped.emit(aimed)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "told"), [("history", "tagged"), ("Sea", "put into")])
def test_l3_undo_of_a_toast_undoes_what_the_toast_tells(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot, name: str, told: str
) -> None:
    _drop_on(window, name, (1, 3) if name == "Sea" else (2, 3))
    qtbot.waitUntil(lambda: told in window.toasts.text)
    # Something else is done before the toast is pressed.
    labels.tag(window.shelf, [1], "later")
    qtbot.waitUntil(lambda: window.shelf.acts.undo_text == "Tag “later”")
    window.toasts.offers[0].call()
    fresh = 1 if name == "Sea" else 3
    qtbot.waitUntil(
        lambda: name not in (*fake.books[fresh].row.tags, *fake.books[fresh].row.collections)
    )
    assert "later" in fake.books[1].row.tags
    # What was there before the drop is there still, and the undoing can be undone.
    kept = 3 if name == "Sea" else 2
    assert name in (*fake.books[kept].row.tags, *fake.books[kept].row.collections)
    window.shelf.step_forward()
    qtbot.waitUntil(
        lambda: name in (*fake.books[fresh].row.tags, *fake.books[fresh].row.collections)
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "told"), [("history", "Already tagged “history”"), ("Thesis", "Already in “Thesis”")]
)
def test_l3_what_was_there_already_offers_no_undo(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot, name: str, told: str
) -> None:
    labels.tag(window.shelf, [1], "later")
    qtbot.waitUntil(lambda: bool(window.shelf.acts.applied))
    _drop_on(window, name, (2,))
    qtbot.waitUntil(lambda: window.toasts.text == told)
    assert window.toasts.offers == ()


@pytest.mark.slow
def test_l5_what_a_toast_offers_goes_with_its_library(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot, tmp_path: Path
) -> None:
    window.shelf.trash([1])
    qtbot.waitUntil(lambda: window.toasts.isVisible())
    sheet = window.adding.choose_links(["https://example.org/"])
    window.libraries.switch(str(tmp_path / "Other.brain"))
    assert not window.toasts.isVisible()
    assert not sheet.isVisible()


@pytest.mark.slow
def test_l3_files_dropped_on_a_tag_go_where_they_would_go_anyway(window: MainWindow) -> None:
    tree = window.collections.tree
    rect = tree.visualItemRect(_item(window, "history"))
    window.drops._offer = Offer(files=(Path("a.txt"),))
    window.drops._aim(tree.viewport().mapTo(window, rect.center()))
    aimed = window.drops._offer
    assert (aimed.collection, aimed.tag, aimed.target) == (None, None, None)
    window.drops._end()


@pytest.mark.slow
def test_l3_files_dropped_on_a_collection_go_into_it(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot, tmp_path: Path
) -> None:
    book = tmp_path / "a.txt"
    book.write_text("Words.", encoding="utf-8")
    tree = window.collections.tree
    rect = tree.visualItemRect(_item(window, "Sea"))
    window.drops._offer = Offer(files=(book,))
    window.drops._aim(tree.viewport().mapTo(window, rect.center()))
    aimed = window.drops._offer
    assert aimed.collection == "Sea"
    window.drops._end()
    window.drops.dropped.emit(aimed)
    qtbot.waitUntil(lambda: bool(fake.enqueued))
    assert fake.enqueued == [((book,), "Sea")]


@pytest.mark.slow
def test_l3_a_collection_is_renamed_in_place_and_back(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window.collections.choose(Scope("Thesis"))
    window.collections.tree.setFocus()
    QTest.keyClick(window.collections.tree, Qt.Key.Key_F2)
    editor = window.collections.tree.findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == "Thesis"
    editor.selectAll()
    QTest.keyClicks(editor, "Dissertation")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.library_tab.scope == Scope("Dissertation"))
    assert sorted(row.id for row in window.library_tab.model.rows) == [2, 3]
    assert window.status.scope.text() == "Scope: Dissertation"
    assert fake.names.count("Dissertation") == 1
    qtbot.waitUntil(lambda: "Dissertation" in _counts(window))
    window.shelf.step_back()
    qtbot.waitUntil(lambda: window.library_tab.scope == Scope("Thesis"))
    assert "Thesis" in fake.names


@pytest.mark.slow
@pytest.mark.parametrize("back", [False, True])
def test_l3_lists_that_were_read_before_a_renaming_do_not_lose_what_is_chosen(
    window: MainWindow,
    fake: FakeShelfLibrary,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    back: bool,
) -> None:
    window.collections.choose(Scope("Thesis"))
    chosen: list[Scope] = []
    if back:
        labels.rename_collection(window.shelf, "Thesis", "Dissertation")
        qtbot.waitUntil(lambda: window.library_tab.scope == Scope("Dissertation"))
    qtbot.waitUntil(lambda: not window.jobs.busy)
    window.collections.scope_changed.connect(chosen.append)
    read, go_on, listed = threading.Event(), threading.Event(), fake.collections_list

    def slow() -> list[CollectionRow]:
        found = listed()
        if threading.current_thread() is not renaming and not read.is_set():
            read.set()
            go_on.wait(seconds(20))
        return found

    renaming: threading.Thread | None = None
    rename = fake.collections_change

    def renamed(collection: str, *, name: str) -> ScopeChange:
        nonlocal renaming
        renaming = threading.current_thread()
        return rename(collection, name=name)

    monkeypatch.setattr(fake, "collections_list", slow)
    monkeypatch.setattr(fake, "collections_change", renamed)
    window.shelf.refresh()
    qtbot.waitUntil(read.is_set)
    wanted = Scope("Thesis" if back else "Dissertation")
    if back:
        window.shelf.step_back()
    else:
        labels.rename_collection(window.shelf, "Thesis", "Dissertation")
    qtbot.waitUntil(lambda: window.library_tab.scope == wanted)
    go_on.set()
    qtbot.waitUntil(lambda: not window.jobs.busy)
    assert chosen == [wanted]
    assert wanted.collection in _counts(window)


@pytest.mark.slow
def test_l3_what_another_program_renames_stays_chosen(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window.collections.choose(Scope("Thesis"))
    fake.collections.change("Thesis", name="Dissertation")
    qtbot.waitUntil(lambda: "Dissertation" in _counts(window))
    assert window.library_tab.scope == Scope("Dissertation")
    assert window.status.scope.text() == "Scope: Dissertation"


@pytest.mark.slow
def test_l3_a_name_that_is_taken_is_told_and_nothing_changes(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: not window.jobs.busy)  # what was tagged before is recorded
    before = [act.text for act in window.shelf.acts.applied]
    fake.refuses = UsageError("There is a collection called “Sea” already.", "Choose another name.")
    labels.rename_collection(window.shelf, "Thesis", "Sea")
    qtbot.waitUntil(lambda: "already" in window.toasts.text)
    assert [act.text for act in window.shelf.acts.applied] == before
    assert {"Thesis", "Sea"} <= set(_counts(window))


@pytest.mark.slow
def test_l3_a_tag_is_taken_off_all_its_sources_and_undo_puts_it_back(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window.collections.choose(Scope(tag="history"))
    window.collections.remove_tag("history")
    qtbot.waitUntil(lambda: not fake.books[1].row.tags)
    qtbot.waitUntil(lambda: window.library_tab.scope == Scope())
    window.shelf.step_back()
    qtbot.waitUntil(lambda: _counts(window).get("history") == "2")


def test_l3_a_press_on_the_sign_of_the_tags_folds_them(window: MainWindow, qtbot: QtBot) -> None:
    tree = window.collections.tree
    heading = _item(window, "Tags")
    rect = tree.visualRect(tree.indexFromItem(heading, 1))
    place = rect.center() + QPoint(0, 0)
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert not heading.isExpanded()
