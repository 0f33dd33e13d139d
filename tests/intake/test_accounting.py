"""What a source's page says was read of it, and what was not."""

import json
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from workbench.cli.main import main
from workbench.library import Library


def shown(library: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What `workbench show 1` prints."""
    capsys.readouterr()
    assert main([*words, "--library", str(library), "show", "1"]) == 0
    return capsys.readouterr().out


@pytest.mark.slow
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
    canvas.setFont("Times-Roman", 11)
    canvas.drawImage(ImageReader(Image.effect_noise((300, 200), 90)), 150, 480, 300, 200)
    canvas.drawString(72, 450, "Figure 1: The jar, seen from the north side of the kitchen.")
    canvas.drawString(72, 400, "Table 1: Ferries of the week.")
    canvas.drawString(72, 360, "References")
    canvas.drawString(72, 330, "Lind T (1842). Mills without Millers. Skerry.")
    canvas.drawString(72, 300, "Ray B (1999). A Book of Weirs. Ald Press.")
    canvas.showPage()
    canvas.save()
    assert main(["--library", str(library), "add", str(path)]) == 0
    told = json.loads(shown(library, capsys, "--json"))
    read = told["read"]
    assert (read["pages"], read["empty_pages"]) == (3, [2])
    assert (read["figures"], read["tables"]) == (1, 1)
    assert read["words"] > 3 + 6 * 8
    assert read["not_read"] == told["not_read"]
    assert [each["year"] for each in told["references"]] == ["1842", "1999"]
    assert any("page 2" in sentence.lower() for sentence in told["not_read"])
    said = next(each for each in shown(library, capsys).splitlines() if each.startswith("Read"))
    assert "3 pages, 1 without text (2)" in said
    assert said.endswith("1 figure, 1 table")


@pytest.mark.slow
def test_pictures_and_tables_of_pages_and_books_are_counted_once(tmp_path: Path) -> None:
    (tmp_path / "salt.html").write_text(
        "<html><title>Salt</title><body><h1>Salt</h1>" + "<p>Ines left at seven.</p>" * 20
        + '<p><img src="jar.png" width="400"> The jar.</p><p><img src="dot.gif" width="1"></p>'
        + "<table><tr><td>Ferry</td><td>Hour</td></tr><tr><td>One</td><td>7</td></tr></table>"
        + "<p>Ines came back.</p>" * 20 + "</body></html>",
        encoding="utf-8",
    )  # fmt: skip
    with Library.open(tmp_path / "a.brain") as library:
        (added,) = library.add(tmp_path / "salt.html")
        assert added.source is not None
        for _ in range(2):
            read = library.sources.account(added.source)
            assert (read.figures, read.tables) == (1, 1)
            library.add([added.source])
