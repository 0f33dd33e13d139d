"""Reads any file: its content decides its kind, and the table here its reader."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from itertools import chain, islice
from pathlib import Path

from ingest import completeness, plugins
from ingest.best_effort import noting
from ingest.books.naming import one_line
from ingest.errors import NoTextError, TooLargeError, UnsupportedFileError
from ingest.kinds import forbidden, kind_in, missing, sniff, unreachable
from ingest.media import speech_settings
from ingest.records import Check, Passage, Reading, ReadRequest, Report, Section, Source

# -- only headings --------------------------------------------------------------------------------
# Documents that consist only of headings and title pages: their headings become the text. Readers
# leave headings out of the passages; but a note of a few words, a form or a list of bookmarks may
# have nothing else.


#: Characters without a passage after which a source does not consist of headings only.
_MOST = 50_000


def as_text(records: Iterator[Reading]) -> Iterator[Reading]:
    """Add passages of the headings to a source without others."""
    held: list[Section] = []
    language = ""
    #: Whether the current source has a passage, or is too long.
    resolved = False
    for record in records:
        if isinstance(record, Source):
            yield from _worded(held, language)
            held, language, resolved = [], record.language, False
        elif isinstance(record, Section) and not resolved:
            held.append(record)
            resolved = bool(record.passages) or sum(len(item.text) for item in held) > _MOST
            if resolved:
                yield from held
                held = []
            continue
        yield record
    yield from _worded(held, language)


def _worded(sections: list[Section], language: str) -> Iterator[Section]:
    if not any(character.isalpha() for section in sections for character in section.text):
        yield from sections
        return
    # The window imports readers before it is painted, and segments nothing by then.
    from ingest import segment

    for section in sections:
        result = segment.passages(
            section.text, section.start, language, chapter=section.title or None
        )
        yield replace(
            section, kind="body", passages=tuple(_with_page(one, section) for one in result)
        )


def _with_page(passage: Passage, section: Section) -> Passage:
    """The passage with the page on which it begins, if there are pages."""
    from ingest import segment

    previous = [page for page in section.pages if page.start <= passage.locator.start]
    return (
        segment.at_page(passage, previous[-1].number, previous[-1].label) if previous else passage
    )


# -- readers ----------------------------------------

__all__ = ["Check", "Report", "read", "sniff"]

#: Kind of file -> the module here whose `read` reads it, imported on first use.
_READERS = dict(
    map(
        str.split,
        """\
    text books.plain
    markdown books.markdown
    rst books.restructured
    latex books.latex
    xml books.xml_text
    html books.web_page
    epub books.epub
    pdf books.pdf
    word books.word
    slides books.slides
    sheets books.sheets
    odt books.open_document
    rtf books.rich_text
    captions media.captions
    video media.video_info
    recording media.recording
    mail mail
    mailbox mail
    rows rows
    record json_lines
    json json_file
    chat chats
    calendar calendars
    bibtex bibliography
    ris bibliography
    csl bibliography
    nbib bibliography
    ciw bibliography
    enw bibliography
    endnote bibliography
    zotero bibliography
    image media.image
    archive archives""".splitlines(),
    )
)

#: Kinds with pages, any of which can be left out.
_PAGED = frozenset({"pdf"})

#: Lists of references in a file.
_REFERENCES = ("bibtex", "ris", "csl", "nbib", "ciw", "enw", "endnote")
#: Kinds that are read as a whole, because the end may change the beginning: most bytes.
_LARGEST = {
    "html": 64_000_000,
    "markdown": 64_000_000,
    "rst": 8_000_000,
    # Its parser takes five microseconds a character.
    "latex": 3_000_000,
    "xml": 64_000_000,
    "rtf": 400_000_000,
    "captions": 32_000_000,
    "video": 64_000_000,
    **dict.fromkeys(_REFERENCES, 64_000_000),
}
_NOUNS = {
    "html": "page",
    "rtf": "rich text",
    "captions": "file of captions",
    "video": "information",
    **dict.fromkeys(_REFERENCES, "list of references"),
}


def read(path: str | Path, request: ReadRequest | None = None) -> Iterator[Reading]:
    """Read a file: a stream of `Source`, its `Section`s in order, and `Notice`s.

    Raises the errors of `ingest.errors`.
    """
    path, request = Path(path), request or ReadRequest()
    try:
        kind, records = _opened(path, request)
        resumed = request.start_section > 0
        # The part before `start_section` had the words.
        result = (
            resumed
            or kind in _PAGED
            or (kind == "recording" and (request.speech is None or not speech_settings.ready()))
        )
        records = records if resumed else completeness.complete(kind, path, as_text(records))
        for record in records:
            if isinstance(record, Source):
                record = _with_names(record)
            elif isinstance(record, Section):
                result = result or bool(record.passages)
            yield record
    except FileNotFoundError as error:
        raise missing(path) from error
    except PermissionError as error:
        raise forbidden(path) from error
    except OSError as error:
        # An unplugged disk, or a disconnected network folder.
        raise unreachable(path, error) from error
    if not result:
        raise NoTextError(
            "The file contains no words to remember.",
            "Check that it is the right file, or add a copy with text.",
        )


def _opened(path: Path, request: ReadRequest) -> tuple[str, Iterator[Reading]]:
    """The kind of a file and its records, by the plugin for its suffix or the reader here."""
    plugin = plugins.reader_of(path.name)
    if plugin:
        records = plugins.read(plugin, path, request)
        # What a plugin refuses as none of its files is read as without it.
        with contextlib.suppress(UnsupportedFileError):
            return plugin, chain([*islice(records, 1)], records)
    kind = _readable(path, kind_in(path))
    reader = import_module(f"{__package__}.{_READERS[kind]}")
    return kind, noting(reader.read(path, request))


def _readable(path: Path, kind: str) -> str:
    """The kind as which a file of its size is read. Raises `TooLargeError`."""
    maximum = _LARGEST.get(kind)
    if maximum is None or path.stat().st_size <= maximum:
        return kind
    if kind in ("markdown", "rst", "latex", "xml"):
        # Its words can be read as text.
        return "text"
    raise TooLargeError(
        f"This file is larger than {maximum // 1_000_000} MB, more than any {_NOUNS[kind]} that "
        "is read as a whole.",
        "Split it into smaller files and add those.",
    )


def _with_names(source: Source) -> Source:
    """The source with names on one line."""
    title, author = one_line(source.title), one_line(source.author)
    if (title, author) == (source.title, source.author):
        return source
    return replace(source, title=title or "Untitled", author=author)
