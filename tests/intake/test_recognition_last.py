"""What has text is read, embedded and asked while pages that are pictures are recognised."""

import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.benchmarks.drawn_pages import draw_page
from tests.intake.test_figures_next import paper, until
from tests.space.embeddings import tiny_model
from workbench.cli.output import Output, ProgressLine
from workbench.intake.records import Added
from workbench.jobs import Progress
from workbench.library import Library
from workbench.space.embeddings import folder

pytestmark = pytest.mark.skipif(
    not shutil.which("tesseract") or sys.platform == "win32",
    reason="a shell script stands before Tesseract",
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "x.brain") as opened:
        yield opened


def scan(path: Path, words: str = "Harvest of barley by parish, in sacks", text: str = "") -> Path:
    """A document whose page is a picture of words; with `text` another page has that."""
    drawn = draw_page(words, width=760, size=34)
    drawn.picture.save(path.with_suffix(".png"))
    canvas = Canvas(str(path), pagesize=A4)
    if text:
        canvas.drawString(80, 780, text)
        canvas.showPage()
    canvas.drawImage(
        str(path.with_suffix(".png")), 40, 400, 500, 500 * drawn.picture.height / 760
    )  # fmt: skip
    canvas.save()
    return path


def plain(path: Path) -> Path:
    path.write_text(f"The ferry {path.stem} carries what the parishes grow.")
    return path


def background(call: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=call)
    thread.start()
    return thread


def test_papers_with_text_are_embedded_and_told_while_one_is_recognised(
    library: Library, tmp_path: Path, gate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny_model.write(tmp_path / "shipped", seed=7)
    model = folder.inspect_folder(tmp_path / "shipped")
    monkeypatch.setattr(folder, "shipped", lambda: model)
    files = [scan(tmp_path / "scan.pdf"), *(plain(tmp_path / f"{name}.txt") for name in "abcd")]
    ready: list[Added] = []
    shown: list[Progress] = []
    adding = background(
        lambda: library.add(files, wait="embedded", report=shown.append, each=ready.append)
    )
    try:
        until(lambda: len(ready) == 4)
        assert {row.state for row in ready} == {"embedded"}
        assert library.search("ferry parishes").total == 4
        until(lambda: shown[-1].stage == "recognising")
        assert (shown[-1].done, shown[-1].total, shown[-1].note) == (4, 5, "scan.pdf")
    finally:
        gate.touch()
        adding.join()
    assert ready[-1].state == "embedded"
    assert library.search("harvest barley").total == 1


def test_whoever_waits_for_less_has_what_can_be_asked(
    library: Library, tmp_path: Path, gate: Path
) -> None:
    files = [scan(tmp_path / "scan.pdf"), plain(tmp_path / "a.txt")]
    added = library.add(files, wait="searchable")
    assert sorted((row.state, row.error) for row in added) == [("queued", None), ("verified", None)]
    gate.touch()
    library.add(files)
    assert library.search("harvest barley").total == 1


def test_pages_with_text_are_there_before_those_that_are_pictures(
    library: Library, tmp_path: Path, gate: Path
) -> None:
    library.queue.enqueue([scan(tmp_path / "mixed.pdf", text="The ferry crosses at nine.")])
    library.queue.work()
    until(lambda: library.search("ferry").total == 1)
    (source,) = library.sources.list()
    assert source.notices == (
        "The words in its pictures are read next. Its text is there already.",
    )
    gate.touch()
    until(lambda: library.search("harvest barley").total == 1)
    assert [row.id for row in library.sources.list()] == [source.id]


def test_figures_come_after_what_is_recognised(
    library: Library, tmp_path: Path, gate: Path
) -> None:
    library.queue.enqueue([paper(tmp_path / "figures.pdf"), scan(tmp_path / "scan.pdf")])
    library.queue.work()
    until(lambda: library.search("ferry parishes").total == 1)

    def left() -> list[tuple[str, int]]:
        rows = sorted(library.queue.list(), key=lambda row: -row.priority)
        return [(row.name, row.priority) for row in rows if row.state in ("queued", "running")]

    # Either may have been read to its text first.
    until(lambda: left() == [("scan.pdf", -1), ("figures.pdf", -2)])
    gate.touch()
    until(lambda: library.search("harvest barley").total == 2)


def test_a_picture_is_recognised_after_files_with_text(
    library: Library, tmp_path: Path, gate: Path
) -> None:
    draw_page("Harvest of barley", width=760, size=34).picture.save(tmp_path / "p.png")
    library.queue.enqueue([tmp_path / "p.png", plain(tmp_path / "a.txt")])
    library.queue.work()
    until(lambda: library.search("ferry parishes").total == 1)
    gate.touch()
    until(lambda: library.search("harvest barley").total == 1)


def test_who_puts_a_scan_first_has_it_recognised_before_the_rest(
    library: Library, tmp_path: Path, gate: Path
) -> None:
    gate.touch()
    library.queue.pause()
    library.queue.enqueue([scan(tmp_path / "scan.pdf")])
    (row,) = library.queue.list()
    library.queue.change(row.id, to="prioritize")
    library.queue.pause(False)
    until(lambda: library.search("harvest barley").total == 1)
    assert library.queue.list()[0].priority > 0


def test_a_picture_without_words_is_still_added(
    library: Library, tmp_path: Path, gate: Path
) -> None:
    gate.touch()
    Image.new("L", (600, 400), 200).save(tmp_path / "grey.png")
    (added,) = library.add(tmp_path / "grey.png")
    assert (added.state, added.error) == ("verified", None)


def test_a_long_adding_writes_a_line_for_each_file_that_is_ready(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.cli.output._LONG", -1.0)
    line = ProgressLine(Output())
    line(Progress("reading", 1, 25, "files", "b.pdf"))
    line(Progress("reading", 1, 25, "files", "c.pdf"))
    line(Progress("recognising", 24, 25, "files", "lenet.pdf", 7))
    assert capsys.readouterr().err.splitlines() == [
        "1 of 25 ready · b.pdf",
        "24 of 25 ready, 1 being recognised · lenet.pdf, page 7",
    ]
