"""A picture as a source in the window: its words marked where they stand, pasted and dropped."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ingest.models import ocr
from tests.ingest.images.conftest import draw
from workbench.intake.records import Added
from workbench.library import Library
from workbench.ui import theme
from workbench.ui.jobs import Jobs
from workbench.ui.library import source_types
from workbench.ui.reader.tab import ReaderTab
from workbench.ui.shelf import calls as library_calls
from workbench.ui.window.drop import offer

pytestmark = [
    pytest.mark.qt_log_ignore("propagateSizeHints"),
    pytest.mark.skipif(not ocr.engine(), reason="no text recognition is installed"),
]

LINE = "The tide gauge at Vardø was read every morning by the schoolmaster."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "a.brain") as opened:
        yield opened


@pytest.fixture
def reader(qtbot: QtBot, qapp: QApplication, library: Library) -> Iterator[ReaderTab]:
    theme.apply(qapp, "light")
    jobs = Jobs(workers=2)
    tab = ReaderTab(library, jobs)
    qtbot.addWidget(tab)
    tab.resize(840, 700)
    tab.show()
    yield tab
    jobs.close()


def _cite(qtbot: QtBot, reader: ReaderTab, library: Library, question: str) -> int:
    answer = library.ask(question)
    with qtbot.waitSignal(reader.opened):
        reader.open_evidence(answer, 1)
    qtbot.waitUntil(lambda: reader.page_view.pictures > 0 and not reader.page_view.waiting)
    return answer.evidence[0].source.id


@pytest.mark.slow
@pytest.mark.parametrize("name", ["gauge.png", "gauge.pdf"])
def test_a3_i10_a_citation_opens_the_picture_with_its_words_marked(
    qtbot: QtBot, reader: ReaderTab, library: Library, tmp_path: Path, name: str
) -> None:
    draw(LINE).save(tmp_path / name, resolution=120)
    library.add(tmp_path / name)
    source = _cite(qtbot, reader, library, "Who read the tide gauge?")
    view = reader.page_view
    assert reader.shows_pages
    ((number, box),) = view.marked()
    place = view.visible_box(number, box).toRect()
    assert view.viewport().rect().contains(place.center())
    image = view.viewport().grab(place).toImage()
    colours = {
        QColor(image.pixelColor(x, y)).name()
        for x in range(image.width())
        for y in range(image.height())
    }
    assert QColor(theme.THEMES["light"].marker).name() in colours
    assert min(QColor(each).lightness() for each in colours) < 80, "letters under the marker"
    beside = box[3] - box[1]
    assert beside < 0.6, "the words, not the whole picture"
    view.zoom(1)
    assert view.visible_box(number, box).width() > place.width()
    assert source_types.state(library.sources.get(source)).word == "Ready"


@pytest.mark.slow
def test_a3_what_is_told_of_a_picture_opens_the_picture(
    qtbot: QtBot, reader: ReaderTab, library: Library, tmp_path: Path
) -> None:
    Image.new("RGB", (300, 200), "olive").save(tmp_path / "crane.png")
    (tmp_path / "crane.txt").write_text("A crane unloading walnut planks in Trieste.")
    library.add(tmp_path / "crane.png")
    _cite(qtbot, reader, library, "What does the crane unload in Trieste?")
    assert reader.shows_pages
    assert reader.page_view.marked() == []
    assert reader.notice() == ""


@pytest.mark.slow
def test_i1_a_pasted_picture_is_kept_in_the_library(library: Library, tmp_path: Path) -> None:
    draw(LINE).save(tmp_path / "p.png")
    added: list[Added] = library_calls.paste_picture(library, QImage(str(tmp_path / "p.png")), None)
    (tmp_path / "p.png").unlink()
    assert [one.state for one in added] == ["verified"]
    evidence = library.ask("Who read the tide gauge?").evidence[0]
    assert evidence.source.kind == "image"
    assert evidence.source.title.startswith("Pasted picture, ")
    wide, high, rows = library.sources.page_picture(evidence.source.id, 1, 120)
    assert (wide, len(rows)) == (120, 480 * high)


def test_i1_a_picture_dragged_from_a_browser_needs_no_fetching(tmp_path: Path) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    mime = QMimeData()
    mime.setImageData(image)
    mime.setUrls([QUrl("https://example.org/teal.png")])
    shown = offer(mime)
    assert shown is not None
    assert shown.title == "Add this picture"
    assert shown.picture is not None
    assert shown.picture.size() == image.size()
    assert not shown.links
    image.save(str(tmp_path / "teal.png"))
    packed = QMimeData()
    packed.setUrls([QUrl("data:image/png;base64," + _base64(tmp_path / "teal.png"))])
    again = offer(packed)
    assert again is not None
    assert again.picture is not None
    assert again.picture.size() == image.size()


def _base64(path: Path) -> str:
    import base64

    return base64.b64encode(path.read_bytes()).decode()
