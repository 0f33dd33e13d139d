"""Help ▸ Guide: every page is there and set like a book, and what it names is in the window."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QFontInfo, QImage, QKeySequence, QTextFormat, QTextTable
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary
from workbench import paths
from workbench.errors import WorkbenchError
from workbench.ui import theme
from workbench.ui.window.actions import MENUS
from workbench.ui.window.help import Guide, pages
from workbench.ui.window.main import MainWindow

FOLDER = paths.resources() / "guide"
FILES = sorted(FOLDER.glob("*.md"))
NAMES = [file.name for file in FILES]
_CODE = QTextFormat.Property.BlockCodeLanguage
#: A menu path or keys, in bold: what a person is to look for. It may break over a line.
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)#]+)(?:#[^)]*)?\)")
_KEYS = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+\S+|F\d+)")


def _bold(file: Path) -> list[str]:
    return [" ".join(each.split()) for each in _BOLD.findall(file.read_text("utf-8"))]


def _opened(window: MainWindow, qtbot: QtBot, page: str = NAMES[0]) -> Guide:
    window.actions_by_name["guide"].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(Guide)))
    guide = window.findChildren(Guide)[0]
    assert isinstance(guide, Guide)
    guide.list.setCurrentRow(NAMES.index(page))
    return guide


def _menu_paths(window: MainWindow) -> set[str]:
    pages = window.preferences.pages.pages
    found = {f"Settings ▸ {page.title.name}" for page in pages}
    for title, entries in MENUS:
        for entry in filter(None, entries):
            under = f"{entry.under} ▸ " if entry.under else ""
            found.add(f"{title} ▸ {under}{entry.text}".replace("&", ""))
            found.add(f"{title} ▸ {entry.under}".replace("&", ""))
    return found


@pytest.mark.slow
def test_the_guide_has_every_page_in_its_order_and_its_pictures_fit(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    guide = _opened(make_window(fake), qtbot)
    assert guide.list.count() == len(FILES) >= 9
    assert not guide.isModal()
    for at, file in enumerate(FILES):
        guide.list.setCurrentRow(at)
        heading = file.read_text("utf-8").split("\n", 1)[0].removeprefix("# ")
        assert guide.list.item(at).text() == heading
        assert guide.page.toPlainText().startswith(heading)
        assert guide.page.verticalScrollBar().value() == 0
        # The frame of a table may stand out by its line.
        assert guide.page.document().size().width() <= guide.page.viewport().width() + 1
    guide.close()


@pytest.mark.slow
def test_a_link_turns_to_its_page_and_heading(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    guide = _opened(make_window(fake), qtbot)
    guide.page.anchorClicked.emit(QUrl("10-backup.md#what-we-promise-about-the-file"))
    assert guide.list.currentRow() == NAMES.index("10-backup.md")
    assert guide.page.verticalScrollBar().value() > 0
    guide.close()


@pytest.mark.slow
def test_help_opens_at_its_beginning_and_leaves_no_hole_below_a_picture(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    guide = _opened(make_window(fake), qtbot)
    qtbot.wait(50)
    assert guide.page.textCursor().position() == 0
    assert guide.page.verticalScrollBar().value() == 0
    document = guide.page.document()
    block = document.begin()
    while "\ufffc" not in block.text():
        block = block.next()
    shown = block.begin().fragment().charFormat().toImageFormat().name()
    picture = guide.page.loadResource(2, QUrl(shown))
    assert isinstance(picture, QImage)
    high = document.documentLayout().blockBoundingRect(block).height()
    assert high < picture.height() + 40


@pytest.mark.slow
def test_the_list_of_pages_leaves_most_of_a_small_screen_to_the_page(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    theme.zoom_first(2.0)
    guide = _opened(make_window(fake), qtbot)
    guide.resize(1024, 700)
    qtbot.waitUntil(lambda: guide.page.width() > 600)


@pytest.mark.slow
def test_pictures_shrink_to_a_narrow_window(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    guide = _opened(make_window(fake), qtbot)
    wide = guide.page.document().size().height()
    guide.resize(620, 500)
    qtbot.waitUntil(lambda: guide.page.viewport().width() < 400)
    document = guide.page.document()
    qtbot.waitUntil(lambda: document.idealWidth() <= guide.page.viewport().width())
    assert document.size().height() != wide
    guide.close()


@pytest.mark.slow
def test_code_stands_in_a_fixed_width_and_prose_in_the_readers_serif(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    guide = _opened(make_window(fake), qtbot, "30-python.md")
    languages = set()
    block = guide.page.document().begin()
    prose = code = ""
    while block.isValid():
        shown = block.begin()
        if not shown.atEnd():
            family = QFontInfo(shown.fragment().charFormat().font()).family()
            if block.blockFormat().hasProperty(_CODE):
                languages.add(block.blockFormat().property(_CODE))
                code = family
            elif not block.blockFormat().headingLevel():
                prose = family
        block = block.next()
    assert languages == {"python", "text"}
    assert "Mono" in code
    assert "Mono" not in prose
    guide.close()


@pytest.mark.slow
def test_tables_are_tables(make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot) -> None:
    guide = _opened(make_window(fake), qtbot, "32-concepts.md")
    frames = guide.page.document().rootFrame().childFrames()
    (table,) = [frame for frame in frames if isinstance(frame, QTextTable)]
    assert table.rows() == 9
    guide.close()


@pytest.mark.slow
def test_a_switch_of_theme_keeps_the_page(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window = make_window(fake)
    guide = _opened(window, qtbot)
    guide.list.setCurrentRow(3)
    before = guide.page.toPlainText()
    window.look.set_theme("dark")
    assert guide.page.toPlainText() == before
    guide.close()


@pytest.mark.slow
def test_it_is_opened_once_and_closed_by_escape(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window = make_window(fake)
    guide = _opened(window, qtbot)
    window.actions_by_name["guide"].trigger()
    assert window.findChildren(Guide) == [guide]
    QTest.keyClick(guide.list, Qt.Key.Key_Down)
    assert guide.list.currentRow() == 1
    QTest.keyClick(guide, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(Guide))


def test_a_guide_that_is_missing_or_damaged_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError, match="guide"):
        pages(tmp_path)
    (tmp_path / "01.md").write_bytes(b"# \xff\xfe\x80")
    with pytest.raises(WorkbenchError, match="guide"):
        pages(tmp_path)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_links_and_pictures_are_there(file: Path) -> None:
    text = file.read_text("utf-8")
    for picture, target in _LINK.findall(text):
        assert (FOLDER / target).is_file(), target
        if picture:
            assert not QImage(str(FOLDER / target)).isNull(), target


def test_each_picture_is_shown_and_all_are_small() -> None:
    shown = {target for file in FILES for sign, target in _LINK.findall(file.read_text()) if sign}
    kept = list((FOLDER / "pictures").iterdir())
    assert shown == {f"pictures/{each.name}" for each in kept}
    assert sum(each.stat().st_size for each in kept) < 1_500_000


@pytest.mark.slow
def test_every_menu_path_and_key_that_a_page_names_is_in_the_window(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window = make_window(fake)
    known = _menu_paths(window)
    keys = {
        key.toString(QKeySequence.SequenceFormat.PortableText)
        for action in window.actions_by_name.values()
        for key in action.shortcuts()
    }
    named = {(file.name, each) for file in FILES for each in _bold(file)}
    paths_named = {each for each in named if "▸" in each[1]}
    assert len(paths_named) > 30
    assert {each for each in paths_named if each[1] not in known} == set()
    keys_named = {each for each in named - paths_named if _KEYS.fullmatch(each[1])}
    assert {each for each in keys_named if each[1] not in keys} == set()
