"""A folder of everything is dropped, and one question is answered from three kinds of source."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ingest.models import ocr
from tests.benchmarks.drawn_pages import draw_page
from tests.benchmarks.made_whisper import write_model
from tests.ollama_server import FakeModel, OllamaServer, ollama_server
from tests.recorded import speak
from tests.ui.conftest import MakeWindow
from tests.ui.stage import library_of, settled
from workbench.models import server
from workbench.recall.records import Answer
from workbench.ui.window.main import MainWindow

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not ocr.engine(), reason="no text recognition is installed"),
]

QUESTION = "What was done to the lighthouse of Bredal, and by whom?"
BUILT = "The lighthouse of Bredal was built by Odile Brandt of Vardo."
PAINTED = "The lighthouse of Bredal was painted white by the masons of Lund."
LIT = "The lighthouse of Bredal was lit by the keeper Torvald Bye."
CAPTIONS = f"""WEBVTT

00:00:01.000 --> 00:00:05.000
Welcome to this lecture on waterways and their people.

00:00:20.000 --> 00:00:26.000
In winter the water freezes, and nobody comes for weeks.

00:01:04.000 --> 00:01:09.000
{BUILT}

00:01:24.000 --> 00:01:26.000
Afterwards she went home to the north.
"""
BOOK = "The town of Bredal was built on salt. Its market is held on Fridays. " * 12
COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


def _writes(body: dict[str, Any]) -> str:
    """A model that says what the passages say, each by its number."""
    prompt = body["messages"][-1]["content"]
    said = []
    for words in (BUILT, PAINTED, LIT):
        found = re.search(rf"\[(\d+)\] \([^)]*\) [^\n]*{re.escape(words)}", prompt)
        if found is not None:
            said.append(f"{words.rstrip('.')} [{found[1]}].")
    return " ".join(said)


@pytest.fixture
def ollama() -> Iterator[OllamaServer]:
    server.forget()
    with ollama_server(FakeModel("writer:3b", says=_writes, context=4096)) as running:
        yield running
    server.forget()


def _everything(folder: Path) -> Path:
    """A book, a lecture's captions, a recording, two pictures and a scanned paper."""
    folder.mkdir()
    write_model(Path(os.environ["WORKBENCH_HOME"]) / "models" / "speech" / "made")
    (folder / "The town.txt").write_text(f"The town of Bredal\n\n{BOOK}")
    (folder / "Lecture.en.vtt").write_text(CAPTIONS)
    speak(folder / "Interview.wav", sentences=1)
    draw_page(PAINTED).picture.save(folder / "sign.png")
    Image.new("RGB", (400, 300), "grey").save(folder / "photo.jpg")
    paper = f"Minutes of the council. {LIT} The council thanked the masons and went home."
    draw_page(paper).picture.save(folder / "council.pdf", "PDF", resolution=120)
    return folder


def _drop(window: MainWindow, folder: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    at = QPoint(window.width() // 2, window.height() // 2)
    QApplication.sendEvent(window, QDragEnterEvent(at, COPY, mime, LEFT, PLAIN))
    QApplication.sendEvent(window, QDropEvent(QPointF(at), COPY, mime, LEFT, PLAIN))


def _open(qtbot: QtBot, window: MainWindow, answer: Answer, kind: str) -> None:
    (n,) = {
        cited
        for sentence in answer.sentences
        for cited in sentence.citations
        if answer.evidence[cited - 1].source.kind == kind
    }
    with qtbot.waitSignal(window.reader_tab.opened):
        window.navigate.open_evidence(answer, n)


def test_i10_i12_i13_a3_one_drop_of_everything_and_each_citation_opens_at_its_place(
    make_window: MakeWindow, qtbot: QtBot, ollama: OllamaServer, tmp_path: Path
) -> None:
    folder = _everything(tmp_path / "Bredal")
    window = make_window(exists=False)
    qtbot.waitUntil(lambda: window.shelf.loaded)
    _drop(window, folder)
    settled(qtbot, window, 6)
    qtbot.waitUntil(lambda: all(row.verified for row in window.shelf.sources), timeout=60_000)
    kinds = sorted(row.kind for row in window.shelf.sources)
    assert kinds == ["captions", "image", "image", "pdf", "recording", "text"]
    library = library_of(window)
    library.models.choose(ollama.address, "server")
    library.models.choose("writer:3b", "dialogue")
    answer = library.answers.write(library.ask(QUESTION))
    assert answer.mode == "written"
    assert [(each.text, each.supported) for each in answer.sentences] == [
        (BUILT, True), (PAINTED, True), (LIT, True),
    ]  # fmt: skip
    reader, view = window.reader_tab, window.reader_tab.page_view

    _open(qtbot, window, answer, "captions")
    qtbot.waitUntil(lambda: BUILT in reader.evidence_words())
    qtbot.waitUntil(lambda: reader.timeline.clock.text().startswith("1:04"))

    _open(qtbot, window, answer, "image")
    qtbot.waitUntil(lambda: view.pictures > 0 and not view.waiting)
    assert reader.shows_pages
    (number, box), *_ = view.marked() or view.underlined()
    assert number == 1
    assert 0 < box[0] < box[2] < 1
    assert 0 < box[1] < box[3] < 1
    assert view.viewport().rect().intersects(view.visible_box(number, box).toRect())

    _open(qtbot, window, answer, "pdf")
    qtbot.waitUntil(lambda: view.pictures > 0 and not view.waiting)
    assert reader.shows_pages
    assert view.page == 1
    (number, box), *_ = view.marked() or view.underlined()
    assert number == 1
    assert box[3] - box[1] < 0.6, "the words, not the whole page"
    assert LIT in reader.evidence_words()

    recording = next(row for row in window.shelf.sources if row.kind == "recording")
    place = library.sources.passages(recording.id)[-1]
    with qtbot.waitSignal(reader.opened):
        reader.open_source(recording.id, place.start, place.end)
    qtbot.waitUntil(lambda: bool(reader.timeline.wave.levels))
    assert max(reader.timeline.wave.levels) > 0.1
