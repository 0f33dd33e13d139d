"""The three short papers of the sample as PDFs, each with a drawn figure, set by reportlab."""

import io
import re
from pathlib import Path
from typing import Any

from manuscript import ACCENT, INK
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer

_FIGURE = re.compile(r"\{figure: ([^|}]+)\|([^}]+)\}")
_WIDTH, _BAR, _GAP, _LABELS = 430.0, 16.0, 8.0, 170.0


def build_paper(file: Path) -> bytes:
    """The PDF of a manuscript: metadata between rules, headings, paragraphs and figures."""
    _, head, body = file.read_text(encoding="utf-8").split("---\n", 2)
    meta = dict(line.split(": ", 1) for line in head.strip().splitlines())
    out = io.BytesIO()
    setter = SimpleDocTemplate(
        out,
        pagesize=A4,
        **dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 80),
        title=meta["title"],
        author=meta["author"],
        subject="Written for Engram Workbench; the study is invented. CC0 1.0.",
        lang="en",
        invariant=1,
        # As in the book: every zlib must give these bytes.
        pageCompression=0,
    )
    text = _style("text", spaceAfter=8)
    story: list[Any] = [
        Paragraph(f"{meta['journal']}, {meta['date'][:4]}", _style("journal", fontSize=9)),
        Spacer(1, 10),
        Paragraph(meta["title"], _style("title", fontSize=22, leading=28)),
        Paragraph(meta["author"], _style("author", fontName="Times-Italic", spaceAfter=16)),
    ]
    for block in filter(None, (part.strip() for part in body.split("\n\n"))):
        if block.startswith("# "):
            heading = _style("heading", fontName="Times-Bold", spaceBefore=8, spaceAfter=4)
            story.append(Paragraph(block[2:], heading))
        elif found := _FIGURE.fullmatch(block):
            bars = [part.rsplit(": ", 1) for part in found[2].split("|")]
            story.append(_Bars([(name.strip(), float(value)) for name, value in bars]))
            caption = f"Figure 1. {found[1].strip()}."
            story.append(Paragraph(caption, _style("caption", fontSize=9, spaceAfter=12)))
        else:
            story.append(Paragraph(block, text))
    setter.build(story)
    return out.getvalue()


def _style(name: str, **changes: Any) -> ParagraphStyle:
    base = {"fontName": "Times-Roman", "fontSize": 11, "leading": 15, "textColor": INK}
    return ParagraphStyle(name, **(base | changes))


class _Bars(Flowable):  # type: ignore[misc]
    """Horizontal bars of values from 0 to 100, each with its name and figure."""

    def __init__(self, bars: list[tuple[str, float]]) -> None:
        super().__init__()
        self.bars = bars

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return _WIDTH, len(self.bars) * (_BAR + _GAP) + _GAP

    def draw(self) -> None:
        canvas = self.canv
        canvas.setFont("Times-Roman", 9)
        for number, (name, value) in enumerate(reversed(self.bars)):
            bottom = _GAP + number * (_BAR + _GAP)
            canvas.setFillColor(INK)
            canvas.drawRightString(_LABELS - 6, bottom + 5, name)
            length = value * (_WIDTH - _LABELS - 30) / 100
            canvas.setFillColor(ACCENT)
            canvas.rect(_LABELS, bottom, length, _BAR, stroke=0, fill=1)
            canvas.setFillColor(INK)
            canvas.drawString(_LABELS + length + 6, bottom + 5, f"{value:g}")
