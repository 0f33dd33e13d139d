"""Answers from what is known about sources: by whom, when and where they came out, who cites them.

They are quoted from the title page or from a list of references. Where no line says what only the
file does, nothing is quoted: an answer that stays silent names it.
"""

import operator
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from ingest.language.analyse import analyse
from ingest.patterns import later
from workbench.memory.snapshot import Snapshot
from workbench.recall.candidates import Request
from workbench.recall.metadata_question import Wanted, folded, matching, may_ask, wanted
from workbench.recall.quoting import LONGEST, covering, evidence_at, quoting, unanswered
from workbench.recall.records import Answer, Evidence
from workbench.store import sources, text
from workbench.store.records import EngramRow, SourceRow

#: What may stand between two authors: marks of their addresses, “and”.
_BETWEEN = r"\w{0,2}\W+(?:\w{1,3}\W+){0,2}"
_SPACE = later(r"\s+")
_DOI = later(r"10\.\d{4,9}/[^\s\"<>]*[^\s\"<>.,;)]")
#: Where a paper says on its title page that it came out.
_VENUE = later(
    r"(?i)\b(?:(?:published|to appear|appears)\s+(?:as\s+(?:a|an)\s+[\w ]{1,40}\s+)?(?:at|in)"
    r"\s+(?P<venue>[^\n]{3,80})|(?P<proceedings>proceedings\s+of\s+[^\n]{3,100}|arxiv:\S+))"
)
_LIST_HEAD = later(r"(?im)^\W*(?:\d+\.?\s+)?(?:references|bibliography|works cited|literature)\W*$")
_ENTRY = later(r"\S[^\n]{20,300}")
#: Characters of a title page and of a part of it that names the authors; titles that a value holds.
_HEAD, _NAMES, _MOST_TITLES = 4000, 1500, 20
#: How sure it is that a work which mentions a thing uses it.
_MENTIONS = 0.7
_ON_TITLE_PAGE, _IN_REFERENCES = "The title page says so.", "The list of references names it."
_RELATIONS: Mapping[str, Callable[[str, str], bool]] = MappingProxyType({
    "in": operator.eq, "since": operator.ge, "after": operator.gt,
    "before": operator.lt, "until": operator.le,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question for metadata with the sources that count."""

    connection: sqlite3.Connection
    wanted: Wanted
    rows: Sequence[SourceRow]
    blank: Answer
    limit: int


def answered(
    connection: sqlite3.Connection, snapshot: Snapshot, request: Request
) -> tuple[Answer | None, str]:
    """The answer from what is known about sources; None where the texts are to be asked.

    Behind it what only a file says, for an answer that stays silent.
    """
    if not may_ask(request.question):
        return None, ""
    rows = [
        row
        for row in sources.listing(connection)
        if request.sources is None or row.id in request.sources
    ]
    sought = wanted(request.question, rows)
    if sought is None:
        return None, ""
    blank = unanswered(request.question, snapshot)
    asked = _Asked(connection, sought, rows, blank, request.limit)
    if sought.unknown:
        return _of_unknown(asked, sought.unknown), ""
    if sought.claim:
        return _of_claim(asked), ""
    if sought.field == "works":
        return (_of_topic if sought.topic else _of_works)(asked), ""
    if sought.field == "references":
        return _of_references(asked), ""
    return _of_field(asked)


def _said(asked: _Asked, first: Sequence[Evidence], value: str | None) -> Answer | None:
    return covering(quoting(asked.blank, first[: asked.limit], value=value)) if first else None


def _of_unknown(asked: _Asked, title: str) -> Answer | None:
    """The silence about a title that no source has and no text names."""
    pattern = _pattern(title)
    for source in text.sources_holding(asked.connection, re.findall(r"\w+", title)):
        if pattern.search(text.text_at(asked.connection, source)):
            return None
    said = f"None of your sources is called “{title}”, and none of them names it."
    return replace(asked.blank, suggestion=said)


# -- fields of a work ------------------------------------------------------------------------------


def _of_field(asked: _Asked) -> tuple[Answer | None, str]:
    """The author, year, venue or another field of a work."""
    field, connection = asked.wanted.field, asked.connection
    known = {row.id: _value(connection, row, field) for row in asked.wanted.works}
    known = {source: value for source, value in known.items() if value}
    if len(set(map(folded, known.values()))) != 1:
        return None, ""
    rows = [row for row in asked.wanted.works if row.id in known]
    value = known[rows[0].id]
    for row in rows:
        found = _line(connection, row, field, value)
        if found is not None:
            return _said(asked, [found[0]], value if field != "author" else found[1]), ""
    if field == "date":
        for line in _citing(asked, rows[0].title, rows[0].id):
            if value in line.quote:
                return _said(asked, [line], value), ""
    noun = "its author" if field == "author" else f"as its {field}"
    verb = f"names {noun}, {value}" if field == "author" else f"gives “{value}” {noun}"
    return None, f"The file of “{rows[0].title}” {verb}; its text does not."


def _of_claim(asked: _Asked) -> Answer | None:
    """Yes or no to a claim about a work, with the line that tells."""
    field, claim = asked.wanted.field, asked.wanted.claim
    if field == "references":
        return None
    for row in asked.wanted.works:
        value = _value(asked.connection, row, field)
        found = _line(asked.connection, row, field, value) if value else None
        if found is None:
            continue
        if field == "author":
            holds = matching(value.split(", "), claim)
        else:
            holds = folded(claim) == folded(value) or (field == "venue" and claim in value)
        return _said(asked, [found[0]], "yes" if holds else "no")
    return None


def _value(connection: sqlite3.Connection, row: SourceRow, field: str) -> str:
    """What is known of a field; for a venue or DOI also what the title page says."""
    if field == "author":
        return row.author
    if field == "date":
        return row.date if row.kind == "mail" else row.date[:4]
    value = row.metadata.get(field, "").replace("\n", "; ")
    if field == "venue":
        value = value or row.metadata.get("publisher", "")
    if value or field not in ("venue", "doi"):
        return value
    head = text.text_at(connection, row.id, 0, _HEAD)
    match = (_VENUE if field == "venue" else _DOI).search(head)
    if match is None:
        return ""
    groups = [group for group in match.groups() if group] if field == "venue" else [match[0]]
    return _SPACE.sub(" ", groups[0]).strip(" .,;")


def _line(
    connection: sqlite3.Connection, row: SourceRow, field: str, value: str
) -> tuple[Evidence, str] | None:
    """The words of the title page that say so, and the value as it is written there."""
    page = text.page_at(connection, row.id, 0)
    reach = _NAMES if field == "author" else max(_HEAD, page.end if page else 0)
    head = text.text_at(connection, row.id, 0, reach)
    first = len(head) - len(head.lstrip())
    if row.kind == "mail" and field in ("author", "date"):
        # Both stand in the heading of what was written.
        return _quoted(connection, row, (first, min(len(head), first + LONGEST)), "", value)
    if field == "author":
        return _byline(connection, row, value, head)
    match = _pattern(value).search(head)
    if match is None:
        return None
    return _quoted(connection, row, _around(head, *match.span()), match[0], value)


def _byline(
    connection: sqlite3.Connection, row: SourceRow, value: str, head: str
) -> tuple[Evidence, str] | None:
    """Where a title page names the authors, all of them or at least the first."""
    people = [re.findall(r"\w+", person) for person in value.split(", ")]
    names = [r"\W+".join(map(re.escape, person)) for person in people if person]
    # A book says “by”; a paper has the names alone below its title.
    for pattern in (_BETWEEN.join(names), *names[:1]):
        match = re.search(rf"\b(?:by\s+)?(?P<value>{pattern})\b", head, re.IGNORECASE)
        if match is None:
            continue
        is_complete = pattern is not names[0] or len(names) == 1
        written = _SPACE.sub(" ", match["value"]) if is_complete else value
        start = len(head) - len(head.lstrip())
        if match.end() - start > LONGEST:
            start = match.start()
        end = match.end() if is_complete else min(len(head), match.start() + LONGEST)
        span = _around(head, *match.span()) if row.kind == "record" else (start, end)
        return _quoted(connection, row, span, match["value"], written)
    return None


def _quoted(
    connection: sqlite3.Connection, row: SourceRow, span: tuple[int, int], words: str, value: str
) -> tuple[Evidence, str] | None:
    found = evidence_at(connection, row, span, words, _ON_TITLE_PAGE)
    if found is None:
        return None
    if row.kind != "mail":
        found = replace(found, locator=replace(found.locator, chapter=None))
    return found, value


def _pattern(phrase: str) -> re.Pattern[str]:
    """What finds a phrase whatever stands between its words."""
    inner = r"\W+".join(map(re.escape, re.findall(r"\w+", phrase))) or r"(?!)"
    return re.compile(rf"(?<!\w){inner}(?!\w)", re.IGNORECASE)


def _around(whole: str, start: int, end: int) -> tuple[int, int]:
    """The line of a match, with what stands beside it up to the length of a quote."""
    first, last = whole.rfind("\n", 0, start) + 1, whole.find("\n", end)
    last = len(whole) if last < 0 else last
    if last - first > LONGEST:
        first, last = max(first, start - LONGEST // 2), min(last, end + LONGEST // 2)
    while 0 < first < start and not whole[first - 1].isspace():
        first += 1
    while last < len(whole) and last > end and not whole[last].isspace():
        last -= 1
    return first, last


# -- lists of works --------------------------------------------------------------------------------


def _of_works(asked: _Asked) -> Answer | None:
    """The works by somebody, of a year, of a venue, or that cite one."""
    sought = asked.wanted
    if sought.cites:
        title = sought.works[0].title if sought.works else sought.title
        evidence = list(_citing(asked, title, *(row.id for row in sought.works)))
        works = [row for row in asked.rows if row.id in {line.source.id for line in evidence}]
    else:
        chosen = [row for row in asked.rows if (row.kind == "mail") == sought.mails]
        works = [row for row in chosen if _is_wanted(row, sought)]
        works.sort(key=lambda row: (row.date, row.id))
        lines = [_telling_line(asked.connection, row, sought) for row in works]
        evidence = [line for line in lines if line is not None]
    if sought.cites and not (works or sought.works):
        return _of_unknown(asked, sought.title)
    value = str(len(works)) if sought.counts else _titles(works)
    return _said(asked, evidence, value)


def _titles(works: Sequence[SourceRow]) -> str:
    titles = list(dict.fromkeys(row.title for row in works))
    more = f"; and {len(titles) - _MOST_TITLES} more" if len(titles) > _MOST_TITLES else ""
    return "; ".join(titles[:_MOST_TITLES]) + more


def _is_wanted(row: SourceRow, sought: Wanted) -> bool:
    if sought.author and not matching(row.author.split(", "), sought.author):
        return False
    venues = {folded(row.metadata.get(name, "")) for name in ("venue", "publisher")}
    if sought.venue and folded(sought.venue) not in venues:
        return False
    year = row.date[:4]
    return not sought.year or bool(year and _RELATIONS[sought.relation](year, sought.year))


def _telling_line(
    connection: sqlite3.Connection, row: SourceRow, sought: Wanted
) -> Evidence | None:
    """The line of a title page that says whose work it is, of when or where, else its title."""
    for field, value in (
        ("author", row.author if sought.author else ""),
        ("date", row.date[:4] if sought.year else ""),
        ("venue", sought.venue),
        ("title", row.title),
    ):
        line = _line(connection, row, field, value) if value else None
        if line is not None:
            return line[0]
    return None


def _of_topic(asked: _Asked) -> Answer | None:
    """The works that use or mention a thing, with a sentence of each."""
    sought = _pattern(" ".join(asked.wanted.topic))
    holding = set(text.sources_holding(asked.connection, asked.wanted.topic))
    evidence = []
    for row in asked.rows:
        if row.id not in holding or row.kind == "mail":
            continue
        whole = text.text_at(asked.connection, row.id)
        heads = list(_LIST_HEAD.finditer(whole))
        for match in sought.finditer(whole, 0, heads[-1].start() if heads else len(whole)):
            passage = _sentence_at(asked.connection, row.id, match.start())
            if passage is None or _is_denied(passage.text):
                continue
            span = passage.start, passage.end
            found = evidence_at(asked.connection, row, span, match[0])
            if found is not None:
                evidence.append(found)
                break
    works = [row for row in asked.rows if row.id in {line.source.id for line in evidence}]
    answer = _said(asked, evidence, _titles(works))
    return answer and replace(answer, confidence=_MENTIONS)


def _sentence_at(connection: sqlite3.Connection, source: int, place: int) -> EngramRow | None:
    passages = [row for row in text.passages(connection, source) if row.start <= place]
    span = (passages[-1].first_engram, passages[-1].last_engram) if passages else (1, 0)
    rows = text.engrams_between(connection, *span)
    return next((row for row in rows if row.start <= place < row.end), None)


def _is_denied(sentence: str) -> bool:
    clauses = [clause for part in analyse(sentence).sentences for clause in part.clauses]
    return bool(clauses) and clauses[0].negated


def _citing(asked: _Asked, title: str, *own: int) -> Iterator[Evidence]:
    """The entries of lists of references that name a title, one of each source."""
    pattern = _pattern(title)
    among = {row.id: row for row in asked.rows if row.id not in own}
    for source in text.sources_holding(asked.connection, re.findall(r"\w+", title)):
        row = among.get(source)
        whole = text.text_at(asked.connection, source) if row else ""
        heads = list(_LIST_HEAD.finditer(whole))
        match = pattern.search(whole, heads[-1].end()) if heads else None
        if row is not None and match is not None:
            span = _around(whole, *match.span())
            line = evidence_at(asked.connection, row, span, match[0], _IN_REFERENCES)
            if line is not None:
                yield line


def _of_references(asked: _Asked) -> Answer | None:
    """The first entries of the list of references of a work."""
    for row in asked.wanted.works:
        whole = text.text_at(asked.connection, row.id)
        heads = list(_LIST_HEAD.finditer(whole))
        matches = _ENTRY.finditer(whole, heads[-1].end()) if heads else ()
        lines = (
            evidence_at(asked.connection, row, match.span(), reason=_IN_REFERENCES)
            for match in matches
        )
        entries = [line for line in lines if line is not None][: asked.limit]
        if entries:
            return _said(asked, entries, None)
    return None
