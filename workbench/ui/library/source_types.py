"""Names and icons of types of sources, and their states in words."""

from dataclasses import dataclass
from pathlib import PurePath

from ingest.media.remarks import is_remark
from workbench import paths
from workbench.store.records import SourceRow
from workbench.ui.language import known, tr

_LONG = 240_000  # characters: about 40,000 words, the length of a short book
_PAGE_LIMIT = 100
_TYPES = {
    "epub": "EPUB",
    "pdf": "PDF",
    "text": tr("Text"),
    "record": tr("Record"),
    "html": tr("Web page"),
    "word": tr("Word"),
    "slides": tr("PowerPoint"),
    "sheets": tr("Table"),
    "odt": tr("OpenDocument"),
    "rtf": "RTF",
    "mail": "E-mail",
    "image": tr("Picture"),
}

#: Icons of what is seen or heard.
_SIGNS = {"image": "image", "recording": "audio", "captions": "video", "video": "video"}

#: Suffixes of what can be read, for a guess before a file has been opened.
BOOK_SUFFIXES = (".epub",)
PAPER_SUFFIXES = (".pdf",)
TEXT_SUFFIXES, PICTURE_SUFFIXES, FILM_SUFFIXES, _SOUND, UNREADABLE_SUFFIXES = map(
    tuple, paths.table("window/suffixes.toml").values()
)
RECORDING_SUFFIXES = _SOUND + FILM_SUFFIXES


@dataclass(frozen=True, slots=True)
class State:
    """How a source is doing: a word, a sign ("" draws a bar) and the sign's colour."""

    word: str
    glyph: str
    role: str


def is_book(source: SourceRow) -> bool:
    """An EPUB, or a text as long as a book that was written."""
    if is_media(source):
        return False
    return source.kind == "epub" or source.characters >= _LONG or source.pages >= _PAGE_LIMIT


def is_media(source: SourceRow) -> bool:
    """Whether it is seen or heard rather than read: a picture, a recording, a video's captions."""
    return source.kind in _SIGNS


def is_paper(source: SourceRow) -> bool:
    """Whatever is read and is no book."""
    return not (is_book(source) or is_media(source))


def glyph(source: SourceRow) -> str:
    """The icon of a source."""
    sign = _SIGNS.get(source.kind)
    if sign is not None:
        return sign
    return "book" if is_book(source) else "paper"


def type_word(kind: str) -> str:
    """The name of a kind on screen."""
    return _TYPES.get(kind, known(kind.capitalize()))


def needs_attention(source: SourceRow, *, missing: bool = False) -> bool:
    """Whether the user should look at it; `missing`: its original is not where it was."""
    return source.state == "failed" or _troubled(source) or missing


def _troubled(source: SourceRow) -> bool:
    """Whether a notice is more than a remark on how surely its text was recognised."""
    return bool(source.notices) and not all(map(is_remark, source.notices))


def state(source: SourceRow, *, missing: bool = False) -> State:
    """The state of a source in a word and a sign."""
    if source.state == "failed":
        return State(tr("Could not be read"), "alert", "danger")
    if missing:
        return State(tr("Original missing"), "alert", "emergent")
    if _troubled(source):
        return State(tr("Needs attention"), "alert", "danger")
    if source.state == "queued":
        return State(tr("Reading"), "", "accent")
    if source.state == "read":
        return State(tr("Indexing"), "", "accent")
    if source.state == "searchable":
        return State(tr("Verifying"), "", "accent")
    return State(tr("Ready"), "check", "confirmed")


def progress(source: SourceRow) -> float:
    """How far on its road to verified, 0 to 1."""
    return {"queued": 0.15, "read": 0.4, "searchable": 0.75}.get(source.state, 1.0)


def guess(name: str) -> str:
    """What a file seems to be by its name.

    One of book, paper, picture, recording, text, unknown and unreadable.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in BOOK_SUFFIXES:
        return "book"
    if suffix in PAPER_SUFFIXES:
        return "paper"
    if suffix in PICTURE_SUFFIXES:
        return "picture"
    if suffix in RECORDING_SUFFIXES:
        return "recording"
    if suffix in TEXT_SUFFIXES:
        return "text"
    return "unreadable" if suffix in UNREADABLE_SUFFIXES else "unknown"
