"""Help ▸ Python Guide: every page is there and set like a book, code in a fixed width."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QTextFormat, QTextTable
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary
from workbench import paths
from workbench.errors import WorkbenchError
from workbench.ui.window.guide import Guide, pages
from workbench.ui.window.main import MainWindow

_CODE = QTextFormat.Property.BlockCodeLanguage


def _opened(window: MainWindow, qtbot: QtBot) -> Guide:
    window.actions_by_name["guide"].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(Guide)))
    guide = window.findChildren(Guide)[0]
    assert isinstance(guide, Guide)
    return guide


@pytest.mark.slow
def test_the_guide_has_every_page_in_its_order(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    guide = _opened(make_window(fake), qtbot)
    files = sorted((paths.resources() / "guide").glob("*.md"))
    assert guide.list.count() == len(files) >= 9
    assert not guide.isModal()
    for at, file in enumerate(files):
        guide.list.setCurrentRow(at)
        heading = file.read_text("utf-8").split("\n", 1)[0].removeprefix("# ")
        assert guide.list.item(at).text() == heading
        assert guide.page.toPlainText().startswith(heading)
        assert guide.page.verticalScrollBar().value() == 0
    guide.close()


@pytest.mark.slow
def test_code_stands_in_a_fixed_width_and_prose_in_the_readers_serif(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    guide = _opened(make_window(fake), qtbot)
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
    guide = _opened(make_window(fake), qtbot)
    guide.list.setCurrentRow(2)
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
