"""The manuscript of the sample book: chapters, sections, paragraphs and notes."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

UNNUMBERED = ("Preface", "References")

# Retained effort after a delay in hours (Ebbinghaus 1885): the ornament of cover and title page.
FORGETTING = (
    (0.33, 58.2),
    (1, 44.2),
    (8.8, 35.8),
    (24, 33.7),
    (48, 27.8),
    (144, 25.4),
    (744, 21.1),
)

INLINE = re.compile(r"\[\^(?P<note>\d+)\]|\*(?P<italic>[^*]+)\*")
NOTE_LINE = re.compile(r"\[\^(\d+)\]: (.+)")
INK = "#1c1a17"
ACCENT = "#8a3b22"


@dataclass
class Block:
    """A section heading or a paragraph."""

    kind: str
    text: str


@dataclass
class Chapter:
    """A chapter; the preface and the references have no number."""

    title: str
    number: int | None
    file: str
    blocks: list[Block] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)

    @property
    def label(self) -> str:
        return f"{self.number}. {self.title}" if self.number else self.title

    @property
    def key(self) -> str:
        return self.file.removesuffix(".xhtml")

    @property
    def sections(self) -> list[str]:
        return [block.text for block in self.blocks if block.kind == "section"]


@dataclass
class Book:
    """The parsed manuscript."""

    meta: dict[str, str]
    chapters: list[Chapter] = field(default_factory=list)

    @property
    def title(self) -> str:
        return f"{self.meta['title']}: {self.meta['subtitle']}"

    def add_chapter(self, title: str) -> None:
        numbered = [chapter for chapter in self.chapters if chapter.number]
        number = None if title in UNNUMBERED else len(numbered) + 1
        name = f"chapter-{number:02}" if number else title.lower()
        self.chapters.append(Chapter(title, number, f"{name}.xhtml"))


def read_book(path: Path) -> Book:
    """Parses the manuscript: a metadata block, then chapters, sections, paragraphs and notes."""
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    meta = dict(line.split(": ", 1) for line in head.strip().splitlines())
    book = Book(meta)
    for line in filter(None, (line.strip() for line in body.splitlines())):
        if line.startswith("# "):
            book.add_chapter(line[2:])
        elif line.startswith("## "):
            book.chapters[-1].blocks.append(Block("section", line[3:]))
        elif note := NOTE_LINE.fullmatch(line):
            book.chapters[-1].notes.append((int(note[1]), note[2]))
        else:
            book.chapters[-1].blocks.append(Block("paragraph", line))
    return book


def inline(text: str, italic: Callable[[str], str], note: Callable[[int], str]) -> str:
    """Turns inline Markdown into XML, escaping everything else."""
    out, at = [], 0
    for match in INLINE.finditer(text):
        out.append(escape(text[at : match.start()]))
        out.append(italic(escape(match["italic"])) if match["italic"] else note(int(match["note"])))
        at = match.end()
    return "".join([*out, escape(text[at:])])


def curve(width: float, height: float) -> list[tuple[float, float]]:
    """The forgetting curve's points in a box with its origin at the lower left.

    The time axis is logarithmic, or five of the seven points would lie on the left edge.
    """
    start, end = (math.log(FORGETTING[i][0]) for i in (0, -1))
    return [
        (width * (math.log(hours) - start) / (end - start), height * saved / FORGETTING[0][1])
        for hours, saved in FORGETTING
    ]
