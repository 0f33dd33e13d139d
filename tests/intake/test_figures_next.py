"""The text of a paper is there before the words in its figures, whatever becomes of these."""

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.benchmarks.drawn_pages import draw_page
from tests.patience import seconds
from workbench.library import Library

pytestmark = pytest.mark.skipif(
    not shutil.which("tesseract") or sys.platform == "win32",
    reason="a shell script stands before Tesseract",
)
_NEXT = "The words in its pictures are read next. Its text is there already."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "x.brain") as opened:
        yield opened


def paper(path: Path) -> Path:
    """A paper with a line of text and a chart."""
    chart = path.with_suffix(".png")
    drawn = draw_page("Harvest of barley by parish, in sacks", width=760, size=34)
    drawn.picture.save(chart)
    canvas = Canvas(str(path), pagesize=A4)
    canvas.drawString(80, 780, "The ferry carries what the parishes grow.")
    canvas.drawImage(str(chart), 120, 420, 300, 300 * drawn.picture.height / 760)
    canvas.save()
    return path


def until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + seconds(60)
    while not done():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.02)


def waiting(library: Library, file: Path) -> int:
    """The source of a file whose text is there and whose figures are not."""
    library.queue.enqueue([file])
    library.queue.work()
    until(lambda: [each.stage_word for each in library.queue.list()] == ["", "Reading figures"])
    (source,) = library.sources.list()
    assert source.state == "verified"
    assert library.search("ferry parishes").total == 1
    assert library.search("harvest barley").total == 0
    assert source.notices == (_NEXT,)
    return source.id


@pytest.mark.slow
def test_text_is_found_while_figures_wait_and_they_are_found_then(
    library: Library, tmp_path: Path, gate: Path
) -> None:
    waiting(library, paper(tmp_path / "a.pdf"))
    gate.touch()
    until(lambda: len(library.queue.list()) == 1)
    assert library.search("harvest barley").total == 1
    (source,) = library.sources.list()
    assert _NEXT not in source.notices
    assert source.state == "verified"


@pytest.mark.slow
def test_whoever_adds_and_waits_has_the_figures_too(
    library: Library, tmp_path: Path, gate: Path
) -> None:
    gate.touch()
    (added,) = library.add(paper(tmp_path / "a.pdf"))
    assert added.error is None
    assert not added.already
    assert not added.renewed
    assert _NEXT not in added.notices
    assert library.search("harvest barley").total == 1
    assert len(library.queue.list()) == 1


def test_a_file_that_is_gone_by_then_keeps_its_text_and_says_so(
    library: Library, tmp_path: Path, gate: Path
) -> None:
    file = paper(tmp_path / "a.pdf")
    source = waiting(library, file)
    library.queue.pause()
    until(lambda: library.queue.list()[-1].state == "paused")
    file.unlink()
    gate.touch()
    library.queue.pause(False)
    until(lambda: len(library.queue.list()) == 1)
    (notice,) = library.sources.get(source).notices
    assert notice.startswith("The words in its pictures were not read. ")
    assert library.search("ferry parishes").total == 1


@pytest.mark.slow
def test_a_source_can_be_removed_while_its_figures_are_read(
    library: Library, tmp_path: Path, gate: Path
) -> None:
    source = waiting(library, paper(tmp_path / "a.pdf"))
    library.sources.trash([source])
    library.sources.delete([source])
    gate.touch()
    until(lambda: library.queue.list() == [])
    assert library.sources.list() == []


@pytest.mark.slow
def test_the_figures_are_read_after_the_next_start(tmp_path: Path, gate: Path) -> None:
    with Library.open(tmp_path / "y.brain") as library:
        waiting(library, paper(tmp_path / "a.pdf"))
    gate.touch()
    with Library.open(tmp_path / "y.brain") as library:
        library.queue.work()
        until(lambda: library.search("harvest barley").total == 1)
