"""What was indexed beside the original: pictures of pages, and the words a page came with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.stage import library_of, settled
from workbench import paths
from workbench.store.kept_originals import Original
from workbench.ui.library.indexed import IndexedView
from workbench.ui.library.original_pane import visible_words
from workbench.ui.window.main import MainWindow

PAGE = """<html><head><title>Herons</title><style>p { color: red }</style></head>
<body><nav><a href="/">Home</a> <a href="/birds">Birds</a></nav>
<main><h1>Herons of the weir</h1><p>Agnes counted
the herons &amp; their nests.</p></main>
<script>track("you")</script><footer>All rights reserved</footer></body></html>"""


def _show(window: MainWindow, source: int) -> IndexedView:
    window.library_tab.select((source,))
    window.actions_by_name["indexed"].trigger()
    return window.library_tab.indexed


@pytest.mark.slow
def test_l4_a_pdf_shows_the_picture_of_its_page_with_the_passage_marked(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window()
    window.adding.add([paths.sample_book().with_suffix(".pdf")])
    qtbot.waitUntil(
        lambda: [row.state for row in window.shelf.sources] == ["verified"], timeout=60_000
    )
    source = window.shelf.sources[0]
    sheet = _show(window, source.id)
    beside = sheet.beside
    qtbot.waitUntil(lambda: beside.view_name == "Pages")
    qtbot.waitUntil(lambda: beside.pages.pictures > 0)
    library = library_of(window)
    passages = library.sources.passages(source.id)
    last = len(passages) - 1
    sheet.list.setCurrentIndex(sheet.passages.index(last, 0))
    wanted = library.sources.page_boxes(source.id, passages[last].start, passages[last].end)
    assert wanted
    qtbot.waitUntil(lambda: beside.pages.marked() == wanted)
    assert beside.pages.page in {number for number, _box in wanted}
    QTest.mouseClick(beside.ways["Text"], Qt.MouseButton.LeftButton)
    assert sheet.text.isVisible()
    assert sheet.marked_words() == passages[last].text


@pytest.mark.slow
def test_l4_without_its_file_a_pdf_shows_its_text_and_says_why(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    source = fake.put("Paper", [("", "One page of words.")], kind="pdf", pages=[("1", 0, 18)])
    fake.originals = False
    window = make_window(fake)
    settled(qtbot, window, 1)
    sheet = _show(window, source)
    qtbot.waitUntil(lambda: bool(fake.painted))
    qtbot.waitUntil(sheet.text.isVisible)
    assert sheet.beside.view_name == "Text"
    assert not sheet.beside.ways["Pages"].isVisible()
    assert "has moved" in sheet.beside._note.text()


@pytest.mark.slow
def test_l4_a_page_of_the_web_shows_all_words_it_came_with(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    source = fake.put("Herons", [("", "Agnes counted the herons & their nests.")], kind="html")
    address = "https://example.org/herons"
    kept = Original("0", address, address, "text/html; charset=latin-1", 1.7e9, 500)
    fake.kept[source] = kept, PAGE.encode("latin-1")
    window = make_window(fake)
    settled(qtbot, window, 1)
    beside = _show(window, source).beside
    qtbot.waitUntil(beside.ways["As fetched"].isVisible)
    assert beside.view_name == "Text"
    beside.ways["As fetched"].setFocus()
    QTest.keyClick(beside.ways["As fetched"], Qt.Key.Key_Space)
    assert beside.fetched.isVisible()
    assert beside.fetched.toPlainText().splitlines() == [
        "Home Birds",
        "Herons of the weir",
        "Agnes counted the herons & their nests.",
        "All rights reserved",
    ]
    assert address in beside.ways["As fetched"].toolTip()


@pytest.mark.slow
def test_l4_a_plain_text_has_one_way_to_be_seen_and_no_choice(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    source = fake.put("Plain", [("", "Words and more words.")], kind="text")
    window = make_window(fake)
    settled(qtbot, window, 1)
    sheet = _show(window, source)
    qtbot.waitUntil(lambda: bool(sheet.text.toPlainText()))
    assert not any(way.isVisible() for way in sheet.beside.ways.values())


def test_l4_each_passage_is_drawn_with_its_place(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    source = fake.put("Plain", [("", "Words and more words.")], kind="text")
    window = make_window(fake)
    settled(qtbot, window, 1)
    sheet = _show(window, source)
    qtbot.waitUntil(lambda: bool(sheet.passages.rows))
    # What fails while it is painted fails the test.
    assert not sheet.list.grab().isNull()


@given(st.text(max_size=200))
def test_l4_no_page_is_too_odd_to_be_shown(page: str) -> None:
    assert "\n\n" not in visible_words(page)


@pytest.mark.parametrize("page", ["<p>a<script>b", "</script></style>c", "<![CDATA[x]]>d"])
def test_l4_broken_markup_keeps_what_can_be_seen(page: str) -> None:
    assert visible_words(page).strip()[-1:] in {"a", "c", "d"}
