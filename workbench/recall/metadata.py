"""Questions for what is known about sources: by whom, when and where they came out, who cites them.

Titles and names of authors are put out of the way, and the rest is analysed as any question is:
“Who wrote X?” asks for the subject of writing, “Which papers cite X?” for that of citing. The
answer is quoted from the title page or from a list of references. A question for a list of works
is one only if no word of it is left over, so that “Which papers of 2015 use dropout?” goes to the
texts. Where no line says what only the file does, nothing is quoted: an answer that stays silent
names it.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ingest.language.nouns import singular
from ingest.language.questions import Question, questions_of
from ingest.language.records import Phrase
from ingest.language.verbs import forms
from ingest.language.word_lists import classes
from ingest.patterns import later
from workbench.memory import words
from workbench.recall.candidates import Request
from workbench.recall.quotes import reference_to
from workbench.recall.records import Answer, AnswerSentence, Evidence, Place
from workbench.store import sources as catalogue
from workbench.store import text
from workbench.store.records import SourceRow

#: Where the rest of a title begins: “Moby-Dick; or, The Whale”.
_REST = later(r"[;:(–—]|,\s+or\b|\s+-\s+")
#: What may stand between two authors: marks of their addresses, “and”.
_BETWEEN = r"\w{0,2}\W+(?:\w{1,3}\W+){0,2}"
_SPACE = later(r"\s+")
_YEAR = later(r"\b(?:1[4-9]|20)\d\d\b")
_DOI = later(r"10\.\d{4,9}/[^\s\"<>]*[^\s\"<>.,;)]")
#: Where a paper says on its title page that it came out.
_VENUE = later(
    r"(?i)\b(?:(?:published|to appear|appears)\s+(?:as\s+(?:a|an)\s+[\w ]{1,40}\s+)?(?:at|in)"
    r"\s+(?P<venue>[^\n]{3,80})|(?P<proceedings>proceedings\s+of\s+[^\n]{3,100}|arxiv:\S+))"
)
_LIST_HEAD = later(r"(?im)^\W*(?:\d+\.?\s+)?(?:references|bibliography|works cited|literature)\W*$")
#: Names that stand for a title and an author while a question is analysed.
_WORK, _PERSON = "Titulus", "Ostrander"
_QUOTES = "“”\"‘’'«»"
_ARTICLES = frozenset(("the", "a", "an"))
_MAILS = frozenset(("mail", "e-mail", "email", "message", "letter"))
#: Characters of a title page, of a part of it that names the authors, and of a quote; those of the
#: longest question, and titles that a value holds.
_HEAD, _NAMES, _QUOTED, _LONGEST, _MOST_TITLES = 4000, 1500, 300, 300, 20
#: How sure it is that a title page or a list says so.
_SURE = 0.95


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question asks for: a `field` of a work, "works" or "references".

    Works are wanted by an `author`, of a `year` (`relation`: in, since, after, before) or because
    they cite `cited`; of `mails` alone or of none. `counts` asks how many.
    """

    field: str
    author: str = ""
    year: str = ""
    relation: str = "in"
    cited: str = ""
    counts: bool = False
    mails: bool = False


@dataclass(frozen=True, slots=True)
class _Masked:
    """A question whose title and authors are put out of the way."""

    question: str
    works: tuple[SourceRow, ...] = ()
    title: str = ""
    author: str = ""


def answered(connection: sqlite3.Connection, request: Request, answer: Answer) -> Answer:
    """The answer from what is known about sources, or `answer` as it is."""
    question = request.question.strip().rstrip("?!. ")
    if len(question) > _LONGEST or not _may_ask(question):
        return answer
    rows = [
        row
        for row in catalogue.listing(connection)
        if request.sources is None or row.id in request.sources
    ]
    masked = _masked(question, rows)
    wanted = _wanted(masked)
    if wanted is None:
        return answer
    if wanted.field == "works":
        return _of_works(connection, wanted, masked, rows, answer, request.limit)
    if wanted.field == "references":
        return _of_references(connection, masked.works, answer, request.limit)
    return _of_field(connection, wanted.field, masked.works, rows, answer, request.limit)


# -- the question ----------------------------------------------------------------------------------


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(words.fold(token.raw) for token in words.tokens(phrase) if token.words)


@cache
def _vocabulary() -> tuple[frozenset[str], frozenset[str]]:
    """The words of fields and verbs, and these with all that may stand beside them."""
    lists = classes("metadata.txt")
    beside = lists["beside"]
    others = ("beside", "lead", "work")
    asking = frozenset().union(*(lists[name] for name in lists if name not in others))
    return asking, asking | beside | lists["work"]


def _bases(word: str) -> set[str]:
    return {word, singular(word), *(form.verb for form in forms(word))}


@cache
def _beginnings() -> frozenset[str]:
    asking, _ = _vocabulary()
    return frozenset(word[:4] for word in asking | classes("metadata.txt")["work"])


def _may_ask(question: str) -> bool:
    """Whether a word of the question begins like one that asks for metadata: most have none."""
    beginnings = _beginnings()
    return any(word[:4] in beginnings for word in _words(question))


def _masked(question: str, rows: Sequence[SourceRow]) -> _Masked:
    """The question with the title that it names, the longest, and an author of one of the rows."""
    tokens = [token for token in words.tokens(question) if token.words]
    said = [words.fold(token.raw) for token in tokens]
    works, start, end = _titled(said, rows)
    title = ""
    spans: list[tuple[int, int, str]] = []
    if works:
        first = tokens[start - 1].start if start else 0
        start -= first > 0 and said[start - 1] in _ARTICLES and question[first - 1] in _QUOTES
        title = question[tokens[start].start : tokens[end - 1].end]
        spans.append((tokens[start].start, tokens[end - 1].end, _WORK))
    else:
        # What is cited need not be here: all that follows is its title.
        cite = classes("metadata.txt")["cite"]
        start = next((at for at, word in enumerate(said, 1) if _bases(word) & cite), len(said))
        end = len(said)
        if 1 < start < end:
            title = question[tokens[start].start :].strip(_QUOTES)
            spans.append((tokens[start].start, len(question), _WORK))
    author = ""
    for first, last, name in _named(tokens, said, rows):
        if title and first < end and last > start:
            continue
        author = name
        spans.append((tokens[first].start, tokens[last - 1].end, _PERSON))
        break
    for first, last, name in sorted(spans, reverse=True):
        before, behind = question[:first].rstrip(_QUOTES), question[last:].lstrip(_QUOTES)
        question = f"{before}{name}{behind}"
    return _Masked(question, tuple(works), title, author)


def _titled(said: Sequence[str], rows: Sequence[SourceRow]) -> tuple[list[SourceRow], int, int]:
    """The sources whose title stands in a question, and between which of its words."""
    _, vocabulary = _vocabulary()
    best, found, start, end = (0, False), list[SourceRow](), 0, 0
    for row in rows:
        whole = _without_article(_words(row.title))
        head = _without_article(_words(_REST.split(row.title, maxsplit=1)[0]))
        keys = {whole} if row.kind == "mail" else {whole, head}
        for at in range(len(said)):
            shared = 0
            while shared < min(len(whole), len(said) - at) and whole[shared] == said[at + shared]:
                shared += 1
            reach = whole[:shared]
            is_title = reach in keys
            telling = [word for word in reach if not _bases(word) & vocabulary]
            # The first words of a long title are enough where they are its alone.
            if not telling or not (is_title or len(telling) > 1):
                continue
            if (shared, is_title) > best:
                best, found, start, end = (shared, is_title), [row], at, at + shared
            elif (shared, is_title) == best and found[-1].id != row.id:
                found.append(row)
    if not best[1] and len({row.title.casefold() for row in found}) > 1:
        return [], 0, 0
    return found, start, end


def _without_article(title: tuple[str, ...]) -> tuple[str, ...]:
    return title[1:] if len(title) > 1 and title[0] in _ARTICLES else title


def _named(
    tokens: Sequence[words.Token], said: Sequence[str], rows: Sequence[SourceRow]
) -> Iterator[tuple[int, int, str]]:
    """Where a question names an author in full, then where by the family's name alone."""
    people = {_words(person) for row in rows for person in row.author.split(", ")} - {()}
    families = {person[-1] for person in people}
    for at in range(len(said)):
        for person in people:
            if len(person) > 1 and tuple(said[at : at + len(person)]) == person:
                yield at, at + len(person), " ".join(person)
    for at, token in enumerate(tokens):
        if at and token.capital and said[at] in families:
            yield at, at + 1, said[at]


def _wanted(masked: _Masked) -> Wanted | None:
    """What the question asks for; None where it is for nothing of this kind."""
    _, vocabulary = _vocabulary()
    plain = masked.question
    lead = classes("metadata.txt")["lead"]
    begin = next(
        (token.start for token in words.tokens(plain) if token.raw.casefold() not in lead), 0
    )
    for question in (*questions_of(plain), *(questions_of(plain[begin:]) if begin else ())):
        found = (_field(question) if masked.works else None) or _works(question, masked, vocabulary)
        if found is not None:
            return found
    return None


def _is_work(phrase: Phrase | None) -> bool:
    """Whether a phrase is the title that was put out of the way, with what it is called."""
    if phrase is None:
        return False
    left = [
        word
        for word in _words(phrase.text)
        if word not in _ARTICLES and singular(word) not in classes("metadata.txt")["work"]
    ]
    return left == [_WORK.casefold()]


def _field(question: Question) -> Wanted | None:
    """The field of a work that is asked for."""
    lists, clause = classes("metadata.txt"), question.clause
    subject, verb, hole = clause.subject, clause.verb, question.hole
    if verb == "be" and hole == "complement" and subject is not None:
        head = singular(subject.head)
        if subject.owner is not None and _is_work(subject.owner):
            return next(
                (
                    Wanted(_FIELDS.get(name, name))
                    for name in (*_FIELDS, "doi", "publisher", "editors", "volume", "issue", "url")
                    if head in lists[name]
                ),
                None,
            )
        if not question.wh and _words(subject.text)[:1] == (_WORK.casefold(),) and head in lists:
            return Wanted(head)
        return None
    if hole.startswith("to:") and verb == "be" and not question.noun:
        # “By whom was X written?”
        return None
    work = clause.object if clause.object is not None else subject
    if not _is_work(work):
        return None
    if hole == "subject" and question.wh in ("who", "whom"):
        if verb in lists["author_verb"] | lists["presented"]:
            return Wanted("author")
        return {"publish": Wanted("publisher"), "edit": Wanted("editors")}.get(verb)
    is_out = verb == "be" or verb in lists["published"]
    if hole == "time" and is_out:
        return Wanted("date")
    if is_out and (hole == "place" or (hole.startswith("to:") and question.noun in lists["venue"])):
        return Wanted("venue")
    if hole == "object" and verb in lists["cite"] and clause.object is None:
        return Wanted("references")
    return None


#: Fields by the class of nouns that asks for them, where these are called otherwise.
_FIELDS = {"author": "author", "date": "date", "venue": "venue", "references": "references"}


def _works(question: Question, masked: _Masked, vocabulary: frozenset[str]) -> Wanted | None:
    """The works that are asked for: by whom, of when, or those that cite one."""
    lists, clause = classes("metadata.txt"), question.clause
    noun = question.noun
    if not noun and not question.wh and clause.verb == "be" and clause.subject is not None:
        noun = singular(clause.subject.head)
    is_what = question.wh == "what" and clause.verb in lists["author_verb"] | lists["published"]
    cites = clause.verb in lists["cite"] and question.hole in ("subject", "count")
    if noun not in lists["work"] and not (is_what and masked.author) and not cites:
        return None
    counts, mails = question.hole == "count", noun in _MAILS
    plain = masked.question
    if cites and clause.object is not None:
        is_title = _is_work(clause.object)
        return Wanted("works", cited=masked.title, counts=counts) if is_title else None
    year = _YEAR.search(plain)
    author = masked.author if _PERSON in plain else ""
    if not (year or author) or (masked.works and _WORK in plain):
        return None
    known = vocabulary | {_PERSON.casefold()} | ({year[0]} if year else set())
    if any(not _bases(word) & known for word in _words(plain)):
        return None
    before = _words(plain[: year.start()])[-1:] if year else ()
    relation = before[0] if before and before[0] in ("since", "after", "before", "until") else "in"
    return Wanted("works", author, year[0] if year else "", relation, "", counts, mails)


# -- the answer ------------------------------------------------------------------------------------


def _of_field(
    connection: sqlite3.Connection,
    field: str,
    works: Sequence[SourceRow],
    rows: Sequence[SourceRow],
    answer: Answer,
    limit: int,
) -> Answer:
    """The author, year, venue or another field of a work."""
    told = {row.id: _told(connection, row, field) for row in works}
    told = {source: value for source, value in told.items() if value}
    if len(set(map(_words, told.values()))) != 1:
        return answer
    known = [row for row in works if row.id in told]
    value = told[known[0].id]
    for row in known:
        line = _line(connection, row, field, value)
        if line is not None:
            shown = value if field != "author" else line[1]
            return _shown(answer, [line[0]], shown, limit)
    if field == "date":
        for line_ in _citing(connection, known[0].title, rows, known[0].id):
            if value in line_.quote:
                return _shown(answer, [line_], value, limit)
    if answer.abstained:
        noun = "its author" if field == "author" else f"as its {field}"
        title = known[0].title
        verb = f"names {noun}, {value}" if field == "author" else f"gives “{value}” {noun}"
        return replace(answer, suggestion=f"The file of “{title}” {verb}; its text does not.")
    return answer


def _told(connection: sqlite3.Connection, row: SourceRow, field: str) -> str:
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
    if row.kind == "mail" and field in ("author", "date"):
        # Both stand in the heading of what was written.
        start = len(head) - len(head.lstrip())
        return _evidence(connection, row, head, start, min(len(head), start + _QUOTED), ""), value
    if field == "author":
        people = [re.findall(r"\w+", person) for person in value.split(", ")]
        names = [r"\W+".join(map(re.escape, person)) for person in people if person]
        # A book says “by”; a paper has the names alone below its title.
        for pattern in (_BETWEEN.join(names), *names[:1]):
            match = re.search(rf"\b(?:by\s+)?(?P<value>{pattern})\b", head, re.IGNORECASE)
            if match is not None:
                is_whole = pattern is not names[0] or len(names) == 1
                said = _SPACE.sub(" ", match["value"]) if is_whole else value
                start = len(head) - len(head.lstrip())
                if match.end() - start > _QUOTED:
                    start = match.start()
                if row.kind == "record":
                    start, end = _around(head, match.start(), match.end())
                    return _evidence(connection, row, head, start, end, match["value"]), said
                end = match.end() if is_whole else min(len(head), match.start() + _QUOTED)
                return _evidence(connection, row, head, start, end, match["value"]), said
        return None
    pattern = r"\W+".join(map(re.escape, re.findall(r"\w+", value)))
    match = re.search(rf"(?<!\w){pattern}(?!\w)", head, re.IGNORECASE) if pattern else None
    if match is None:
        return None
    start, end = _around(head, match.start(), match.end())
    return _evidence(connection, row, head, start, end, match[0]), value


def _around(said: str, start: int, end: int) -> tuple[int, int]:
    """The line of a match, with what stands beside it up to the length of a quote."""
    first, last = said.rfind("\n", 0, start) + 1, said.find("\n", end)
    last = len(said) if last < 0 else last
    if last - first > _QUOTED:
        first, last = max(first, start - _QUOTED // 2), min(last, end + _QUOTED // 2)
    while 0 < first < start and not said[first - 1].isspace():
        first += 1
    while last < len(said) and last > end and not said[last].isspace():
        last -= 1
    return first, last


def _evidence(
    connection: sqlite3.Connection,
    row: SourceRow,
    said: str,
    start: int,
    end: int,
    value: str,
    offset: int = 0,
) -> Evidence:
    """The words `said[start:end]`, which begin at `offset` of the source, as evidence."""
    place = offset + start
    passages = text.passages(connection, row.id)
    passage = next((each for each in reversed(passages) if each.start <= place), passages[0])
    quote = _SPACE.sub(" ", said[start:end]).strip()
    value = _SPACE.sub(" ", value)
    at = quote.rfind(value) if value else -1
    page = text.page_at(connection, row.id, place)
    is_mail = row.kind == "mail"
    return Evidence(
        n=1,
        engram=passage.first_engram,
        quote=quote,
        score=_SURE,
        tags=(),
        tiers={"lexical": 1.0, "semantic": 0.0, "graph": 0.0, "spiking": 0.0},
        source=reference_to(row),
        locator=Place(
            page=page.number if page else None,
            page_label=page.label if page else None,
            chapter=passage.chapter if offset or is_mail else None,
            start=place,
            end=offset + end,
        ),
        after=_SPACE.sub(" ", said[end : end + _QUOTED]).strip(),
        reasons=("The list of references names it." if offset else "The title page says so.",),
        highlights=((at, at + len(value)),) if at >= 0 else (),
    )


def _of_works(
    connection: sqlite3.Connection,
    wanted: Wanted,
    masked: _Masked,
    rows: Sequence[SourceRow],
    answer: Answer,
    limit: int,
) -> Answer:
    """The works by somebody, of a year, or that cite one."""
    if wanted.cited:
        sought = masked.works[0].title if masked.works else wanted.cited
        own = {row.id for row in masked.works}
        evidence = list(_citing(connection, sought, rows, *own))
        works = [row for row in rows if row.id in {line.source.id for line in evidence}]
    else:
        chosen = [row for row in rows if (row.kind == "mail") == wanted.mails]
        works = [row for row in chosen if _is_wanted(row, wanted)]
        works.sort(key=lambda row: (row.date, row.id))
        lines = [_named_line(connection, row, wanted) for row in works]
        evidence = [line for line in lines if line is not None]
    if not evidence:
        return answer
    titles = list(dict.fromkeys(row.title for row in works))
    more = f"; and {len(titles) - _MOST_TITLES} more" if len(titles) > _MOST_TITLES else ""
    value = str(len(works)) if wanted.counts else "; ".join(titles[:_MOST_TITLES]) + more
    return _shown(answer, evidence[:limit], value, limit)


def _is_wanted(row: SourceRow, wanted: Wanted) -> bool:
    name = tuple(wanted.author.split())
    people = [_words(person) for person in row.author.split(", ")]
    if name and not any(person[-len(name) :] == name for person in people):
        return False
    compare: dict[str, Callable[[str, str], bool]] = {
        "in": str.__eq__, "since": str.__ge__, "after": str.__gt__,
        "before": str.__lt__, "until": str.__le__,
    }  # fmt: skip
    year = row.date[:4]
    return not wanted.year or bool(year and compare[wanted.relation](year, wanted.year))


def _named_line(connection: sqlite3.Connection, row: SourceRow, wanted: Wanted) -> Evidence | None:
    """The line of a title page that says whose work it is or of when, else its title."""
    if not row.passages:
        return None
    for field, value in (
        ("author", row.author if wanted.author else ""),
        ("date", row.date[:4] if wanted.year else ""),
        ("title", row.title),
    ):
        line = _line(connection, row, field, value) if value else None
        if line is not None:
            return line[0]
    return None


def _citing(
    connection: sqlite3.Connection, title: str, rows: Sequence[SourceRow], *own: int
) -> Iterator[Evidence]:
    """The entries of lists of references that name a title, one of each source."""
    sought = re.findall(r"\w+", title)
    if not sought:
        return
    pattern = re.compile(r"\W+".join(map(re.escape, sought)), re.IGNORECASE)
    among = {row.id: row for row in rows if row.id not in own}
    for source in text.sources_holding(connection, sought):
        row = among.get(source)
        said = text.text_at(connection, source) if row else ""
        heads = list(_LIST_HEAD.finditer(said))
        match = pattern.search(said, heads[-1].end()) if heads else None
        if row is not None and match is not None:
            start, end = _around(said, match.start(), match.end())
            line = _evidence(connection, row, said[start:], 0, end - start, match[0], start)
            yield line


def _of_references(
    connection: sqlite3.Connection, works: Sequence[SourceRow], answer: Answer, limit: int
) -> Answer:
    """The first entries of the list of references of a work."""
    for row in works:
        said = text.text_at(connection, row.id)
        heads = list(_LIST_HEAD.finditer(said))
        if not heads:
            continue
        start = heads[-1].end()
        entries = [
            _evidence(connection, row, said[start:], *match.span(), "", start)
            for match in re.finditer(r"\S[^\n]{20,300}", said[start:])
        ][:limit]
        if entries:
            return _shown(answer, entries, None, limit)
    return answer


def _shown(answer: Answer, first: Sequence[Evidence], value: str | None, limit: int) -> Answer:
    """What title pages and lists say first, then what else was found."""
    quoted = {line.quote for line in first}
    behind = [line for line in answer.evidence if line.quote not in quoted]
    evidence = []
    least = _SURE
    for number, line in enumerate([*first, *behind][:limit], 1):
        least = min(least, line.score)
        evidence.append(replace(line, n=number, score=least))
    return replace(
        answer,
        mode="quotes",
        abstained=False,
        confidence=_SURE,
        value=value,
        sentences=tuple(AnswerSentence(line.quote, (line.n,)) for line in evidence[: len(first)]),
        evidence=tuple(evidence),
        suggestion="",
    )
