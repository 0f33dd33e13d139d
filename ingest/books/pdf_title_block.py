"""Extracts title, authors and date of a paper from the layout of its first page.

PDF metadata often have a file name or a placeholder; the printed title is reliable. The title is
the largest text in the upper part of the first page, over as many lines as share its style; the
authors are the lines of names between it and the abstract in one style (the features of header
extraction: Giles et al., CiteSeer, 1998; Lipinski et al. 2013,
https://doi.org/10.1145/2467696.2467753).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, takewhile
from statistics import median

import numpy as np

from ingest.books import naming, pdf_flow
from ingest.books.pdf_page import FULL, PageText
from ingest.books.pdf_piece import Piece
from ingest.language.numerals import months
from ingest.language.word_lists import classes
from ingest.patterns import later
from ingest.triples.lexicon import lexicon

#: The upper part of a page that may have a title; its size relative to the text; and the size of
#: the first large lines relative to the largest.
_UPPER, _LARGER, _TOLERANCE = 0.62, 1.12, 0.74
#: Limits of a title: lines, letters, words, and the distance of its lines in sizes.
_MAX_LINES, _MAX_LETTERS, _MIN_LETTERS, _FAR = 6, 300, 4, 2.2
#: Lines searched for authors, and the tolerance of sizes in one style.
_EXAMINED, _SIMILARITY = 24, 0.035
#: Relative size of a raised character, and its placeholder.
_RAISED, _MARK = 0.82, "∗"
#: Lines without names between a title and its authors, and between two of them.
_PREFIX, _BETWEEN_NAMES = 3, 7
#: A gap between two words, in sizes of the line, that separates two names; less will do if it is
#: several times as wide as others of the line.
_GAP, _NARROW_GAP, _TIMES = 0.9, 0.5, 2.2
_STOPS = later(
    r"\W*(?:\d+\.?\s+)?(?:abstract|summary|introduction|contents|keywords|key words|zusammenfassung"
    r"|résumé|resumen|einleitung)\s*(?:$|[^\w\s])",
    re.IGNORECASE,
)
_NUMBERED = later(r"\d{1,2}(?:\.\d+)*\.?\s+[^\W\d_]")
#: Lines below the name of a journal, above the title of the paper.
_MASTHEAD = later(r"\bhome\s?page\b|\blists available at\b|\bvol(?:ume|\.)\s*\d", re.IGNORECASE)
#: Words of a line with only an institution.
_SHORT = 4
#: Names of series, or of kinds of articles.
_SERIES = later(
    r"\W*(?:(?:technical|research|working|discussion)\s+(?:report|paper)s?\W*(?:no\b|[\d#]|$)"
    r"|(?:research|review|original|regular|invited)\s+(?:article|paper|contribution)s?\W*$"
    r"|lecture notes in\b.*\d|proceedings of\b|(?:\w+\s+)?transactions on\b"
    r"|(?:journal|annals|bulletin|archives?) (?:of|for)\b)",
    re.IGNORECASE,
)
#: Lines of the page that a repository puts before a paper.
_COVER = later(
    r"\bauthor profiles for this publication at\b|\bcitable link\b|\bstable url\s*:|\bhal id\s*:"
    r"|\b(?:article|paper|chapter) was downloaded (?:by|from)\b|^manuscript\b.*\bclick here\b",
    re.IGNORECASE,
)
_NO_TITLE = later(
    r"@|https?:|www\.|\bdoi\b|\bissn\b|\barxiv:|^\W*(?:to appear|appeared|published|submitted) "
    r"(?:in|at|to)\b",
    re.IGNORECASE,
)
#: PDFium's marks for a hyphen at the end of a line.
_HYPHENS = ("\x02", "\ufffe")
#: A few raised characters at the end of a word.
_RAISED_RUN = later(r"(?<=[^\W\d_])\^{1,5}(?![^\W_])")
_MARKS = later(r"[\s∗*†‡§¶‖⋆★#$+^⊥♭♮♯◦•·]+$")
_INITIALS = later(r"(?:[^\W\d_]\.?-?){1,3}\.")
_NAME = later(r"[^\W\d_][^\W\d_]*(?:[-'’‐][^\W\d_]+)*")
_BETWEEN = later(r"\s*(?:[;,·•|&]|(?<=\s)[–—-](?=\s)|\b(?:[Aa]nd|AND|[Uu]nd|UND|et|y)\b)\s*")
_AFTER_NAME = later(
    r"[\s,]*(?:(?:\d{1,2}|[a-z]\)|(?<= )[a-z](?=[\s,∗*]*(?:[,;&]|$|(?:and|und|et)\b))"
    r"|[∗*†‡§¶‖⋆★#$+^⊥⋄◦])[\s,]*)+(?=$|[,;&·•|]|\s+(?:and|und|et)\b|\s*[A-ZÀ-Þ])"
)


#: An address beside a name.
_MAIL = later(r"[\s,]*[<(\[{]?[\w.+-]+@[\w-]+(?:\.[\w-]+)+[>)\]}]?")
#: Roles and degrees beside a name.
_ROLE = later(
    r"\([^()]*\)|,?\s*\b(?:(?:[Ss]enior|[Ss]tudent|[Aa]ssociate|[Ll]ife|[Gg]raduate)\s+)*(?:Member|Fellow),?\s+(?:IEEE|ACM)\b"
    r"|,\s*(?:Ph\.?\s?D|M\.?\s?D|M\.?\s?Sc)\b\.?|\b(?:Prof|Dr)\b\.?(?=\s+[A-Z])"
)


#: The lexicon's tag of a name.
_PROPER = "NNP"


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """Title and authors of the first page; "" and () if it has none."""

    title: str = ""
    authors: tuple[str, ...] = ()


def title_block(page: PageText) -> TitleBlock:
    """Extract title and authors; nothing unless the page is a paper's first."""
    lines = [line for line in page.lines if line.text.strip()]
    upper = [line for line in lines if line.top < page.height / 3]
    mastheads = [line.top for line in upper if _MASTHEAD.search(line.text)]
    lines = [line for line in lines if line.top > max(mastheads, default=-1.0)]
    runs: list[tuple[list[Piece], str]] = []
    alike = list(_set_alike(lines, page.height))
    for run in alike:
        title = _title_text(page, run)
        if title and (_stands_out(run, lines) or _in_capitals(run, runs, page)):
            runs.append((run, title))
    if not runs:
        return TitleBlock()
    # A series, or the university of a thesis, may be printed larger than the title below it.
    titles = [item for item in runs if not _is_head(item[1])]
    runs = runs if all(_names(page, item[0][0]) for item in titles) else titles
    largest = max(run[0].size for run, _ in runs)
    close_by = [item for item in runs if item[0][0].size >= _TOLERANCE * largest]
    run, title = close_by[0]
    if len(title.split()) == 1:
        # One large word above a title is a journal's or a company's name.
        longer = (item for item in close_by if len(item[1].split()) > 1)
        run, title = next((item for item in longer if not _names(page, item[0][0])), close_by[0])
    if run[-1].text.rstrip().endswith(":"):
        lower = next(
            (lines_alike for lines_alike in alike if lines_alike[0].top > run[-1].top), run
        )
        subtitle = "" if lower is run or _names(page, lower[0]) else _title_text(page, lower)
        if subtitle and lower[0].top - run[-1].top < _FAR * run[-1].size:
            title, run = f"{title}: {subtitle}", lower
    return TitleBlock(title, _authors(page, lines, run))


def is_cover(page: PageText) -> bool:
    """Whether a page was put before a paper by who offers it."""
    return any(_COVER.search(line.text) for line in page.lines)


def _is_head(title: str) -> bool:
    """Whether it is a series, a kind of article, or an institution by itself."""
    words = title.lower().split()
    named = len(words) <= _SHORT and any(word in _parts()["institutions"] for word in words)
    return named or bool(_SERIES.match(title))


def _stands_out(run: Sequence[Piece], lines: Sequence[Piece]) -> bool:
    """Whether lines are larger than most of the page's text."""
    inner = {line.top for line in run}
    sizes = [
        size for line in lines if line.top not in inner for size in [line.size] * len(line.text)
    ]
    return bool(sizes) and run[0].size >= _LARGER * float(median(sizes))


def _in_capitals(run: Sequence[Piece], previous: Sequence[object], page: PageText) -> bool:
    """Whether lines are a title in the style of mathematical journals: first, centred, capitals."""
    middles = ((line.left + line.right) / 2 for line in run)
    return (
        not previous
        and all(_capital(line.text) for line in run)
        and all(abs(middle - page.width / 2) < 0.05 * page.width for middle in middles)
        and sum(len(line.text.split()) for line in run) > 2
    )


def _set_alike(lines: Sequence[Piece], height: float) -> Iterator[list[Piece]]:
    """Runs of consecutive lines of one size in the upper part of a page."""
    run: list[Piece] = []
    for line in lines:
        if line.top > _UPPER * height or line.kind in ("row", "aside"):
            continue
        if run and _is_same_size(line, run[0]) and 0 < line.top - run[-1].top < _FAR * line.size:
            run.append(line)
            continue
        if run:
            yield run
        run = [line]
    if run:
        yield run


def _is_same_size(single: Piece, other: Piece) -> bool:
    return abs(single.size - other.size) <= _SIMILARITY * other.size


def _title_text(page: PageText, run: Sequence[Piece]) -> str:
    """The title in these lines, or ""."""
    text = _level(page, run[0]).strip()
    for line in run[1:]:
        more = _level(page, line).strip()
        broken = text.endswith(_HYPHENS)
        full = text.rstrip("".join(_HYPHENS))
        text = full + ("" if broken and more[:1].islower() else "-" if broken else " ") + more
    text = naming.tidy(_MARKS.sub("", _spelt(text)))
    letters = sum(map(str.isalpha, text))
    if len(run) > _MAX_LINES or not _MIN_LETTERS <= letters <= _MAX_LETTERS:
        return ""
    if _NO_TITLE.search(text) or letters < 0.5 * len(text.replace(" ", "")):
        return ""
    if _STOPS.match(text) or _NUMBERED.match(text):
        return ""
    return _lowered(text)


def _lowered(text: str) -> str:
    """Convert all capitals to title case."""
    return naming.without_shouting(text) if _capital(text) else text


def _capital(text: str) -> bool:
    """Whether nearly all letters of a text are capitals."""
    letters = [item for item in text if item.isalpha()]
    return sum(map(str.isupper, letters)) > 0.8 * len(letters)


# -- authors --------------------------------------------------------------------------------------


def _authors(page: PageText, lines: Sequence[Piece], title: Sequence[Piece]) -> tuple[str, ...]:
    """The names in the lines below a title, in order."""
    following = [line for line in lines if line.top > title[-1].top]
    results: list[str] = []
    first: Piece | None = None
    positioned: bool | None = None
    remaining = 0
    held = ""
    between = _PREFIX
    for line in sorted(following[:_EXAMINED], key=lambda line: (round(line.top), line.left)):
        if _STOPS.match(line.text) or remaining > between:
            break
        like = first is None or (_is_same_size(line, first) and line.bold == first.bold)
        names, held = _with_held(page, line, held) if like and positioned is None else ([], "")
        if like and not names and (positioned is not None or not results):
            names = _names_before_place(page, line, positioned)
            positioned = _capital(names[0]) if names and positioned is None else positioned
        remaining = 0 if names else remaining + 1
        if names:
            if not results and not any(map(_is_rare, names)):
                # A kind of paper, such as a position paper.
                continue
            first = first or line
            results += names
            between = _BETWEEN_NAMES if positioned is None else 1
    return tuple(dict.fromkeys(map(_lowered, results))) if any(map(_is_rare, results)) else ()


def _is_rare(name: str) -> bool:
    """Whether a name has a word that is no common English word: “Check Box” has none."""
    words = (word.lower() for word in _NAME.findall(name) if len(word) > 1)
    return any(lexicon().get(word, _PROPER) == _PROPER for word in words)


def _names(page: PageText, line: Piece) -> list[str]:
    """The names in a line of nothing but names; none for other lines."""
    text = [_split_authors(part) for part in _parted(page, line)]
    return [item for part in text for item in part] if all(map(_all_names, text)) else []


def _with_held(page: PageText, line: Piece, held: str) -> tuple[list[str], str]:
    """The names in a line of names, and the first word of one that goes on in the next line."""
    text = [item for part in _parted(page, line) for item in _split_authors(part)]
    if held and text:
        text[0] = f"{held} {text[0]}"
    rest = ""
    ending = text[-1] if len(text) > 2 else ""
    if ending[:1].isupper() and _NAME.fullmatch(ending) and not _is_institution(ending):
        rest = text.pop()
    return (text, rest) if _all_names(text) else ([], "")


def _names_before_place(page: PageText, line: Piece, capital: bool | None) -> list[str]:
    """The names at the head of a line that continues with affiliations.

    The first of such lines has to name an institution; those below it are in capitals if it is.
    """
    whole = " ".join(_parted(page, line))
    if whole.count(";") and capital is None:
        return _names_by_place(whole)
    text = _split_authors(whole)
    request = _capital(text[0]) if text and capital is None else capital
    names = list(takewhile(lambda item: is_name(item) and _capital(item) == request, text))
    place = [[word.lower() for word in _NAME.findall(item)] for item in text[len(names) :]]
    if place and len(place[0]) == 1 and _is_institution(place[0][0]):
        # "Anna Berg, Berg Solutions, Inc."
        names = names[:-1]
    labelled = any(_is_institution(word) for words in place for word in words)
    return names if capital is not None or labelled else []


def _names_by_place(text: str) -> list[str]:
    """The names in “Ada Holm, Mill University; Bo Oy and Kai Rix, Institute of Wool”."""
    results: list[str] = []
    labelled = False
    for part in text.split(";"):
        items = _split_authors(part)
        names = list(takewhile(is_name, items))
        place = {word.lower() for item in items[len(names) :] for word in _NAME.findall(item)}
        labelled = labelled or not place.isdisjoint(_parts()["institutions"])
        results += names
    return results if labelled else []


def _split_authors(part: str) -> list[str]:
    """Split a list of authors at commas and marks."""
    plain = re.sub(r"^\s*(?:by|von|par)(?:\s+|$)", "", _spelt(part), flags=re.IGNORECASE)
    plain = _ROLE.sub("", _MAIL.sub(", ", plain))
    plain = _AFTER_NAME.sub(", ", plain + " ").strip()
    text = (_MARKS.sub("", item).strip(" ,.∗*†‡§¶") for item in _BETWEEN.split(plain))
    return [item for item in text if item]


def _all_names(text: Sequence[str]) -> bool:
    return all(map(is_name, text))


def _parted(page: PageText, line: Piece) -> Iterator[str]:
    """Split a line at wide gaps."""
    places = page.boxes[np.maximum(line.cells, 0)].astype(np.float64) / FULL * page.width
    text = _level(page, line)
    painted = [
        at for at, character in enumerate(text) if not character.isspace() and line.cells[at] >= 0
    ]
    gaps = {at: places[at, 0] - places[before, 2] for before, at in pairwise(painted)}
    spaces = [gap for at, gap in gaps.items() if text[at - 1].isspace()]
    typical = _TIMES * float(median(spaces or [0.0]))
    wide = min(_GAP * line.size, max(_NARROW_GAP * line.size, typical))
    begin = 0
    for at, gap in gaps.items():
        if gap > wide:
            yield text[begin:at].strip()
            begin = at
    yield text[begin:].strip()


def _level(page: PageText, line: Piece) -> str:
    """The text of a line with placeholders for raised note and address marks."""
    boxes = page.boxes[np.maximum(line.cells, 0)].astype(np.int64)
    tall = boxes[:, 3] - boxes[:, 1]
    painted = (line.cells >= 0) & (tall > 0)
    if not painted.any():
        return line.text
    typical = np.median(tall[painted])
    low = painted & (tall < _RAISED * typical) & (boxes[:, 3] <= np.median(boxes[painted, 3]))
    signs = "".join("^" if raised else item for item, raised in zip(line.text, low, strict=False))
    text = list(line.text)
    for raised in _RAISED_RUN.finditer(signs):
        text[slice(*raised.span())] = _MARK * len(raised[0])
    return "".join(text)


def is_name(text: str) -> bool:
    """Whether a text has the form of a personal name: “J. R. van der Berg”."""
    tokens = text.split()
    if not 2 <= len(tokens) <= 5 or len(text) > 60:
        return False
    if tokens[0].lower() in _parts()["openers"]:
        # A place, or an institution.
        return False
    if tokens[-1].lower() == "name" and tokens[0].lower() in _parts()["labels"]:
        # A form field.
        return False
    full = 0
    for token in tokens:
        plain = token.rstrip(".")
        if plain.lower() in _parts()["particles"]:
            continue
        if _is_institution(plain):
            return False
        if _INITIALS.fullmatch(token) or (len(token) == 1 and token.isupper()):
            continue
        if not (_NAME.fullmatch(plain) and token[0].isupper()):
            return False
        full += 1
    return full >= 1


def _is_institution(word: str) -> bool:
    return word.lower() in _parts()["institutions"]


def _spelt(text: str) -> str:
    """Expand ligatures and drop control characters."""
    return pdf_flow.plain(text, np.zeros(len(text), dtype=np.int32))[0]


@cache
def _parts() -> dict[str, frozenset[str]]:
    """The word classes of a title block."""
    return classes("title_block.txt")


#: Parts of a page, from the top and bottom, with publication lines, and the part in which a date
#: alone on a line counts.
_HEAD, _FOOT, _DATED = 0.16, 0.8, 0.5
#: Size of a note at the foot relative to the text.
_SMALL = 0.95
_YEAR = later(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/])")
_COPYRIGHT = later(r"(?:©|\(c\)|\bcopyright\b)\D{0,40}?((?:19|20)\d\d)(?!\d)", re.IGNORECASE)
_APPEARED = later(
    r"\bvol(?:ume|\.)?\s*\d|\bpp\.?\s*\d|\bproceedings\b|\bproc\.|\bconference\b|\bsymposium\b"
    r"|\bjournal\b|\btransactions\b|\bissn\b|\bpublished\b|\((?:19|20)\d\d\)",
    re.IGNORECASE,
)
#: A line that is a date with a month.
_DATE = later(
    r"\W*(?:\w+:?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\.?\s+)?[^\W\d_]{3,9}\.?,?\s+"
    r"(?:\d{1,2}(?:st|nd|rd|th)?,\s+)?\d{4}\W*"
)
#: A month and a year in a line; the line of a venue with its year; a year alone.
_MONTHLY = later(
    r"\b([^\W\d_]{3,9})\.?,?\s+(?:\d{1,2}(?:\s*[-–]\s*\d{1,2})?(?:st|nd|rd|th)?,?\s+)?"
    r"((?:19|20)\d\d)(?!\d)"
)
_VENUE = later(
    r"\b[A-Z][A-Za-z]{0,4}[A-Z]{2,}\w*(?:\s+[A-Z]{2,})?[\s-]*(?:[’'‘](\d\d)|((?:19|20)\d\d))\b"
)
_YEAR_ALONE = later(r"\W*((?:19|20)\d\d)\W*")
#: Words of a line that may say when a paper appeared.
_MOST_SAID, _FEW_SAID = 16, 7
_ARXIV = later(r"(?:^|/)(\d\d)(\d\d)")


def printed_date(page: PageText, arxiv: str) -> str:
    """The publication date in ISO 8601, as far as known; "" if the page is not clear.

    The date in the metadata is that of the file, often years later. Printed are a copyright, a
    journal or proceedings line at the head or foot, a date alone on a line below the title, and the
    arXiv number.
    """
    texts = [(line.top / page.height, line.text) for line in page.lines]
    typical = median([line.size for line in page.lines] or [0.0])
    edges = [
        line.text
        for line in page.lines
        if line.top < _HEAD * page.height
        or (line.top > _FOOT * page.height and line.size < _SMALL * typical)
    ]
    years = {year for text in edges if _APPEARED.search(text) for year in _YEAR.findall(text)}
    dated = (text for top, text in texts if top < _DATED and _DATE.fullmatch(text))
    results = [
        *(match[1] for _, text in texts for match in _COPYRIGHT.finditer(text)),
        *(years if len(years) == 1 else ()),
        *filter(None, map(naming.iso_date, dated)),
        *(
            f"{'19' if match[1] > '90' else '20'}{match[1]}-{match[2]}"
            for match in _ARXIV.finditer(arxiv)
        ),
        *_said_years(page, typical),
    ]
    return next(iter(results), "")


def _said_years(page: PageText, typical: float) -> list[str]:
    """The years around the text of a first page: with a month, of a venue, or alone."""
    opening = (line.top for line in page.lines if _STOPS.match(line.text))
    above = min(_DATED * page.height, *opening, page.height)
    short = [
        line.text
        for line in page.lines
        if line.top < above
        or (
            line.top > _FOOT * page.height
            and (line.size < _SMALL * typical or len(line.text.split()) <= _FEW_SAID)
        )
    ]
    short = [text for text in short if len(text.split()) <= _MOST_SAID]
    monthly = [
        f"{match[2]}-{months('')[match[1].lower()]:02}"
        for text in short
        for match in _MONTHLY.finditer(text)
        if match[1].lower() in months("")
    ]
    venues = [
        match[2] or f"{'19' if match[1] > '60' else '20'}{match[1]}"
        for text in short
        for match in _VENUE.finditer(text)
    ]
    alone = [match[1] for text in short if (match := _YEAR_ALONE.fullmatch(text))]
    return [*monthly, *venues, *alone]


#: Years between the latest that a document mentions and the one in which its file was made.
_MAKING, _FUTURE = 3, 15
#: Days at which the clocks of programs begin that know no other.
_NO_CLOCK = ("1970-01-01", "1980-01-01", "2000-01-01")


def date_of_file(created: str, texts: Sequence[str]) -> str:
    """The year in which a file was made, if its text was written then; or "".

    Papers cite others of the years before they appear; a scan of an old one cites none.
    """
    year = created[:4]
    if not year.isdecimal() or created in _NO_CLOCK:
        return ""
    made = int(year)
    years = (int(number) for text in texts for number in _YEAR.findall(text))
    # Much later ones are sizes and the like; a year of the future is at least no date.
    mentioned = [number for number in years if number <= made + _FUTURE]
    return year if not mentioned or -1 <= made - max(mentioned) <= _MAKING else ""
