"""Pictures that end the reader of their file cost their own words, never the document."""

import os
import sys
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from workbench.library import Library

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in")


def paper(path: Path, *, text: bool) -> Path:
    """A paper whose second page is a picture; its first is one, too, without `text`."""
    canvas = Canvas(str(path), pagesize=A4)
    for line in range(6 if text else 0):
        canvas.drawString(72, 700 - 14 * line, f"Ines left on ferry number {line} at seven.")
    canvas.rect(100, 100, 300, 300, fill=1)
    canvas.showPage()
    canvas.rect(100, 100, 300, 300, fill=1)
    canvas.showPage()
    canvas.save()
    return path


@pytest.fixture
def _deadly_recognition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text recognition that kills who asks for it."""
    script = tmp_path / "bin" / "tesseract"
    script.parent.mkdir()
    script.write_text("#!/bin/sh\nkill -9 $PPID\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("WORKBENCH_OCR", "tesseract")


@pytest.mark.slow
@pytest.mark.usefixtures("_deadly_recognition")
def test_the_text_of_a_paper_is_kept_when_its_pictures_end_the_reader(tmp_path: Path) -> None:
    file = paper(tmp_path / "ferries.pdf", text=True)
    note = tmp_path / "note.txt"
    note.write_text("The mill stands on the hill.")
    with Library.open(tmp_path / "x.brain") as library:
        added = library.add([file, note])
        assert [each.error for each in added] == [None, None]
        assert any("ended the reader" in notice for notice in added[0].notices)
        assert library.ask("Who left on ferry number 3?").evidence


@pytest.mark.slow
@pytest.mark.usefixtures("_deadly_recognition")
def test_pictures_alone_are_refused_with_the_reason(tmp_path: Path) -> None:
    file = paper(tmp_path / "scan.pdf", text=False)
    with Library.open(tmp_path / "x.brain") as library:
        (added,) = library.add(file)
        assert "its reader stopped" in str(added.error)
        assert library.sources.list() == []
