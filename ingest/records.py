"""The records of readers: the contract between `ingest` and the workbench.

A reading is a stream: one `Source`, then its `Section`s in order, then perhaps the next source (a
JSON Lines file has many). All character offsets count Unicode code points of the *source's text*,
which is the concatenation of its sections' texts; spans are half-open `[start, end)`. The invariant
of all readers, which tests check: `text[locator.start:locator.end] == passage.text`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.media.speech_settings import SpeechSettings

Span = tuple[int, int]
Box = tuple[float, float, float, float]
Item = tuple[int, int, str]
#: Stands for further names.
AND_OTHERS = "et al."
#: Reports done, total and unit.
Report = Callable[[int, int, str], None]
#: Raises if the reading was cancelled.
Check = Callable[[], None]


def unreported(_done: int, _total: int | None, _unit: str) -> None:
    """Ignore progress."""


def uncancelled() -> None:
    """Never cancel."""


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """How to read a file.

    `title` replaces the detected title. Sections before `start_section` are left out: readers are
    deterministic, so that an interrupted reading can be resumed. Files of many sources ignore both
    and always come whole. `report(done, total, unit)` reports progress; for the unit "pages", page
    `done + 1` is being read. `cancel()` may raise to stop. `left_out` are page numbers that must
    not be touched in paged files: each stays as a page without text, and a `Notice` lists them.
    With other pages left out, all records may differ. `speech` configures transcription; without it
    recordings have no transcript. `folder` is where the file was, if it was copied to be read.
    """

    title: str | None = None
    start_section: int = 0
    report: Report = unreported
    cancel: Check = uncancelled
    left_out: frozenset[int] = frozenset()
    speech: "SpeechSettings | None" = None
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Locator:
    """The location of words in a source.

    `page` is counted from 1 in the file; `page_label` is printed on it ("xii", "141"). `seconds` is
    a time in a recording. `box` is (left, top, right, bottom) in fractions of the page's or image's
    width and height, from the top left.
    """

    start: int
    end: int
    page: int | None = None
    page_label: str | None = None
    chapter: str | None = None
    seconds: float | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A few consecutive sentences: the unit that is embedded and cited.

    `sentences` are ordered spans in the source's text, inside the locator's span, none longer than
    80 words; each becomes one engram. Only white space lies between and around them.
    """

    locator: Locator
    text: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a paged source.

    It belongs to the section in which it starts, and may end in the next (a chapter can begin in
    mid-page). `number` counts from 1; `label` is the printed one. `[start, end)` is its part of the
    source's text. `width` and `height` are in points. `boxes` has one box per character, packed by
    `ingest.boxes.pack`, or is empty.
    """

    number: int
    label: str
    start: int
    end: int
    width: float
    height: float
    boxes: bytes = b""


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter, or another unit of text.

    `start` is the offset of `text` in the source's text. `level` is the depth of the heading, 1 for
    a chapter. `kind` is body, front (title page, contents, licence), notes or back. Passages never
    cross a section. The heading is in `text` but in no passage. `figures` counts the pictures and
    drawings in it; `doubtful` are the spans, in the source's text, of transcribed words with low
    confidence. `items` are the paragraphs of lists: the offset in the source's text, the depth of
    the list (from 1), and the bullet before it, which is not part of the text. It is "" for further
    paragraphs of an item, and for numbers, with which the text begins.
    """

    ordinal: int
    title: str
    start: int
    text: str
    passages: tuple[Passage, ...]
    level: int = 1
    kind: str = "body"
    pages: tuple[Page, ...] = ()
    figures: int = 0
    doubtful: tuple[Span, ...] = ()
    items: tuple[Item, ...] = ()

    @property
    def end(self) -> int:
        """The offset after the last character of `text` in the source's text."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know about a source that could be read.

    `code` is short and stable (`pages_without_text`); `pages` are the page numbers concerned.
    `words` are those of what was left out, "" if they are unknown, None if nothing was left out.
    """

    code: str
    message: str
    hint: str = ""
    pages: tuple[int, ...] = ()
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A document, known before its text is read.

    `kind` is text, markdown, html, epub, pdf, word, slides, sheets, odt, rtf, captions, mail, chat,
    image or record; `reader` the reader's name and version, such as `epub/1`, increased when its
    output changes. `language` is a BCP 47 tag or "". `date` is ISO 8601 as far as known, or "".
    `key` is the id in the file (JSON Lines, tables). `content_hash` is set if one file has many
    sources; otherwise the file's own hash counts. `characters`, `sections` are estimates for
    progress, 0 if unknown.
    """

    title: str
    kind: str
    reader: str
    author: str = ""
    language: str = ""
    date: str = ""
    key: str | None = None
    content_hash: str | None = None
    characters: int = 0
    sections: int = 0
    metadata: Mapping[str, str] = field(default_factory=dict)


Reading = Source | Section | Notice
