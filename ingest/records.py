"""The records that readers hand out: the contract between `ingest` and the workbench.

A reading is a stream: one `Source`, then its `Section`s in order, then perhaps the next source
(a JSON Lines file holds many). All character offsets count Unicode code points of the *source's
text*, which is the concatenation of its sections' texts; spans are half-open `[start, end)`.
The one law of a reader, tested for each: `text[locator.start:locator.end] == passage.text`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.media.speech_settings import SpeechSettings

Span = tuple[int, int]
Box = tuple[float, float, float, float]
Item = tuple[int, int, str]
#: The last of several names, where the others are not named.
AND_OTHERS = "et al."
#: Tells how much of how much is done, and in which unit.
Report = Callable[[int, int, str], None]
#: Raises where the reading has been cancelled.
Check = Callable[[], None]


def unreported(_done: int, _total: int | None, _unit: str) -> None:
    """Progress that nobody follows."""


def uncancelled() -> None:
    """Work that nobody stops."""


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """How a file is to be read; `ingest.readers.read` says what each of these means.

    Readers of files of many sources look at neither `title` nor `start_section`, only those of
    pages at `left_out`, and only that of recordings at `speech`.
    """

    title: str | None = None
    start_section: int = 0
    report: Report = unreported
    cancel: Check = uncancelled
    left_out: frozenset[int] = frozenset()
    speech: "SpeechSettings | None" = None


@dataclass(frozen=True, slots=True)
class Locator:
    """Where words stand in a source, precise enough to find them again.

    `page` is the page's number counted from 1 in the file; `page_label` is what is printed on it
    ("xii", "141"). `seconds` is a time in a recording. `box` is (left, top, right, bottom) in
    fractions of the page's or image's width and height, from the top left.
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

    `sentences` are spans in the source's text, in order, inside the locator's span, none longer
    than 80 words; each becomes one engram. Only white space lies between and around them.
    """

    locator: Locator
    text: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a paged source.

    It belongs to the section in which it starts, and may end in the next (a chapter can begin
    in mid-page).
    `number` counts from 1; `label` is the printed one. `[start, end)` is its part of the source's
    text. `width` and `height` are in points. `boxes` holds one box a character, packed by
    `ingest.boxes.pack`; empty where there are none.
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
    """A chapter, or another stretch of text that is read in one go.

    `start` is the offset of `text` in the source's text. `level` is the depth of the heading,
    1 for a chapter. `kind` is body, front (title page, contents, licence), notes or back. Passages
    never cross a section. The heading's words stand in `text` but in no passage.
    `figures` counts the pictures and drawings in it; `doubtful` are the places, in the source's
    text, of words that a model was not sure to have heard. `items` are the paragraphs of lists:
    where each begins in the source's text, how deep its list lies (from 1), and the bullet or
    number before it ("" where it goes on with its item), which is not part of the text.
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
    """Something the user should know about a source that could be read all the same.

    `code` is short and stable (`pages_without_text`); `pages` are page numbers it is about.
    """

    code: str
    message: str
    hint: str = ""
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A thing that was read, known before its text is.

    `kind` is text, markdown, html, epub, pdf, word, slides, sheets, odt, rtf, captions, mail, chat,
    image or record; `reader` the reader's name and version, such as `epub/1`, raised when its
    output changes. `language` is a BCP 47 tag or "". `date` is ISO 8601 as far as it is known or
    "". `key` is the caller's own id (JSON Lines, tables). `content_hash` is set where one file
    holds many sources; else the file's own hash counts. `characters`, `sections` are estimates for
    progress, 0 where unknown.
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
