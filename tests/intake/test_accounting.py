"""What a source's page says was read of it, and what was not."""

import json
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from workbench.cli.main import main


def shown(library: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What `workbench show 1` prints."""
    capsys.readouterr()
    assert main([*words, "--library", str(library), "show", "1"]) == 0
    return capsys.readouterr().out


def test_show_says_what_was_read_and_what_was_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_OCR", "none")
    path, library = tmp_path / "salt.pdf", tmp_path / "x.brain"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Times-Bold", 20)
    canvas.drawString(72, 760, "The salt jar")
    canvas.setFont("Times-Roman", 11)
    for line in range(6):
        canvas.drawString(72, 700 - 14 * line, f"Ines left on ferry number {line} at seven.")
    canvas.showPage()
    canvas.rect(100, 100, 300, 300, fill=1)
    canvas.showPage()
    canvas.save()
    assert main(["--library", str(library), "add", str(path)]) == 0
    told = json.loads(shown(library, capsys, "--json"))
    read = told["read"]
    assert (read["pages"], read["empty_pages"]) == (2, [2])
    assert read["words"] == 3 + 6 * 8
    assert read["set_aside"] == 3
    assert any("page 2" in sentence.lower() for sentence in told["not_read"])
    said = next(each for each in shown(library, capsys).splitlines() if each.startswith("Read"))
    assert "2 pages, 1 without text (2)" in said
    assert "51 words, 3 of them" in said
