"""Authors on title pages: “by Jane Austen” answers who wrote it, and states nothing else.

A title page is read when a source is added: it gives the title and the author, and none of its
lines is a sentence that a question could find. So a question for the author of a work that is here
is answered by the lines of the title page, word for word, and by no sentence of the book in which
somebody writes. Where no line names the author, as only the file itself does, nothing is quoted:
an answer that stays silent says whom it names.
"""

import re
import sqlite3
from dataclasses import replace

from ingest.patterns import later
from workbench.memory import words
from workbench.recall.candidates import Request
from workbench.recall.quotes import reference_to
from workbench.recall.records import Answer, AnswerSentence, Evidence, Place
from workbench.store import sources as catalogue
from workbench.store import text
from workbench.store.records import SourceRow

_ASKED = later(
    r"(?:who(?:['’]s|\s+is|\s+was)?\s+(?:the\s+)?(?:author|writer)\s+of"
    r"|who\s+(?:wrote|has\s+written|authored)|by\s+whom\s+(?:is|was)|who\s+(?:is|was)(?=.+\sby$))\s+"
    r"(?:the\s+(?:book|novel|story|text|article|essay|play|poem|paper|tale)\s+)?"
    r"[“\"‘'«]?(?P<work>.+?)[”\"’'»]?(?:\s+(?:written|authored))?(?:\s+by)?",
    re.IGNORECASE,
)
#: Where the rest of a title begins: “Moby-Dick; or, The Whale”.
_REST = later(r"[;:(–—]|,\s+or\b|\s+-\s+")
#: What may stand between two authors: marks of their addresses, “and”.
_BETWEEN = r"\w{0,2}\W+(?:\w{1,3}\W+){0,2}"
_ARTICLES = frozenset(("the", "a", "an"))
_SPACE = later(r"\s+")
#: Characters from the beginning within which a title page names its author, of a quote of it, and
#: of the longest question.
_HEAD, _QUOTED, _LONGEST = 1500, 300, 200
#: How sure it is that the title page says who wrote it.
_SURE = 0.95


def work_of(question: str) -> str:
    """The work whose author a question asks for, as it was written; "" where it asks for none."""
    asked = question.strip().rstrip("?!. ")
    found = _ASKED.fullmatch(asked) if len(asked) <= _LONGEST else None
    return found["work"].strip() if found else ""


def with_author(connection: sqlite3.Connection, request: Request, answer: Answer) -> Answer:
    """The answer from the title page of the work that is asked for, or `answer` as it is."""
    sources = request.sources
    work = _named(work_of(request.question))
    if not work:
        return answer
    rows = [row for row in catalogue.titled(connection, work) if _is_called(row.title, work)]
    rows = [row for row in rows if row.author and (sources is None or row.id in sources)]
    if len({_named(row.author) for row in rows}) != 1:
        return answer
    for row in rows:
        page = _title_page(connection, row)
        if page is not None:
            return _told(answer, *page, request.limit)
    if rows and answer.abstained:
        title, author = rows[0].title, rows[0].author
        said = f"The file of “{title}” names its author, {author}; its text does not."
        return replace(answer, suggestion=said)
    return answer


def _named(title: str) -> tuple[str, ...]:
    """The words of a title or name, without the article before it."""
    said = tuple(word for token in words.tokens(title) for word in token.words)
    return said[1:] if len(said) > 1 and said[0] in _ARTICLES else said


def _is_called(title: str, work: tuple[str, ...]) -> bool:
    return work in (_named(title), _named(_REST.split(title, maxsplit=1)[0]))


def _title_page(connection: sqlite3.Connection, row: SourceRow) -> tuple[Evidence, str] | None:
    """The lines up to the author's name, and the name as it is written there."""
    head = text.text_at(connection, row.id, 0, _HEAD)
    people = (re.findall(r"\w+", each) for each in row.author.split(", "))
    name = _BETWEEN.join(r"\W+".join(map(re.escape, each)) for each in people if each)
    # A book says “by”; a paper has the name alone below its title.
    found = re.search(rf"\b(?:by\s+)?(?P<name>{name})\b", head, re.IGNORECASE)
    passages = text.passages(connection, row.id) if found else []
    if found is None or not passages:
        return None
    start = len(head) - len(head.lstrip())
    if found.end() - start > _QUOTED:
        start = found.start()
    quote = _SPACE.sub(" ", head[start : found.end()])
    author = _SPACE.sub(" ", found["name"])
    page = text.page_at(connection, row.id, start)
    made = Evidence(
        n=1,
        engram=passages[0].first_engram,
        quote=quote,
        score=_SURE,
        tags=(),
        tiers={"lexical": 1.0, "semantic": 0.0, "graph": 0.0, "spiking": 0.0},
        source=reference_to(row),
        locator=Place(
            page=page.number if page else None,
            page_label=page.label if page else None,
            chapter=None,
            start=start,
            end=found.end(),
        ),
        after=_SPACE.sub(" ", head[found.end() : found.end() + _QUOTED]).strip(),
        reasons=("The title page names the author.",),
        highlights=((len(quote) - len(author), len(quote)),),
    )
    return made, author


def _told(answer: Answer, page: Evidence, author: str, limit: int) -> Answer:
    """What the title page says first, then what else was found."""
    behind = [each for each in answer.evidence if each.quote != page.quote][: limit - 1]
    least = _SURE
    evidence = [page]
    for number, each in enumerate(behind, 2):
        least = min(least, each.score)
        evidence.append(replace(each, n=number, score=least))
    return replace(
        answer,
        mode="quotes",
        abstained=False,
        confidence=_SURE,
        value=author,
        sentences=(AnswerSentence(page.quote, (1,)),),
        evidence=tuple(evidence),
        suggestion="",
    )
