"""Plain text: the decoded file, divided into chapters.

Lines keep their ends. The end of a wrapped line becomes a space, and a hyphen that divides a word
is removed, so that sentences are continuous. A line was wrapped if the next line's first word would
not have fitted on it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from ingest import segment
from ingest.books import gutenberg, naming
from ingest.books.encoding import decode
from ingest.books.gutenberg import Wrapping
from ingest.books.headings import Heading, classify, find_headings, is_list, is_notes
from ingest.books.hyphens import HYPHENS, Words, breaks_words, joint
from ingest.errors import EmptyFileError
from ingest.languages import word_set
from ingest.records import Passage, Reading, ReadRequest, Section, Source, Span
from ingest.stretches import stretches

# -- front matter ---------------------------------------------------------------------------------
# What a text says about itself on its first lines: between rules, as headers, or below its title.
#
# Between rules are the fields of Markdown files. Headers are those of drafts and proposals
# ("Title:", "Author:", as in mail); reStructuredText has a field list below the title (docutils).


_RULED = re.compile(r"---[ \t]*\n(?P<fields>(?:.*\n){1,60}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_RULED_FIELD = re.compile(r"^(?P<name>[A-Za-z]+):[ \t]*(?P<value>\S.*)$", re.MULTILINE)
_MORE = r"(?P<value>[^\n]*(?:\n[ \t]+\S[^\n]*)*)"
_HEADERS = re.compile(
    r"\s*(?P<fields>(?:[A-Za-z][\w-]{0,30}:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*){2,60})\n"
)
_HEADER = re.compile(rf"^(?P<name>[A-Za-z][\w-]*):[ \t]*{_MORE}", re.MULTILINE)
_TITLED = re.compile(
    # Comments and directives; a title with over- and underline.
    r"(?:\s*\.\. [^\n]*\n(?:[ \t]+\S[^\n]*\n|[ \t]*\n)*+)*+\s*?"
    r"(?:^(?P<over>[=~*#^\"+-]{3,})\n)?^[ \t]*(?P<title>\S[^\n]{0,200})\n"
    r"(?P<under>([=~*#^\"+-])\4{2,})\n\s*"
    r"(?P<fields>(?:^:[A-Za-z][\w -]{0,30}:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*){1,60})",
    re.MULTILINE,
)
_FIELD = re.compile(rf"^:(?P<name>[A-Za-z][\w -]*):[ \t]*{_MORE}", re.MULTILINE)
#: Header names that only a document has, unlike a list of terms.
_OF_DOCUMENTS = word_set(
    "author authors created date status version type updated revision copyright last-modified"
    " content-type category keywords abstract language"
)
_AUTHORS = ("author", "authors", "creator")
_DATES = ("date", "created", "last-modified", "updated")
_LONGEST = 500
#: Characters that may contain front matter.
_MAX_HEAD = 20_000


def of(text: str) -> Wrapping | None:
    """The span of the text itself and the metadata above it; None without any."""
    head = text[:_MAX_HEAD]
    if results := _RULED.match(head):
        fields = _fields(_RULED_FIELD.finditer(results["fields"]))
        return _wrapping(fields, results.end(), text) if fields else None
    if results := _HEADERS.match(head):
        fields = _fields(_HEADER.finditer(results["fields"]))
        if "title" in fields and _OF_DOCUMENTS & fields.keys():
            facts = _wrapping(fields, results.end(), text)
            facts.metadata.update(_other_fields(fields))
            return facts
    if (results := _TITLED.match(head)) and results["over"] in (None, results["under"]):
        fields = _fields(_FIELD.finditer(results["fields"]))
        return _wrapping({"title": results["title"], **fields}, 0, text)
    return None


def _fields(found: Iterable[re.Match[str]]) -> dict[str, str]:
    """Names in lower case, and values on one line; the first value of a name counts."""
    fields: dict[str, str] = {}
    for item in found:
        value = " ".join(item["value"].split()).strip("\"'")
        if value:
            fields.setdefault(item["name"].lower(), value[:_LONGEST])
    return fields


def _wrapping(fields: dict[str, str], end: int, text: str) -> Wrapping:
    return Wrapping(
        body=(end, len(text)),
        title=fields.get("title", ""),
        author=_people(next((fields[name] for name in _AUTHORS if name in fields), "")),
        language=naming.language_tag(fields.get("language", fields.get("lang", ""))),
        date=naming.iso_date(next((fields[name] for name in _DATES if name in fields), "")),
    )


def _other_fields(fields: dict[str, str]) -> dict[str, str]:
    text = {"title", "language", "lang", *_AUTHORS, *_DATES}
    return {name: value for name, value in fields.items() if name not in text}


def _people(value: str) -> str:
    """Names without addresses: "Ann Lee <ann@example.org>" and "ann@example.org (Ann Lee)"."""
    value = re.sub(r"\S+@\S+\s+\(([^()]+)\)", r"\1", value)
    value = re.sub(r"\s*<[^<>]*>|\s*\([^()]*@[^()]*\)", "", value)
    return re.sub(r"\s*[,;]+\s*(?=[,;]|$)", "", value).strip(" ,;")


# -- plain ----------------------------------------

READER = "text/5"


#: Without headings, a section ends with the first paragraph after so many characters.
UNDIVIDED = 60_000
#: The title of what stands around a book of Project Gutenberg.
_WRAPPER = "Project Gutenberg"


@dataclass(frozen=True, slots=True)
class _Part:
    """A planned section: its span, and that of its heading."""

    start: int
    end: int
    body: int
    title: str = ""
    chapter: str = ""
    level: int = 1
    kind: str = "body"


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Read one text file: `Source`, its `Section`s from `start_section` on, perhaps a `Notice`.

    Raises `EmptyFileError` and `UnsupportedFileError`.
    """
    decoded = decode(path.read_bytes())
    if not decoded.text.strip():
        raise EmptyFileError("The file contains no words.", "Add a file that has text in it.")
    facts = of(decoded.text)
    begin = facts.body[0] if facts else 0
    text, breaks = laid_out(decoded.text[begin:])
    text = decoded.text[:begin] + text
    wrapping = replace(facts, body=(begin, len(text))) if facts else gutenberg.unwrap(text)
    printed = _title_page(text, wrapping.body)
    language = wrapping.language or segment.detect_language(text[slice(*wrapping.body)])
    parts = _parts(text, wrapping.body, breaks, printed)
    yield Source(
        title=request.title or wrapping.title or printed[0] or naming.from_file_name(path),
        kind="text",
        reader=READER,
        author=wrapping.author or printed[1],
        language=language,
        date=wrapping.date,
        characters=len(text),
        sections=len(parts),
        metadata={"encoding": decoded.encoding, **wrapping.metadata},
    )
    for ordinal, part in enumerate(parts):
        request.cancel()
        if ordinal >= request.start_section:
            yield _section(text, ordinal, part, language, breaks)
        request.report(part.end, len(text), "characters")
    yield from decoded.notices()


def _section(
    text: str, ordinal: int, part: _Part, language: str, breaks: re.Pattern[str]
) -> Section:
    inner = text[part.start : part.end]
    results: tuple[Passage, ...] = ()
    if part.kind == "body" or part.kind == "notes":
        body = [(part.body - part.start, len(inner))]
        results = segment.passages(
            inner, part.start, language, chapter=part.chapter, body=body, breaks=breaks
        )
    return Section(
        ordinal=ordinal,
        title=part.title,
        start=part.start,
        text=inner,
        passages=results,
        level=part.level,
        kind=part.kind,
    )


# -- lines ---------------------------------------------------------------------------------------

#: A turn of a transcript: perhaps the time, then the speaker, a colon, and the words.
_TURN = re.compile(
    r"(?:[\[(]?\d[\d./:,\s-]*(?:[ap]\.?m\.?)?[\])]?\s*(?:[-–—]\s*)?)?"
    r"(?P<who>[^\W\d_][\w.'’ -]{0,30}):\s+\S",
    re.IGNORECASE,
)
#: Fewest lines of a transcript, the share of them that are turns, and turns per speaker: a glossary
#: has one each.
_TALKED, _TURNS, _PER_SPEAKER = 6, 0.7, 3
#: A width that no line reaches.
_UNREACHED = 1 << 60
#: The line below a heading, or above it, or between two parts.
_RULE = re.compile(r"([=~\-*#^\"'+.:_`])\1{2,}\s*\Z")
_ENDS_LINE = re.compile(r"[.!?…。！？؟:;\"”’»）」』)]\s*\Z")


def laid_out(text: str) -> tuple[str, re.Pattern[str]]:
    """Join wrapped lines and divided words; also returns the pattern that ends paragraphs."""
    lines = text.split("\n")
    if _is_talk(lines[:20_000]):
        return text, segment.EVERY_LINE
    inner = [
        (line, following)
        for line, following in pairwise(lines[:20_000])
        if line and following and not line.isspace() and not following.isspace()
    ]
    if not inner:
        return text, segment.BLANK_LINE
    lengths = sorted(len(line) for line, _ in inner)
    width = lengths[len(lengths) * 9 // 10]
    closed = 10 * sum(bool(_ENDS_LINE.search(line)) for line, _ in inner) >= 7 * len(inner)
    full = 2 * sum(len(line) > width * 3 // 4 for line, _ in inner) >= len(inner)
    if not (full and 45 <= width <= 130) or (closed and len(inner) > 5):
        if closed or width > 130:
            return text, segment.EVERY_LINE
        return _joined(lines), segment.BLANK_LINE
    blank = sum(not line or line.isspace() for line in lines)
    indented = sum(line[:2] in ("  ", "\u3000\u3000") or line[:1] == "\t" for line in lines)
    by_indent = blank * 50 < len(lines) and indented * 50 > len(lines)
    return _joined(lines, width), segment.INDENTED_LINE if by_indent else segment.BLANK_LINE


def _is_talk(lines: Sequence[str]) -> bool:
    """Whether these lines are a transcript: turns of a few recurring speakers."""
    text = [line for line in lines if line and not line.isspace()]
    person = [results["who"].casefold() for line in text if (results := _TURN.match(line))]
    return (
        len(text) >= _TALKED
        and len(person) >= _TURNS * len(text)
        and len(person) >= _PER_SPEAKER * len(set(person))
    )


def _joined(lines: Sequence[str], width: int = _UNREACHED) -> str:
    """Join each wrapped line to the next."""
    minimum = int(width * 0.9)
    existing = _words(lines)
    out: list[str] = []
    previous = pending = lines[0]
    for line in lines[1:]:
        cut, glue, more = 0, "\n", line
        if line and previous and not line.isspace() and not previous.isspace():
            length = len(previous)
            first = line[0]
            indented = first in " \t\u3000"
            starts = (
                first in "#>|"
                or bool(_RULE.match(line) or _RULE.match(previous))
                or (indented and (previous[0] not in " \t\u3000" or segment.OPTION.match(line)))
            )
            full = length + 1 + (line.find(" ") if " " in line else len(line)) > minimum
            more = line.lstrip(" \t")
            broken = pending[-1] in HYPHENS and pending[-2:-1].isalpha() and more[:1].islower()
            if starts or not (full or broken):
                more = line
            else:
                # Paths and addresses continue after a slash, too.
                cut, glue = (0, " ") if pending[-1:] == "/" else joint(pending, more, existing)
        out += pending[: len(pending) - cut], glue
        previous, pending = line, more
    out.append(pending)
    return "".join(out)


def _words(lines: Sequence[str]) -> Words:
    """Word statistics for hyphens, if any line ends with one."""
    text = [line for line in lines if line and not line.isspace()]
    existing = Words(breaks_words(text))
    if any(line[-1] in HYPHENS for line in text):
        existing.learn((line, False) for line in text)
    return existing


# -- sections ------------------------------------------------------------------------------------


def _parts(text: str, body: Span, breaks: re.Pattern[str], printed: tuple[str, str]) -> list[_Part]:
    begin, stop = body
    parts: list[_Part] = []
    if begin:
        # Before a text there may be fields of metadata instead.
        is_wrapped = "project gutenberg" in text[:begin].casefold()
        parts.append(_Part(0, begin, begin, title=_WRAPPER if is_wrapped else "", kind="front"))
    shift = begin
    headings = [
        Heading(h.start + shift, h.end + shift, h.title, h.rank, h.level)
        for h in find_headings(text[begin:stop], breaks is segment.EVERY_LINE)
    ]
    if headings:
        parts.extend(_chapters(text, begin, stop, headings, breaks, bool(printed[1])))
    else:
        parts.extend(_undivided(text, begin, stop, breaks))
    if not any(part.kind == "body" and text[part.body : part.end].strip() for part in parts):
        # Nothing but headings or lists: they become the text.
        parts = [part for part in parts if part.end <= begin]
        parts.extend(_undivided(text, begin, stop, breaks))
    if stop < len(text):
        parts.append(_Part(stop, len(text), len(text), title=_WRAPPER, kind="back"))
    parts = _disambiguated([part for part in parts if part.end > part.start])
    return [piece for part in parts for piece in _pieces(text, part, breaks)]


def _pieces(text: str, part: _Part, breaks: re.Pattern[str]) -> Iterator[_Part]:
    """A part, or the pieces of one that is too long."""
    for start, end in stretches(text, part.start, part.end, breaks):
        yield replace(part, start=start, end=end, body=min(max(part.body, start), end))


def _disambiguated(parts: list[_Part]) -> list[_Part]:
    """The whole path where titles repeat ("CHAPTER 1" of each book) or are bare numerals."""
    visited = Counter(part.title for part in parts if part.chapter)
    return [
        replace(part, title=part.chapter)
        if part.chapter
        and (visited[part.title] > 1 or classify(part.title) == ("numeral", part.title))
        else part
        for part in parts
    ]


def _undivided(text: str, begin: int, stop: int, breaks: re.Pattern[str]) -> Iterator[_Part]:
    """Divide text without headings into paragraphs of some `UNDIVIDED` characters."""
    position = begin
    while stop - position > UNDIVIDED * 3 // 2:
        match = breaks.search(text, position + UNDIVIDED, stop)
        if match is None:
            break
        yield _Part(position, match.end(), position)
        position = match.end()
    yield _Part(position, stop, position)


def _chapters(
    text: str,
    begin: int,
    stop: int,
    headings: Sequence[Heading],
    breaks: re.Pattern[str],
    has_title_page: bool,
) -> Iterator[_Part]:
    limits = [h.start for h in headings[1:]] + [stop]
    bodies = [(h.end, limit) for h, limit in zip(headings, limits, strict=True)]
    contents = _contents(text, headings, bodies)
    first = headings[0].start
    book = sum(h.rank != "markdown" for h in headings) >= 3
    if contents and contents[0][0] == 0:
        first = headings[0].start
    if text[begin:first].strip():
        stripped = (has_title_page or book) and not _has_prose(text, begin, first, breaks)
        yield _Part(begin, first, begin, kind="front" if stripped else "body")
        opening = first
    else:
        opening = begin
    above: list[tuple[int, str]] = []
    index = 0
    while index < len(headings):
        heading, (after, limit) = headings[index], bodies[index]
        run = next((final for start, final in contents if start == index), None)
        start = opening if index == 0 else heading.start
        if run is not None:
            end = bodies[run][1]
            title = heading.title if is_list(heading.title) else "Contents"
            yield _Part(start, end, end, title=title, kind="front")
            index = run + 1
            continue
        above = [(level, title) for level, title in above if level < heading.level]
        chapter = " · ".join([*(title for _, title in above), heading.title])
        above.append((heading.level, heading.title))
        kind = "notes" if is_notes(heading.title) else "body"
        yield _Part(start, limit, after, heading.title, chapter, heading.level, kind)
        index += 1


def _contents(
    text: str, headings: Sequence[Heading], bodies: Sequence[Span]
) -> list[tuple[int, int]]:
    """Runs `(first, last)` of headings that are a table of contents."""
    sizes = [len(text[a : min(b, a + 400)].split()) for a, b in bodies]
    # For each heading: the end of its run of short ones, and the last heading up to it with nothing
    # at all below.
    stops = [len(headings)] * (len(headings) + 1)
    empties = [-1] * len(headings)
    for at in reversed(range(len(headings))):
        stops[at] = at if sizes[at] > 8 else stops[at + 1]
    for at, size in enumerate(sizes):
        empties[at] = at if not size else empties[at - 1] if at else -1
    runs = []
    index = 0
    while index < len(headings):
        final = stops[index]
        # A part's heading right above its first chapter's is no list; four in a row are.
        if final - index >= 4 or (
            final > index and is_list(headings[index].title) and final - index >= 2
        ):
            # Words below the last of them may be the first chapter's: only empty ones count.
            end = empties[final - 1]
            if end < index and not is_list(headings[index].title):
                # Each has text below it: these are chapters, if very short ones.
                index = final
                continue
            end = max(index, end)
            runs.append((index, end))
            final = end + 1
        elif is_list(headings[index].title):
            runs.append((index, index))
            final = index + 1
        index = max(final, index + 1)
    return runs


def _has_prose(text: str, begin: int, stop: int, breaks: re.Pattern[str]) -> bool:
    for a, b in segment.paragraphs(text, breaks, begin, stop):
        paragraph = text[a:b]
        if paragraph.count("\n") >= 3:
            continue
        if len(paragraph.split()) >= 15 and _ENDS_LINE.search(paragraph):
            return True
    return False


# -- title page ----------------------------------------------------------------------------------

_BY = re.compile(r"(?:by|von|par|por|di|door|автор:?)(?:\s+(?P<name>\S.*))?", re.IGNORECASE)


def _title_page(text: str, body: Span) -> tuple[str, str]:
    """Title and author as printed on the first lines ("MOBY-DICK; / or, THE WHALE. / By ...")."""
    head = text[body[0] : min(body[1], body[0] + 3000)]
    lines = [line.strip(" \t_*#\f") for line in head.split("\n")]
    lines = [line for line in lines if line][:10]
    for index, line in enumerate(lines[:7]):
        match = _BY.fullmatch(line)
        if not match or not index:
            continue
        name = match["name"] or (lines[index + 1] if index + 1 < len(lines) else "")
        above = lines[:index]
        if (
            not name
            or len(name) > 70
            or len(" ".join(above)) > 160
            or any(len(item) > 80 for item in above)
        ):
            return "", ""
        if not (name[0].isupper() or not name[0].isascii()):
            return "", ""
        author = naming.without_shouting(naming.tidy(name))
        return naming.tidy(naming.without_shouting(" ".join(above))), author
    return "", ""
