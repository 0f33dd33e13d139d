"""Answers from metadata of sources: authors, dates, venues, citations.

They quote the title page or a list of references. Metadata that is only in the file is not quoted:
an answer that would abstain uses it.
"""

import operator
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType

from ingest.language.nouns import singular
from ingest.patterns import later
from workbench.memory.snapshot import Snapshot
from workbench.recall.metadata_question import (
    MetadataQuestion,
    folded,
    matching,
    parsed,
)
from workbench.recall.named_source import NamedSource
from workbench.recall.quoting import (
    LONGEST,
    covering,
    enumerated,
    evidence_at,
    quoting,
    unanswered,
)
from workbench.recall.records import QUOTED, Answer, Evidence
from workbench.recall.search import Request
from workbench.recall.siblings import clauses_of
from workbench.store import details, sources, text, vectors
from workbench.store.records import EngramRow, SourceRow

#: What may be between two authors: marks of affiliations, “and”.
_BETWEEN = r"\w{0,2}\W+(?:\w{1,3}\W+){0,2}"
_WORD = later(r"\w+")
_DOI = later(r"10\.\d{4,9}/[^\s\"<>]*[^\s\"<>.,;)]")
#: The venue on the title page of a paper.
_VENUE = later(
    r"(?i)\b(?:(?:published|to appear|appears)\s+(?:as\s+(?:a|an)\s+[\w ]{1,40}\s+)?(?:at|in)"
    r"\s+(?P<venue>[^\n]{3,80})|(?P<proceedings>proceedings\s+of\s+[^\n]{3,100}|arxiv:\S+))"
)
_LIST_HEAD = later(r"(?im)^\W*(?:\d+\.?\s+)?(?:references|bibliography|works cited|literature)\W*$")
_ENTRY = later(r"\S[^\n]{20,300}")
#: Questions for who was at a meeting, and the headings below which minutes list them.
_ATTENDANCE = later(
    r"(?i)^who\s+(?:(?:was|were|is|has|had)\s+(?:been\s+)?(?:(?P<away>absent|missing|excused|away)"
    r"|present|there|in attendance)|attended|took part|participated|was at)\b"
)
_PEOPLE = (
    r"(?:members\s+)?(?:present|attendees|attending|attendance|participants|in attendance"
    r"|(?P<away>absent|absentees|apologies|regrets|excused))(?:\s+members)?"
)
_LISTS_PEOPLE = later(rf"(?i){_PEOPLE}")
_PEOPLE_LINE = later(rf"(?im)^\W*(?:meeting\s+)?{_PEOPLE}\s*:[ *]*(?P<people>\S.*)$")
#: Characters at the beginning of minutes in which such a line is looked for.
_HEAD_OF_MINUTES = 4_000
#: What authors say of their own system, up to its name.
_PRESENTS = later(
    r"(?i)\b(?:we|paper|article|work|report)\b[^.]{0,40}?\b(?:present|introduc|describ|propos|design"
    r"|develop|buil[dt]|implement|creat)\w*[^.]{0,60}"
)
#: Maximum works of a list, and mentions of a thing that are looked at for each.
_LISTED, _TRIED = 40, 40
#: Characters of a title page, and of its part with the authors.
_HEAD, _NAMES = 4000, 1500
#: The confidence that a work uses what it mentions; also for metadata only in a file.
_MENTIONS = 0.7
_UNPRINTED = 0.5
_SET = "You set this; the text does not say it."
_IN_FILE = "The details of the file say so; its text does not."
_ON_TITLE_PAGE, _IN_REFERENCES = "The title page says so.", "The list of references names it."
_ISO_DATE = later(r"\b(?:1[4-9]|20)\d\d-\d\d-\d\d\b")
_RELATIONS: Mapping[str, Callable[[str, str], bool]] = MappingProxyType({
    "in": operator.eq, "since": operator.ge, "after": operator.gt,
    "before": operator.lt, "until": operator.le,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Query:
    """A metadata question with the eligible sources."""

    connection: sqlite3.Connection
    question: MetadataQuestion
    rows: Sequence[SourceRow]
    blank: Answer
    limit: int


def metadata_answer(
    connection: sqlite3.Connection,
    snapshot: Snapshot,
    request: Request,
    named: NamedSource | None = None,
) -> tuple[Answer | None, Answer | None]:
    """The answer from metadata, of what is `named` if any; None if the texts are to be searched.

    The second one is for when the texts do not answer: from the file only, or on “the report on …”,
    which may be one that they tell of.
    """
    rows = [
        row
        for row in sources.listing(connection)
        if request.sources is None or row.id in request.sources
    ]
    criteria = parsed(request.question, rows, named)
    if criteria is None:
        return None, None
    blank = unanswered(request.question, snapshot)
    query = _Query(connection, criteria, rows, blank, request.limit)
    if criteria.unknown:
        return _of_unknown(query, criteria.unknown), None
    if criteria.claim:
        return _of_claim(query), None
    if criteria.field == "works":
        return (_of_topic if criteria.topic else _of_works)(query), None
    if criteria.field == "references":
        return _of_references(query), None
    answer, fallback = _of_field(query)
    return (None, answer or fallback) if criteria.introduced else (answer, fallback)


def _quoted_answer(
    query: _Query, first: Sequence[Evidence], value: str | None, limit: int = 0
) -> Answer | None:
    first = first[: limit if query.limit >= QUOTED and limit else query.limit]
    return covering(quoting(query.blank, first, value=value)) if first else None


def _of_unknown(query: _Query, title: str) -> Answer | None:
    """The abstention on a title that no source has and no text mentions."""
    pattern = _pattern(title)
    for source in text.sources_headed(query.connection, _WORD.findall(title)):
        if pattern.search(text.text_at(query.connection, source)):
            return None
    message = f"None of your sources is called “{title}”, and none of them names it."
    return replace(query.blank, suggestion=message)


# -- fields of a work ------------------------------------------------------------------------------


def _of_field(query: _Query) -> tuple[Answer | None, Answer | None]:
    """The author, year, venue or another field of a work."""
    field, connection = query.question.field, query.connection
    works = [
        row
        for row in query.question.works
        if not query.question.made or _presents(connection, row, query.question.title)
    ]
    values = {row.id: _value(connection, row, field) for row in works}
    values = {source: value for source, value in values.items() if value}
    if len(set(map(folded, values.values()))) > 1 and query.question.named:
        # Several sources fit, and each has its own author.
        lines = (_line(connection, row, field, values.get(row.id, "")) for row in works)
        evidence = [line[0] for line in lines if line]
        return _quoted_answer(query, evidence, enumerated(values.values()), _LISTED), None
    if len(set(map(folded, values.values()))) != 1:
        return None, None
    rows = [row for row in works if row.id in values]
    value = values[rows[0].id]
    for row in rows:
        if result := _line(connection, row, field, value):
            line, spelled = result
            return _quoted_answer(query, [line], spelled if field == "author" else value), None
    for line in _citing(query, rows[0].title, rows[0].id) if field == "date" else ():
        if value in line.quote:
            return _quoted_answer(query, [line], value), None
    # Files may have wrong authors: without a page to quote it is only possible.
    first = _first_line(connection, rows[0], _IN_FILE)
    answer = _quoted_answer(query, [first] if first else [], value)
    return None, answer and replace(answer, confidence=_UNPRINTED, note=_IN_FILE)


def attendance(
    connection: sqlite3.Connection, snapshot: Snapshot, request: Request, named: NamedSource
) -> Answer | None:
    """Who was at a meeting, or absent, as its minutes list them; None for other questions."""
    asked = _ATTENDANCE.search(request.question)
    evidence, people = list[Evidence](), list[str]()
    for row in named.rows if asked else ():
        for start, end in _attendees(connection, row, is_away=bool(asked and asked["away"])):
            body = text.text_at(connection, row.id, start, end)
            lines = [line.strip(" *-•\t") for line in body.splitlines() if line.strip()]
            if len(lines) == 1:
                lines = re.split(r",\s+(?:and\s+)?|\s+and\s+", lines[0])
            people += [
                name for line in lines if (name := re.split(r"\s+[@(–]", line)[0].rstrip(",;"))
            ]
            if item := evidence_at(connection, row, (start, end)):
                evidence.append(item)
    blank = unanswered(request.question, snapshot)
    return covering(quoting(blank, evidence, value=enumerated(people))) if people else None


def _attendees(
    connection: sqlite3.Connection, row: SourceRow, *, is_away: bool
) -> Iterator[tuple[int, int]]:
    """Yield where minutes list who was there, or away: below a heading, else on a line."""
    found = False
    for section in text.sections(connection, row.id):
        heading = _LISTS_PEOPLE.fullmatch(section.title.strip(" :*"))
        if heading and bool(heading["away"]) == is_away:
            body = text.text_at(connection, row.id, section.start, section.end)
            head = body.find("\n") + 1
            head += len(body[head:]) - len(body[head:].lstrip())
            found = True
            yield section.start + head, section.start + len(body.rstrip())
    head_lines = text.text_at(connection, row.id, 0, _HEAD_OF_MINUTES)
    for line in () if found else _PEOPLE_LINE.finditer(head_lines):
        if bool(line["away"]) == is_away:
            yield line.span("people")


def _of_claim(query: _Query) -> Answer | None:
    """Yes or no to a claim about a work, with a line as evidence."""
    field, claim = query.question.field, query.question.claim
    for row in query.question.works if field != "references" else ():
        value = _value(query.connection, row, field)
        result = _line(query.connection, row, field, value) if value else None
        if result is not None:
            is_true = (
                matching(value.split(", "), claim)
                if field == "author"
                else folded(claim) == folded(value)
                or (field == "venue" and claim in value)
                or (field == "date" and value.startswith(claim))
            )
            return _quoted_answer(query, [result[0]], "yes" if is_true else "no")
    return None


def _value(connection: sqlite3.Connection, row: SourceRow, field: str) -> str:
    """The value of a field; for a venue or DOI also from the title page."""
    if field == "author":
        return row.author
    if field == "date":
        return row.date if row.kind == "mail" else (row.date or row.metadata.get("created", ""))[:4]
    value = row.metadata.get(field, "").replace("\n", "; ")
    if field == "venue":
        value = value or row.metadata.get("publisher", "")
    pattern = {"venue": _VENUE, "doi": _DOI}.get(field)
    if value or pattern is None:
        return value
    match = pattern.search(text.text_at(connection, row.id, 0, _HEAD))
    value = next(filter(None, match.groups()), match[0]) if match else ""
    return " ".join(value.split()).strip(" .,;")


def _line(
    connection: sqlite3.Connection, row: SourceRow, field: str, value: str
) -> tuple[Evidence, str] | None:
    """The line of the title page with the value, and its spelling there.

    If the user has set the field and no line has it, the first line of the source.
    """
    line = _printed_line(connection, row, field, value)
    if line is not None or field not in details.read_values(row):
        return line
    result = _first_line(connection, row, _SET)
    return None if result is None else (result, value)


def _first_line(connection: sqlite3.Connection, row: SourceRow, reason: str) -> Evidence | None:
    head = text.text_at(connection, row.id, 0, _HEAD)
    start = len(head) - len(head.lstrip())
    return evidence_at(connection, row, _line_span(head, start, start + 1), "", reason)


def _printed_line(
    connection: sqlite3.Connection, row: SourceRow, field: str, value: str
) -> tuple[Evidence, str] | None:
    page = text.page_at(connection, row.id, 0)
    reach = _NAMES if field == "author" else max(_HEAD, page.end if page else 0)
    head = text.text_at(connection, row.id, 0, reach)
    first = len(head) - len(head.lstrip())
    if row.kind == "mail" and field in ("author", "date"):
        # Both are in the heading of the message.
        return _quoted(connection, row, (first, min(len(head), first + LONGEST)), "", value)
    if field == "author":
        return _byline(connection, row, value, head)
    match = _pattern(value).search(head)
    return match and _quoted(connection, row, _line_span(head, *match.span()), match[0], value)


def _byline(
    connection: sqlite3.Connection, row: SourceRow, value: str, head: str
) -> tuple[Evidence, str] | None:
    """The byline of a title page, with all authors or at least the first."""
    people = [_WORD.findall(person) for person in value.split(", ")]
    names = [r"\W+".join(map(re.escape, person)) for person in people if person]
    # Books have “by”; papers have only the names below the title.
    for pattern in (_BETWEEN.join(names), *names[:1]):
        match = re.search(rf"\b(?:by\s+)?(?P<value>{pattern})\b", head, re.IGNORECASE)
        if match is None:
            continue
        is_complete = pattern is not names[0] or len(names) == 1
        name = " ".join(match["value"].split()) if is_complete else value
        start, end, line = (
            len(head) - len(head.lstrip()),
            match.end(),
            _line_span(head, *match.span()),
        )
        if end - start > LONGEST:
            start = match.start()
        if not is_complete:
            # Addresses or affiliations stand between the names.
            last = re.finditer(rf"\b{names[-1]}\b", head[: match.start() + LONGEST], re.IGNORECASE)
            end = next((further.end() for further in last if further.start() >= end), line[1])
        span = line if row.kind == "record" else (start, end)
        return _quoted(connection, row, span, match["value"], name)
    return None


def _quoted(
    connection: sqlite3.Connection, row: SourceRow, span: tuple[int, int], words: str, value: str
) -> tuple[Evidence, str] | None:
    result = evidence_at(connection, row, span, words, _ON_TITLE_PAGE)
    if result is not None and row.kind != "mail":
        result = replace(result, locator=replace(result.locator, chapter=None))
    return None if result is None else (result, value)


def _pattern(phrase: str, ending: str = "") -> re.Pattern[str]:
    """A pattern for a phrase with any separators between its words, and this suffix."""
    inner = r"\W+".join(map(re.escape, _WORD.findall(phrase))) or r"(?!)"
    return re.compile(rf"(?<!\w){inner}{ending}(?!\w)", re.IGNORECASE)


def _line_span(document: str, start: int, end: int) -> tuple[int, int]:
    """The line of a match, truncated to the length of a quote."""
    first, final = document.rfind("\n", 0, start) + 1, document.find("\n", end)
    final = len(document) if final < 0 else final
    if final - first > LONGEST:
        first, final = max(first, start - LONGEST // 2), min(final, end + LONGEST // 2)
    while 0 < first < start and not document[first - 1].isspace():
        first += 1
    while final < len(document) and final > end and not document[final].isspace():
        final -= 1
    return first, final


# -- lists of works --------------------------------------------------------------------------------


def _of_works(query: _Query) -> Answer | None:
    """The works by an author, of a year, of a venue, or that cite a title."""
    criteria = query.question
    if criteria.cites:
        title = criteria.works[0].title if criteria.works else criteria.title
        evidence = list(_citing(query, title, *(row.id for row in criteria.works)))
        works = [row for row in query.rows if row.id in {line.source.id for line in evidence}]
        if not works and not criteria.works:
            return _of_unknown(query, criteria.title)
        if not works:
            none = f"None of your sources cites “{criteria.title}”."
            return replace(query.blank, suggestion=none)
    else:
        selection = [row for row in query.rows if (row.kind == "mail") == criteria.mails]
        works = [row for row in selection if _meets(row, criteria)]
        if selection and criteria.mails and not works:
            # Every mail has a date, so that none is missing.
            return replace(query.blank, suggestion=f"None of your mails is from {criteria.date}.")
        works.sort(key=lambda row: (row.date, row.id))
        lines = [_title_page_line(query.connection, row, criteria) for row in works]
        evidence = [line for line in lines if line is not None]
    value = str(len(works)) if criteria.counts else enumerated(row.title for row in works)
    return _quoted_answer(query, evidence, value, 0 if criteria.counts else _LISTED)


def _presents(connection: sqlite3.Connection, row: SourceRow, name: str) -> bool:
    """Whether the first page says that its authors built what bears this name: “We present X”."""
    head = " ".join(text.text_at(connection, row.id, 0, _HEAD).split())
    return any(_pattern(name).search(match[0]) for match in _PRESENTS.finditer(head))


def _meets(row: SourceRow, criteria: MetadataQuestion) -> bool:
    if criteria.author and not matching(row.author.split(", "), criteria.author):
        return False
    venues = {folded(row.metadata.get(name, "")) for name in ("venue", "publisher")}
    if criteria.venue and folded(criteria.venue) not in venues:
        return False
    date = _date(row)[: len(criteria.date)]
    return not criteria.date or bool(date and _RELATIONS[criteria.relation](date, criteria.date))


def _date(row: SourceRow) -> str:
    """The date of a source, else the one in its title, as minutes have it."""
    in_title = _ISO_DATE.search(row.title)
    return row.date or (in_title[0] if in_title else "")


def _title_page_line(
    connection: sqlite3.Connection, row: SourceRow, criteria: MetadataQuestion
) -> Evidence | None:
    """The line of a title page with the author, year or venue, else the title."""
    for field, value in (
        ("author", row.author if criteria.author else ""),
        ("date", _date(row)[:4] if criteria.date else ""),
        ("venue", criteria.venue),
        ("title", row.title),
    ):
        line = _line(connection, row, field, value) if value else None
        if line is not None:
            return line[0]
    return None


def _of_topic(query: _Query) -> Answer | None:
    """The works that use or mention a thing, with a sentence of each; most frequent first."""
    # Imported on first use, not when a library opens.
    from workbench.recall.overview_lines import readability

    asked = query.question
    *words, last = asked.topic
    criteria = _pattern(" ".join((*words, singular(last))), "(?:e?s)?")
    candidates = set(text.sources_headed(query.connection, (*words, singular(last))))
    matching: list[tuple[int, Evidence]] = []
    for row in query.rows:
        if row.id not in candidates or asked.mails not in (None, row.kind == "mail"):
            continue
        document = text.text_at(query.connection, row.id)
        head = _list_head(document)
        matches = list(criteria.finditer(document, 0, head.start() if head else len(document)))
        found = (
            (passage, match[0])
            for match in matches
            if (passage := _sentence_at(query.connection, row.id, match.start()))
            and not (asked.uses and any(item.negated for item in clauses_of(passage.text)[:1]))
        )
        # The first sentence that is neither code nor a heading, if there is one.
        first = sorted(islice(found, _TRIED), key=lambda item: readability(item[0].text) <= 0)[:1]
        for passage, name in first:
            if result := evidence_at(query.connection, row, (passage.start, passage.end), name):
                matching.append((len(matches), result))
    evidence = [line for _, line in sorted(matching, key=lambda item: -item[0])]
    titles = enumerated(line.source.title for line in evidence)
    answer = _quoted_answer(query, evidence, titles, _LISTED)
    return answer and replace(answer, confidence=_MENTIONS)


def _list_head(document: str) -> re.Match[str] | None:
    """The heading of the list of references."""
    return next(reversed(list(_LIST_HEAD.finditer(document))), None)


def _sentence_at(connection: sqlite3.Connection, source: int, place: int) -> EngramRow | None:
    rows = text.engrams(connection, vectors.engrams_on(connection, source, place, place + 1))
    return next((row for row in rows.values() if row.start <= place < row.end), None)


def _citing(query: _Query, title: str, *primary: int) -> Iterator[Evidence]:
    """Yield the reference list entries with a title, one per source."""
    pattern = _pattern(title)
    by_id = {row.id: row for row in query.rows if row.id not in primary}
    for source in text.sources_headed(query.connection, _WORD.findall(title)):
        row = by_id.get(source)
        document = text.text_at(query.connection, source) if row else ""
        head = _list_head(document)
        match = pattern.search(document, head.end()) if head else None
        if row is not None and match is not None:
            span = _line_span(document, *match.span())
            if line := evidence_at(query.connection, row, span, match[0], _IN_REFERENCES):
                yield line


def _of_references(query: _Query) -> Answer | None:
    """The first entries of the reference list of a work."""
    for row in query.question.works:
        document = text.text_at(query.connection, row.id)
        head = _list_head(document)
        matches = _ENTRY.finditer(document, head.end()) if head else ()
        lines = (
            evidence_at(query.connection, row, match.span(), reason=_IN_REFERENCES)
            for match in matches
        )
        entries = [line for line in lines if line is not None][: query.limit]
        if entries:
            return _quoted_answer(query, entries, None)
    return None
