"""Names and icons of source types, and states of sources."""

from dataclasses import dataclass
from pathlib import PurePath

from ingest import plugins
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

#: Icons of pictures and media.
_SIGNS = {"image": "image", "recording": "audio", "captions": "video", "video": "video"}

#: File suffixes, to guess the type before a file is opened.
BOOK_SUFFIXES = (".epub",)
PAPER_SUFFIXES = (".pdf",)
TEXT_SUFFIXES, PICTURE_SUFFIXES, FILM_SUFFIXES, _SOUND, UNREADABLE_SUFFIXES = map(
    tuple, paths.table("window/suffixes.toml").values()
)
RECORDING_SUFFIXES = _SOUND + FILM_SUFFIXES


@dataclass(frozen=True, slots=True)
class State:
    """The state of a source: text, icon ("" for a progress bar) and colour."""

    word: str
    glyph: str
    role: str


def is_book(source: SourceRow) -> bool:
    """Whether it is an EPUB, or a text of book length."""
    if is_media(source):
        return False
    return source.kind == "epub" or source.characters >= _LONG or source.pages >= _PAGE_LIMIT


def is_media(source: SourceRow) -> bool:
    """Whether it is a picture, a recording, or captions of a video."""
    return source.kind in _SIGNS


def is_paper(source: SourceRow) -> bool:
    """Whether it is a text but no book."""
    return not (is_book(source) or is_media(source))


def glyph(source: SourceRow) -> str:
    """The icon of a source."""
    sign = _SIGNS.get(source.kind)
    if sign is not None:
        return sign
    return "book" if is_book(source) else "paper"


def type_word(kind: str) -> str:
    """The displayed name of a kind."""
    return _TYPES.get(kind, known(kind.capitalize()))


def needs_attention(source: SourceRow, *, missing: bool = False) -> bool:
    """Whether a source needs attention; `missing` is whether its original is."""
    return source.state == "failed" or _troubled(source) or missing


def _troubled(source: SourceRow) -> bool:
    """Whether a notice is more than a remark about recognition quality."""
    return bool(source.notices) and not all(map(is_remark, source.notices))


def state(source: SourceRow, *, missing: bool = False) -> State:
    """The state of a source."""
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
    """Progress towards verification, 0 to 1."""
    return {"queued": 0.15, "read": 0.4, "searchable": 0.75}.get(source.state, 1.0)


def guess(name: str) -> str:
    """Guess the type of a file from its name.

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
    if suffix in TEXT_SUFFIXES or plugins.reader_of(name):
        return "text"
    return "unreadable" if suffix in UNREADABLE_SUFFIXES else "unknown"
