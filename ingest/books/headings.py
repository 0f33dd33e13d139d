"""Finds chapter headings in plain text by their wording and white space.

Strong headings are explicit ("CHAPTER 1. Loomings.", "Letter 4", "Глава 2", "第一章"). Weak ones (a
numeral, a line of capitals) count only in a series, and capitals only in a book without strong
headings. A run of headings without text is a table of contents. A line that stands alone and is
listed there is a heading, whatever its wording ("Where I Lived, and What I Lived For").
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.language.numerals import cardinals, ordinals

_NUMBER = (
    r"(?:[IVXLCDM]+|[ivxlcdm]+|\d{1,4}|(?:(?:the|THE|The) )?"
    rf"(?:{'|'.join(sorted((*cardinals('en'), *ordinals(), 'last'), reverse=True))}"
    r"|erste[rs]?|zweite[rs]?|dritte[rs]?|vierte[rs]?|premi[eè]re?|deuxi[eè]me"
    r"|перв\w+|втор\w+|трет\w+|четв\w+|пят\w+|шест\w+|седьм\w+|восьм\w+|девят\w+|десят\w+"
    r"|الأول|الأولى|الثاني|الثانية|الثالث|الثالثة|الرابع|الرابعة|الخامس|السادس|السابع|الثامن|التاسع|العاشر)"
    rf"(?:[ -](?:{'|'.join(list(cardinals('en'))[1:10])}))?)"
)
_PARTS = (
    "part|book|volume|act|teil|buch|band|partie|livre|tome|parte|libro|deel|boek"
    "|часть|книга|том|الباب|الجزء"
)
_CHAPTERS = (
    "chapter|chap\\.|letter|adventure|canto|stave|scene|section|lecture|lesson|essay|story|tale|fable"
    "|kapitel|brief|chapitre|lettre|sc[eè]ne|cap[ií]tulo|capitolo|hoofdstuk|глава|письмо|الفصل|פרק"
)
_REST = r"(?P<rest>[.:)\]]?(?:\s*[—–-]+\s*|\s+).{1,130}|[.:)\]]?)"
_KEYED = re.compile(
    rf"\s*[_*]*(?:(?P<part>{_PARTS})|(?P<chapter>{_CHAPTERS}))\s+(?:no\.\s*)?{_NUMBER}\b{_REST}[_*]*\s*",
    re.IGNORECASE,
)
_LETTERED = re.compile(
    rf"\s*[_*]*(?:appendix|annexe?|anhang|appendice|apéndice|bijlage|приложение)\s+(?:[A-HА-Я]|{_NUMBER})"
    rf"\b{_REST}[_*]*\s*",
    re.IGNORECASE,
)
_ORDINAL_FIRST = re.compile(
    r"\s*(?:\d{1,3}\.|[^\W\d_]+)\s+(?P<chapter>kapitel|buch|teil|akt|chapitre|глава|часть)\b[.:]?(?P<rest>)\s*",
    re.IGNORECASE,
)
_EAST = re.compile(
    r"[\s\u3000]*(?:第\s*[0-9０-９〇零一二三四五六七八九十百千两兩]{1,9}\s*(?P<unit>[章回节節卷部篇集幕話话])"
    r"|楔子|序章|序言|前言|引子|引言|尾声|尾聲|后记|後記|終章|终章|プロローグ|エピローグ|제\s*\d+\s*장)"
    r"(?:[\s\u3000:：、.．].{0,40})?\s*"
)
_NAMED = re.compile(
    r"\s*(?:the |an? |author['’]s |original |translator['’]s |transcriber['’]s )*"
    r"(?P<name>preface|prologue|epilogue|introduction|introductory|foreword|afterword"
    r"|appendix|appendices"
    r"|conclusion|contents"
    r"|table of contents|notes?|footnotes|endnotes|bibliography|references|index"
    r"|glossary|acknowledge?ments|dedication|etymology|extracts|abstract"
    r"|postscript|list of illustrations"
    r"|illustrations|argument|summary"
    r"|vorwort|einleitung|nachwort|inhalt|inhaltsverzeichnis|anhang|anmerkungen|literaturverzeichnis"
    r"|préface|avant-propos|prologue|épilogue|sommaire|table des matières"
    r"|prólogo|epílogo|índice|prefacio"
    r"|prefazione|indice|inleiding|voorwoord"
    r"|введение|предисловие|пролог|эпилог|заключение|содержание|оглавление|послесловие|примечания"
    r"|مقدمة|المقدمة|خاتمة|الخاتمة|تمهيد|الفهرس|目录|目錄|目次)"
    r"(?: [ivxlc\d]{1,4}| [a-h])?\s*(?P<tail>[.:]?\s*\([^()]{1,60}\)[.:]?|[.:]?)\s*",
    re.IGNORECASE,
)
_LISTS = frozenset(
    [
        "contents",
        "table of contents",
        "index",
        "inhalt",
        "inhaltsverzeichnis",
        "sommaire",
        "table des matières",
        "índice",
        "indice",
        "содержание",
        "оглавление",
        "الفهرس",
        "目录",
        "目錄",
        "目次",
        "list of illustrations",
        "illustrations",
    ]
)
_NOTES = frozenset(["notes", "footnotes", "endnotes", "anmerkungen", "примечания"])
_NUMERAL = re.compile(r"\s*(?P<roman>[IVXLC]+|\d{1,3})\s*[.:]?\s*")
_NUMBERED = re.compile(r"\s*(?P<roman>[IVXLC]{1,7}|\d{1,3})[.:]\s+(?P<rest>\S.{1,90}?)\s*")
_LETTER = re.compile(r"\s*(?P<letter>[A-HJK])[.:]\s+(?P<rest>\S.{1,90}?)\s*")
_MARKDOWN = re.compile(r"(?P<marks>#{1,6})[ \t]+(?P<rest>\S.*?)[ \t]*#*\s*")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,}|~{3,}|\^{3,})\s*")
_SENTENCE_GOES_ON = re.compile(r"[a-zà-ÿ]{2,}[.!?]\s+\S+\s+[a-zà-ÿ]")

LONGEST_LINE = 140
_COLUMNS = re.compile(r"[.:]?\s{2,}")
#: A paragraph that ends like a sentence, in several lines or one.
_PROSE = re.compile(
    r"^(?:[^\n]{150,}|[^\n]{50,}\n[^\n]{50,}\n(?:[^\n]+\n)*?[^\n]+)[.!?][”\"’)]*\s*$", re.MULTILINE
)
#: Limits of a table of contents: its lines, those that are no entries (summaries, captions),
#: characters of an entry, and fewest entries.
_LIST_LINES, _WIDE_LINES, _ENTRY, _ENTRIES = 400, 8, 90, 3
#: What precedes and follows a title in a table of contents: a number, dots and a page.
_BEFORE_TITLE = re.compile(
    rf"\s*[_*]*(?:(?:{_CHAPTERS}|{_PARTS})\s+)?(?:[IVXLC]+|\d{{1,3}})[.:)\]]?\s+(?=\S)",
    re.IGNORECASE,
)
_AFTER_TITLE = re.compile(r"(?:[\s.·…_-]*\s)?(?:\d{1,4}|[ivxlc]+)\s*$|[\s.:_*]+$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading at `[start, end)` of a text; `rank` is part, chapter, named, numeral or capitals.

    The rank "listed" is that of a line in the table of contents. `level` counts from 1 (set by
    `find_headings` for the whole text).
    """

    start: int
    end: int
    title: str
    rank: str
    level: int = 1


def is_list(title: str) -> bool:
    """Whether it heads a list of chapters, pictures or pages."""
    return title.strip(" .:").lower() in _LISTS


def is_notes(title: str) -> bool:
    """Whether it heads notes; those of a transcriber are not the author's either."""
    name = title.strip(" .:").lower()
    return name in _NOTES or "transcriber's note" in name.replace("’", "'")


def classify(line: str) -> tuple[str, str] | None:
    """The rank and title of a line that may be a heading; None if it is none."""
    if len(line) > LONGEST_LINE:
        return None
    stripped = line.strip()
    if not stripped or stripped[0] in "“\"'‘«([":
        return None
    match = _KEYED.fullmatch(line)
    if match and stripped[0] not in "_" and _is_title(stripped, match["rest"]):
        return ("part" if match["part"] else "chapter"), stripped
    if _EAST.fullmatch(line):
        return ("part" if stripped[-1:] in "卷部集" else "chapter"), stripped
    match = _LETTERED.fullmatch(line)
    if match and _is_title(stripped, match["rest"]):
        return "chapter", stripped
    if _NAMED.fullmatch(line) and (stripped[0].isupper() or not stripped[0].isascii()):
        return "named", stripped
    if _NUMERAL.fullmatch(line):
        return "numeral", stripped
    match = _ORDINAL_FIRST.fullmatch(line)
    if match and (stripped[0].isupper() or stripped[0].isdigit()):
        return "chapter", stripped
    match = _NUMBERED.fullmatch(line)
    if match and _reads_as_title(match["rest"]):
        return "numbered", stripped
    match = _LETTER.fullmatch(line)
    if match and _reads_as_title(match["rest"]):
        return "lettered", stripped
    if _is_capitals(stripped):
        return "capitals", stripped
    return None


def _is_title(line: str, remainder: str) -> bool:
    """Whether "Part 2 ..." is a heading and not the beginning of a sentence."""
    if not line[0].isupper() and line[0].isascii():
        return False
    tail = remainder.strip(" .:)]—–-")
    if not tail or line.isupper():
        return True
    if remainder[:1] in ".:" or remainder.lstrip()[:1] in "—–-":
        return len(tail.split()) <= 24 and not _SENTENCE_GOES_ON.search(tail)
    return _reads_as_title(tail)


def _reads_as_title(text: str) -> bool:
    words = [word.strip("“”\"'’().,:;!?_") for word in text.split()]
    words = [word for word in words if word and word[0].isalpha()]
    if not words or len(words) > 12 or text.rstrip()[-1:] in ",;":
        return False
    if text.rstrip().endswith(".") and not text.isupper():
        return False
    long = [word for word in words if len(word) > 3] or words
    capital = sum(word[0].isupper() or not word[0].isascii() for word in long)
    return words[0][0].isupper() and capital * 4 >= len(long) * 3


def _is_capitals(line: str) -> bool:
    if not 4 <= len(line) <= 70 or line.upper() != line or line.lower() == line:
        return False
    letters = sum(character.isalpha() for character in line)
    return letters >= 4 and letters * 2 > len(line) and len(line.split()) <= 10


def find_headings(text: str, line_paragraphs: bool = False) -> list[Heading]:
    """The headings of a text in order, with levels.

    `line_paragraphs`: each line is a paragraph, so headings need no blank lines.
    """
    lines = text.split("\n")
    members, contents = _contents_lines(lines)
    results: list[tuple[int, int, Heading]] = []
    offset = 0
    skip_to = 0
    for index, line in enumerate(lines):
        start, offset = offset, offset + len(line) + 1
        if index < skip_to or not line or len(line) > LONGEST_LINE or line.isspace():
            continue
        above = not index or not lines[index - 1].strip()
        following = index + 1 >= len(lines) or not lines[index + 1].strip()
        marked = _markdown(lines, index)
        if marked:
            title, level, used = marked
            end = start + sum(len(item) + 1 for item in lines[index : index + used]) - 1
            results.append((index, index + used, Heading(start, end, title, "markdown", level)))
            skip_to = index + used
            continue
        if not above and not line_paragraphs:
            continue
        kind = classify(line)
        if index in members and (kind is None or kind[0] in {"capitals", "numbered"}):
            kind = "listed", line.strip()
        if kind is None:
            continue
        rank, title = kind
        if (
            not following
            and not line_paragraphs
            and rank in {"capitals", "numbered", "lettered", "named"}
        ):
            continue
        used, more = _title_below(lines, index, rank, title, line_paragraphs, members)
        end = start + sum(len(item) + 1 for item in lines[index : index + used]) - 1
        # A single trailing newline belongs to what follows.
        skip_to = index + used
        full = " ".join([title, more]).strip()
        results.append((index, skip_to, Heading(start, min(end, len(text)), full, rank)))
    return _consistent(list(_outside(contents, results, lines)), text)


def _outside(
    contents: tuple[int, int], found: Sequence[tuple[int, int, Heading]], lines: Sequence[str]
) -> Iterator[Heading]:
    """The headings outside the table of contents, each with its first line and the one after.

    The table of contents is `contents[0]` to before `contents[1]`. A preface between it and the
    first chapter has sentences below its heading.
    """
    start, stop = contents
    limits = [number for number, _, _ in found[1:]]
    for (number, end, heading), limit in zip(found, [*limits, stop], strict=False):
        following = lines[end : min(limit, stop)]
        if not start < number < end <= stop or _PROSE.search("\n".join(following)):
            yield heading


def _contents_lines(lines: Sequence[str]) -> tuple[frozenset[int], tuple[int, int]]:
    """Lines that stand alone and are listed in a table of contents above, and its span."""
    empty = frozenset[int](), (0, 0)
    start = next(
        (n for n, line in enumerate(lines) if is_list(line) and _is_isolated(lines, n)), None
    )
    if start is None:
        return empty
    wide = 0
    entries: set[str] = set()
    beginnings: dict[str, int] = {}
    for number in range(start + 1, len(lines)):
        line = lines[number]
        key = _title_key(line) if len(line) <= _ENTRY else ""
        if key in entries and _is_isolated(lines, number):
            beginnings.setdefault(key, number)
        elif not beginnings and (number - start > _LIST_LINES or wide > _WIDE_LINES):
            break
        elif len(line.rstrip()) > _ENTRY:
            wide += 1
        elif not beginnings and key:
            # "INTRODUCTORY. THE CUSTOM-HOUSE" may occur as either.
            entries |= {key, *map(_title_key, _COLUMNS.split(line.strip()))} - {""}
    if len(beginnings) < _ENTRIES:
        return empty
    return frozenset(beginnings.values()), (start, min(beginnings.values()))


def _is_isolated(lines: Sequence[str], number: int) -> bool:
    surrounding = (*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2])
    return not any(line.strip() for line in surrounding)


def _title_key(line: str) -> str:
    """A title without number and page, normalised; "" for a line without one."""
    keyed = _KEYED.fullmatch(line)
    if keyed and not keyed["rest"].strip(" .:"):
        return ""
    title = _AFTER_TITLE.sub("", _BEFORE_TITLE.sub("", line))
    key = "".join(filter(str.isalnum, title)).casefold()
    return key if sum(map(str.isalpha, key)) > 2 else ""


def _markdown(lines: Sequence[str], index: int) -> tuple[str, int, int] | None:
    line = lines[index]
    if line[0] == "#":
        match = _MARKDOWN.fullmatch(line)
        if match:
            return match["rest"], len(match["marks"]), 1
    if index + 1 < len(lines) and lines[index + 1][:1] in {"=", "-", "~", "^"}:
        lower = lines[index + 1]
        above = lines[index - 1].strip() if index else ""
        if (
            (not above or _UNDERLINE.fullmatch(above))
            and _UNDERLINE.fullmatch(lower)
            and abs(len(lower.strip()) - len(line.strip())) <= 3
        ):
            return line.strip(), 1 if lower[0] == "=" else 2, 2
    # A title with over- and underline.
    if _UNDERLINE.fullmatch(line) and lines[index + 2 : index + 3] == [line]:
        title = lines[index + 1].strip()
        if title and len(title) <= len(line):
            return title, 1 if line[0] == "=" else 2, 3
    return None


def _title_below(
    lines: Sequence[str],
    index: int,
    rank: str,
    title: str,
    line_paragraphs: bool,
    members: Collection[int] = (),
) -> tuple[int, str]:
    """The number of lines of a heading, and the part of its title on the lines below."""
    if rank not in {"chapter", "part", "numeral"} or line_paragraphs:
        return 1, ""
    following = index + 1
    more: list[str] = []
    while following < len(lines) and lines[following].strip() and following - index <= 3:
        line = lines[following]
        if (
            len(line) > 90
            or line.lstrip()[0] in "_("
            or (classify(line) or ("",))[0] not in {"", "capitals", "named"}
        ):
            break
        more.append(line.strip())
        following += 1
    if more:
        closed = following >= len(lines) or not lines[following].strip()
        if closed and (rank != "numeral" or all(_reads_as_title(line) for line in more)):
            return following - index, " ".join(more)
        return 1, ""
    if len(title.split()) > 2:
        return 1, ""
    while following < len(lines) and not lines[following].strip() and following - index <= 3:
        following += 1
    if following < len(lines) and lines[following].strip():
        line = lines[following].strip()
        isolated = following + 1 >= len(lines) or not lines[following + 1].strip()
        kind = classify(line)
        if following in members:
            return following - index + 1, line
        if (
            isolated
            and len(line) <= 70
            and line[0] not in "“\"'‘«(_"
            and ((kind and kind[0] == "capitals") or (kind is None and _reads_as_title(line)))
        ):
            return following - index + 1, line
    return 1, ""


def _lettered(found: Sequence[Heading]) -> list[Heading]:
    """Keep sections "A.", "B." and so on only if they are consecutive."""
    retained: list[Heading] = []
    run: list[Heading] = []
    for heading in (*found, Heading(0, 0, "", "")):
        letter = chr(ord("A") + len(run))
        starts = heading.title.startswith((f"{letter}.", f"{letter}:"))
        if starts and heading.rank in {"lettered", "numbered"} and (run or letter == "A"):
            run.append(replace(heading, rank="lettered"))
            continue
        retained += run if len(run) > 1 else []
        run = [replace(heading, rank="lettered")] if heading.title.startswith(("A.", "A:")) else []
        if not run and heading.rank != "lettered":
            retained.append(heading)
    return retained[:-1]


def _consistent(found: list[Heading], text: str) -> list[Heading]:
    found = _lettered(found)
    strong = [h for h in found if h.rank in {"chapter", "part", "markdown", "listed"}]
    members = [h for h in found if h.rank == "listed"]
    in_chapters = any(h.rank != "part" for h in strong)
    numbered = [h for h in found if h.rank == "numbered"]
    numerals = [h for h in found if h.rank == "numeral"]
    retained = []
    shouted = [h for h in numbered if h.title.upper() == h.title]
    for heading in found:
        if heading.rank == "numeral" and not _is_series(numerals, heading, in_chapters):
            continue
        # "1. Wash the fish" is a list; "VII. THE ADVENTURE ..." in a book of chapters is one.
        if heading.rank == "numbered" and not (heading in shouted if strong else len(numbered) > 2):
            continue
        if heading.rank == "listed" and len(members) < _ENTRIES:
            continue
        ranked = len(strong) + len(numbered) + len(numerals)
        if heading.rank == "capitals" and ranked >= 3:
            continue
        retained.append(heading)
    retained = _without_lone_capitals(retained, text)
    return [
        replace(heading, level=level)
        for heading, level in zip(retained, _levels(retained), strict=True)
    ]


def _is_series(numerals: Sequence[Heading], heading: Heading, chapters: bool) -> bool:
    """Whether bare numerals are chapters: Roman ones are, digits may be page numbers."""
    if not heading.title[0].isdigit():
        return len(numerals) >= 2
    figures = [h for h in numerals if h.title[0].isdigit()]
    if chapters or len(figures) < 2 or not figures[0].title.startswith("1"):
        return False
    return (figures[-1].start - figures[0].start) // (len(figures) - 1) >= 4000


def _without_lone_capitals(found: list[Heading], text: str) -> list[Heading]:
    """Drop lines of capitals without text below, and a single one altogether."""
    capitals = []
    for index, heading in enumerate(found):
        if heading.rank == "capitals":
            stop = found[index + 1].start if index + 1 < len(found) else len(text)
            if len(text[heading.end : stop].split()) >= 30:
                capitals.append(heading)
    if len(capitals) < 2:
        capitals = []
    return [heading for heading in found if heading.rank != "capitals" or heading in capitals]


def _levels(found: Sequence[Heading]) -> list[int]:
    parts = any(heading.rank == "part" for heading in found)
    chapters = any(heading.rank in {"chapter", "numbered", "listed"} for heading in found)
    levels = []
    for at, heading in enumerate(found):
        if heading.rank == "markdown":
            levels.append(heading.level)
        elif heading.rank in {"chapter", "numbered", "listed"}:
            levels.append(2 if parts else 1)
        elif heading.rank == "lettered":
            # Below numbered sections, or appendices after all of them.
            levels.append(1 + any(item.rank == "numbered" for item in found[at:]))
        elif heading.rank == "numeral":
            levels.append(1 + parts + chapters)
        else:
            levels.append(1)
    return levels
