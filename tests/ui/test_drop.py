"""Dropping things on the window: what is shown while they hover, and where they go."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary, Wanted
from tests.ui.stage import settled
from workbench.ui.activity.rows import stage_word, verbs
from workbench.ui.library.model import SOURCES_MIME
from workbench.ui.library.scope import Scope
from workbench.ui.shelf.calls import expand
from workbench.ui.window.drop import Offer, offer
from workbench.ui.window.main import MainWindow

COPY = Qt.DropAction.CopyAction
LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


def _urls(*names: str | Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(name)) for name in names])
    return mime


def _enter(target: QWidget, mime: QMimeData, at: QPoint) -> bool:
    """As the window system sends it; True where somebody below takes it."""
    event = QDragEnterEvent(at, COPY, mime, LEFT, PLAIN)
    QApplication.sendEvent(target, event)
    return event.isAccepted()


def _move(window: QWidget, mime: QMimeData, at: QPoint) -> bool:
    event = QDragMoveEvent(at, COPY, mime, LEFT, PLAIN)
    QApplication.sendEvent(window, event)
    return event.isAccepted()


def _drop(window: QWidget, mime: QMimeData, at: QPoint) -> None:
    event = QDropEvent(QPointF(at), COPY, mime, LEFT, PLAIN)
    QApplication.sendEvent(window, event)


def _over(window: MainWindow, name: str) -> QPoint:
    """The middle of a row of the collections, in the window's coordinates."""
    tree = window.collections.tree
    rows = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    item = next(row for row in rows if row is not None and row.text(0) == name)
    return tree.viewport().mapTo(window, tree.visualItemRect(item).center())


def _presses(window: MainWindow) -> dict[str, QPushButton]:
    found = window.toasts.findChildren(QPushButton)
    return {press.text(): press for press in found if not press.isHidden()}


@pytest.fixture
def window(make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot) -> MainWindow:
    fake.put("Frankenstein", [("1", "It was a dreary night.")])
    fake.put("The Trace", [("1", "In 1885 he published.")], collections=["Thesis"])
    made = make_window(fake)
    settled(qtbot, made, 2)
    return made


@pytest.mark.slow
def test_i1_in_an_empty_library_the_offer_lies_on_the_well(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window = make_window(fake)
    well = window.library_tab.well
    qtbot.waitUntil(well.isVisible)
    assert _enter(window, _urls("/b/notes.txt"), QPoint(600, 400))
    place = window.drops.overlay.plate()
    assert place.topLeft() == well.mapTo(window, QPoint())
    assert place.size() == well.size()


@pytest.mark.slow
def test_i1_files_hover_over_the_table_and_the_whole_window_answers(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    mime = _urls("/b/كتاب 📚.epub", "/b/Über das Gedächtnis.pdf", "/b/notes.txt", "/b/plan.svg")
    table = window.library_tab.table.viewport()
    overlay = window.drops.overlay
    assert _enter(table, mime, QPoint(40, 40))
    assert overlay.isVisible()
    assert overlay.geometry() == window.rect()
    shown = overlay.offer
    assert shown is not None
    assert shown.title == "Add 4 files"
    assert [word for _glyph, word in shown.kinds] == [
        "1 book",
        "1 PDF",
        "1 text",
        "1 not readable",
    ]
    assert "plan.svg" in shown.detail
    _drop(window, mime, QPoint(600, 400))
    assert not overlay.isVisible()
    qtbot.waitUntil(lambda: bool(fake.enqueued))
    paths, collection = fake.enqueued[0]
    assert [path.name for path in paths][:2] == ["كتاب 📚.epub", "Über das Gedächtnis.pdf"]
    assert collection is None


@pytest.mark.slow
def test_i1_a_collection_under_the_pointer_is_outlined_and_gets_the_files(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    mime = _urls("/b/one.epub", "/b/two.epub")
    assert _enter(window, mime, QPoint(700, 300))
    place = _over(window, "Thesis")
    assert _move(window, mime, place)
    shown = window.drops.overlay.offer
    assert shown is not None
    assert shown.title == "Add 2 files to “Thesis”"
    assert shown.target is not None
    assert shown.target.contains(place)
    _move(window, mime, QPoint(700, 300))
    left = window.drops.overlay.offer
    assert left is not None
    assert left.target is None
    _move(window, mime, place)
    _drop(window, mime, place)
    qtbot.waitUntil(lambda: bool(fake.enqueued))
    assert fake.enqueued[0][1] == "Thesis"


@pytest.mark.slow
def test_i1_in_a_collection_a_drop_anywhere_goes_into_it(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window.collections.choose(Scope("Thesis"))
    mime = _urls("/b/one.epub")
    _enter(window, mime, QPoint(700, 300))
    _drop(window, mime, QPoint(700, 300))
    qtbot.waitUntil(lambda: bool(fake.enqueued))
    assert fake.enqueued[0][1] == "Thesis"
    _enter(window, mime, QPoint(700, 300))
    _drop(window, mime, _over(window, "Everything"))
    qtbot.waitUntil(lambda: len(fake.enqueued) == 2)
    assert fake.enqueued[1][1] is None


@pytest.mark.slow
def test_i1_leaving_lifts_the_veil_and_adds_nothing(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    _enter(window, _urls("/b/one.epub"), QPoint(700, 300))
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not window.drops.overlay.isVisible()
    qtbot.wait(30)
    assert not fake.enqueued


@pytest.mark.slow
def test_i1_a_field_does_not_swallow_a_dropped_file(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    field = window.library_tab.find_field
    mime = _urls("/b/one.epub")
    assert _enter(field, mime, QPoint(5, 5))
    assert window.drops.overlay.isVisible()
    _drop(window, mime, QPoint(700, 300))
    assert field.text() == ""
    window.navigate.show_tab(2)
    assert _enter(window.ask_tab.composer.field, mime, QPoint(5, 5))
    _drop(window, mime, QPoint(700, 300))
    assert window.ask_tab.composer.field.text() == ""
    qtbot.waitUntil(lambda: len(fake.enqueued) == 2)


@pytest.mark.slow
def test_i1_pasted_and_dropped_text_becomes_a_source(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    mime = QMimeData()
    mime.setText("Sleep settles the debt of the day.")
    assert _enter(window, mime, QPoint(700, 300))
    shown = window.drops.overlay.offer
    assert shown is not None
    assert shown.title == "Add this text"
    _drop(window, mime, QPoint(700, 300))
    qtbot.waitUntil(lambda: len(fake.pasted) == 1)
    QApplication.clipboard().setText("A second thought.")
    window.actions_by_name["paste"].trigger()
    qtbot.waitUntil(lambda: len(fake.pasted) == 2)
    qtbot.waitUntil(lambda: window.toasts.text == "Added: A second thought.")
    assert set(_presses(window)) == {"Show", "Undo"}


@pytest.mark.slow
def test_i1_links_are_dropped_beside_files(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/page?q=1#part"), QUrl.fromLocalFile("/b/a.epub")])
    assert _enter(window, mime, QPoint(700, 300))
    shown = window.drops.overlay.offer
    assert shown is not None
    assert shown.title == "Add 1 file and 1 link"
    assert [word for _glyph, word in shown.kinds] == ["1 book", "1 link"]
    _drop(window, mime, _over(window, "Thesis"))
    qtbot.waitUntil(lambda: len(fake.wanted) == 2)
    assert fake.wanted == [
        Wanted(("/b/a.epub",), "Thesis"),
        Wanted(("https://example.org/page?q=1#part",), "Thesis"),
    ]


@pytest.mark.slow
def test_i1_a_text_that_is_nothing_but_links_is_links(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    mime = QMimeData()
    mime.setText("https://example.org/a\nhttps://example.org/b\n")
    assert _enter(window, mime, QPoint(700, 300))
    shown = window.drops.overlay.offer
    assert shown is not None
    assert shown.title == "Add 2 links"
    assert "save the page" in shown.detail
    _drop(window, mime, QPoint(700, 300))
    qtbot.waitUntil(lambda: bool(fake.wanted))
    assert fake.wanted == [Wanted(("https://example.org/a", "https://example.org/b"))]
    assert not fake.pasted


@pytest.mark.slow
@pytest.mark.parametrize(
    "near", ["http://127.0.0.1:8080/x", "http://printer.local/", "http://nas/"]
)
def test_i1_a_dropped_link_to_ones_own_network_is_shown_before_it_is_asked(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot, near: str
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl(near), QUrl("https://example.org/a")])
    _enter(window, mime, QPoint(700, 300))
    _drop(window, mime, QPoint(700, 300))
    qtbot.waitUntil(lambda: bool(fake.wanted))
    assert fake.wanted == [Wanted(("https://example.org/a",))]
    sheet = window.adding.sheet
    assert sheet is not None
    assert sheet.field.toPlainText().strip() == near
    assert "not on the public web" in sheet.told.text()
    sheet.close()
    qtbot.wait(30)
    assert len(fake.wanted) == 1


@pytest.mark.slow
def test_l3_sources_are_dragged_onto_a_collection(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    model = window.library_tab.model
    row = next(at for at, source in enumerate(model.rows) if source.title == "Frankenstein")
    mime = model.mimeData([model.index(row, 0), model.index(row, 1)])
    assert mime.data(SOURCES_MIME) == QByteArray(b"1")
    assert _enter(window, mime, QPoint(700, 300))
    assert not _move(window, mime, QPoint(700, 300))
    place = _over(window, "Thesis")
    assert _move(window, mime, place)
    _drop(window, mime, place)
    qtbot.waitUntil(lambda: "Thesis" in fake.books[1].row.collections)
    qtbot.waitUntil(lambda: window.toasts.text == "1 source put into “Thesis”")
    _presses(window)["Undo"].click()
    qtbot.waitUntil(lambda: "Thesis" not in fake.books[1].row.collections)


@pytest.mark.slow
def test_i1_when_all_are_read_a_toast_tells_and_undo_takes_back_exactly_those(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window.adding.add([Path("/b/one.epub"), Path("/b/two.epub"), Path("/b/three.pdf")])
    qtbot.waitUntil(lambda: len(fake.jobs) == 3)
    fake.finish(1)
    fake.finish(3, state="failed", error="It is locked.", hint="Unlock it.")
    qtbot.wait(150)
    assert not window.toasts.isVisible()
    fake.finish(2)
    qtbot.waitUntil(window.toasts.isVisible)
    assert window.toasts.text == "2 added, 1 could not be read: three.pdf"
    assert set(_presses(window)) == {"Show", "Undo"}
    _presses(window)["Undo"].click()
    qtbot.waitUntil(lambda: len(window.shelf.trashed) == 2)
    assert {row.title for row in window.shelf.trashed} == {"one.epub", "two.epub"}
    assert len(window.shelf.sources) == 2


@pytest.mark.slow
def test_i8_what_was_there_before_is_told_and_not_undone(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window.adding.add([Path("/b/again.epub")])
    qtbot.waitUntil(lambda: len(fake.jobs) == 1)
    fake.finish(1, already=True, sources=(1,))
    qtbot.waitUntil(window.toasts.isVisible)
    assert window.toasts.text == "1 already in the library"
    assert set(_presses(window)) == {"Show"}
    _presses(window)["Show"].click()
    qtbot.waitUntil(lambda: [row.id for row in window.library_tab.selected()] == [1])


@pytest.mark.slow
def test_what_lay_in_the_trash_is_restored_told_and_undone(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window.shelf.trash([1])
    qtbot.waitUntil(lambda: len(window.shelf.trashed) == 1)
    window.adding.add([Path("/b/again.epub"), Path("/b/new.epub")])
    qtbot.waitUntil(lambda: len(fake.jobs) == 2)
    fake.sources.trash([1], restore=True)
    fake.finish(1, already=True, restored=True, sources=(1,))
    fake.finish(2)
    qtbot.waitUntil(lambda: "restored" in window.toasts.text)
    assert window.toasts.text == "1 added, 1 restored from the Trash"
    assert set(_presses(window)) == {"Show", "Undo"}
    _presses(window)["Undo"].click()
    qtbot.waitUntil(lambda: {row.id for row in window.shelf.trashed} == {1, 3})
    window.shelf.step_forward()
    qtbot.waitUntil(lambda: not window.shelf.trashed)


@pytest.mark.slow
def test_undo_of_an_add_leaves_what_was_there_before(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window.adding.add([Path("/b/many.jsonl")])
    qtbot.waitUntil(lambda: len(fake.jobs) == 1)
    fresh = fake.put("Fresh", [("", "Words.")])
    fake.finish(1, sources=(1, fresh))
    qtbot.waitUntil(lambda: window.toasts.text == "1 added")
    _presses(window)["Undo"].click()
    qtbot.waitUntil(lambda: fake.books[fresh].row.trashed is not None)
    assert fake.books[1].row.trashed is None


@pytest.mark.slow
def test_while_the_library_is_held_what_was_added_says_what_it_waits_for(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fake.held.clear()
    window.adding.add([Path("/b/one.epub")])
    qtbot.waitUntil(lambda: bool(window.activity.model.rows))
    row = window.activity.model.rows[0]
    assert (row.name, stage_word(row), verbs(row)) == ("one.epub", "Waiting for the library", ())
    assert window.status.queue.text().strip() == "Waiting for the library"
    assert not window.toasts.isVisible()
    fake.held.set()
    qtbot.waitUntil(lambda: [row.id for row in window.activity.model.rows] == [1])
    fake.finish(1)
    qtbot.waitUntil(lambda: window.toasts.text == "1 added")


@pytest.mark.slow
def test_undo_of_an_older_add_trashes_only_its_sources(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window.adding.add([Path("/b/one.epub")])
    qtbot.waitUntil(lambda: len(fake.jobs) == 1)
    fake.finish(1)
    qtbot.waitUntil(window.toasts.isVisible)
    undo = _presses(window)["Undo"]
    window.shelf.assign([1], "Thesis")
    qtbot.waitUntil(lambda: "Thesis" in fake.books[1].row.collections)
    undo.click()
    qtbot.waitUntil(lambda: fake.books[3].row.trashed is not None)
    assert "Thesis" in fake.books[1].row.collections


@pytest.mark.parametrize(
    ("names", "kinds"),
    [
        (["a.EPUB"], ["1 book"]),
        (["a.pdf", "b.PDF"], ["2 PDFs"]),
        (["README", "b.md", "c.docx"], ["3 texts"]),
        (["a.JPG", "b.webp"], ["2 pictures"]),
        (["strange.xyz"], ["1 other file"]),
        (["song.mp3", "talk.MP4"], ["2 recordings"]),
        (["b.rar", "photo.heic"], ["2 not readable"]),
    ],
)
def test_kinds_are_guessed_by_name_only_to_be_told(names: Sequence[str], kinds: list[str]) -> None:
    shown = offer(_urls(*(f"/nowhere/{name}" for name in names)))
    assert shown is not None
    assert [word for _glyph, word in shown.kinds] == kinds


def test_i1_a_folder_is_named_as_one_and_opened_all_the_way_down(tmp_path: Path) -> None:
    deep = tmp_path / "Reading" / "Memory"
    deep.mkdir(parents=True)
    for name in ("b.txt", "a.epub", ".hidden.txt"):
        (deep / name).write_text("words")
    (tmp_path / "Reading" / ".git").mkdir()
    (tmp_path / "Reading" / ".git" / "config").write_text("")
    (tmp_path / "Reading" / "first.pdf").write_text("")
    shown = offer(_urls(tmp_path / "Reading"))
    assert shown is not None
    assert shown.title == "Add 1 folder"
    single = tmp_path / "gone.txt"
    found = expand([single, tmp_path / "Reading"])
    assert [Path(path).name for path in found] == ["gone.txt", "first.pdf", "a.epub", "b.txt"]


def test_files_and_folders_are_counted_apart(tmp_path: Path) -> None:
    (tmp_path / "Reading").mkdir()
    files = [tmp_path / f"{n}.epub" for n in range(8)]
    shown = offer(_urls(*files, tmp_path / "Reading"))
    assert shown is not None
    assert shown.title == "Add 8 files and 1 folder"
    assert shown.parts == "8 books · 1 folder"
    alone = offer(_urls(tmp_path / "Reading"))
    assert alone is not None
    assert alone.title == "Add 1 folder"
    # Not the same once more.
    assert alone.parts == ""


def test_i1_a_folder_with_a_dot_in_its_name_is_a_folder(tmp_path: Path) -> None:
    for name in ("Thesis v1.2", "Scans.bin"):
        (tmp_path / name).mkdir()
    shown = offer(_urls(tmp_path / "Thesis v1.2", tmp_path / "Scans.bin"))
    assert shown is not None
    assert (shown.title, shown.doubtful) == ("Add 2 folders", ())


@pytest.mark.slow
def test_dragged_sources_are_told_to_those_who_hear_the_window(
    window: MainWindow, fake: FakeShelfLibrary
) -> None:
    model = window.library_tab.model
    mime = model.mimeData([model.index(0, 0)])
    _enter(window, mime, QPoint(700, 300))
    told = window.drops.overlay.accessibleName()
    assert told == "Put 1 source into a collection. Drop these on a collection or a tag."
    _move(window, mime, _over(window, "Thesis"))
    told = window.drops.overlay.accessibleName()
    assert told.startswith("Put 1 source into “Thesis”. Release to add")
    _drop(window, mime, QPoint(700, 300))


def test_an_offer_of_nothing_is_none() -> None:
    assert offer(QMimeData()) is None
    assert Offer(text="words").detail == "Release to add, Esc to cancel."
