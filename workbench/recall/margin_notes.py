"""Answers from highlights and their notes: what I marked, and what I wrote about it.

“What did I highlight about dams?” lists highlights by words, page or title. Any other question that
the sources do not certainly answer may be answered by a note with its words: “Which sentence does
everybody quote?”
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.language.tagging import tagged
from workbench.memory import words
from workbench.memory.snapshot import Snapshot
from workbench.recall.question import Cue
from workbench.recall.question_forms import highlight_query
from workbench.recall.quoting import covering, evidence_at, quoting, unanswered
from workbench.recall.records import LIKELY, Answer, Evidence
from workbench.recall.search import Request
from workbench.store import highlights, notes, sources, text
from workbench.store.records import SourceRow

#: Tags of content words: nouns, verbs, adjectives, numbers, names.
_CONTENT = "NVJCEB"
#: The minimum share of a question's words in a note, and their minimum number.
_COVER, _MINIMUM = 0.75, 2
_YOURS = "You noted: “{}”"
_MARK = "You highlighted this."


@dataclass(frozen=True, slots=True)
class _Note:
    """A highlight: its position, colour, text and note."""

    at: highlights.Anchor
    colour: str
    quote: str
    note: str


def highlights_for(
    connection: sqlite3.Connection, snapshot: Snapshot, request: Request
) -> Answer | None:
    """The answer to a question for highlights or notes; None for other questions."""
    wanted = highlight_query(request.question)
    if wanted is None:
        return None
    rows = _rows(connection, request)
    is_marked = wanted.marked
    selection = [row for row in rows if is_marked or row.note]
    by_id = {
        row.id: row for row in sources.by_ids(connection, sorted({row.at.source for row in rows}))
    }
    remainder = wanted.topic
    if wanted.page:
        selection = [row for row in selection if _is_on(connection, row, wanted.page)]
    topic_words = _forms(remainder)
    if topic_words:
        selection = [
            row
            for row in selection
            if topic_words
            <= _forms(f"{row.colour} {row.quote} {row.note} {by_id[row.at.source].title}")
        ]
    if not selection and not is_marked:
        # A noted statement may be a fact.
        return None
    if not selection:
        place = f" on page {wanted.page}" if wanted.page else ""
        topic = (
            f" about “{remainder.strip().partition(' ')[2] or remainder.strip()}”"
            if topic_words
            else ""
        )
        message = f"You have highlighted nothing{topic}{place}."
        return unanswered(request.question, snapshot, message)
    selection.sort(key=lambda row: (by_id[row.at.source].title, row.at.source, row.at.start))
    matches = _evidence(connection, selection[: request.limit], by_id)
    noted = "; ".join(row.note for row in selection[: request.limit] if row.note)
    value = noted if noted and not is_marked else None
    blank = unanswered(request.question, snapshot)
    return covering(quoting(blank, matches, value=value))


def with_notes(
    connection: sqlite3.Connection, request: Request, cue: Cue, answer: Answer
) -> Answer:
    """The answer from a note with the question's words, if the sources are uncertain."""
    if not answer.abstained and answer.confidence >= LIKELY:
        return answer
    terms = [frozenset(words.forms(term.word, "en")) for term in cue.terms]
    if len(terms) < _MINIMUM:
        return answer
    best: tuple[float, _Note] | None = None
    for row in _rows(connection, request) if terms else ():
        if not row.note or row.note.rstrip().endswith("?"):
            continue
        noted, quoted = _forms(row.note, complete=True), _forms(row.quote, complete=True)
        share = sum(not term.isdisjoint(noted) for term in terms)
        share_of_all = sum(not term.isdisjoint(noted | quoted) for term in terms) / len(terms)
        if (
            share >= _MINIMUM
            and share_of_all >= _COVER
            and (best is None or share_of_all > best[0])
        ):
            best = share_of_all, row
    if best is None:
        return answer
    row = best[1]
    by_id = {source.id: source for source in sources.by_ids(connection, [row.at.source])}
    matches = _evidence(connection, [row], by_id)
    quoted_ = quoting(answer, matches, answer.evidence, None, request.limit)
    return replace(quoted_, confidence=LIKELY)


def _rows(connection: sqlite3.Connection, request: Request) -> Sequence[_Note]:
    """The highlights in the given sources, without lost ones."""
    records = []
    for row in notes.of_scope(connection, 0, highlights.KIND):
        at = highlights.anchor(row.key)
        if not at.lost and (request.sources is None or at.source in request.sources):
            records.append(_Note(at, row.name, *highlights.parts(row.text)))
    return records


def _evidence(
    connection: sqlite3.Connection, rows: Sequence[_Note], by_id: dict[int, SourceRow]
) -> list[Evidence]:
    matches: list[Evidence] = []
    for row in rows:
        reason = _YOURS.format(row.note) if row.note else _MARK
        span = row.at.start, row.at.end
        evidence = evidence_at(connection, by_id[row.at.source], span, reason=reason)
        if evidence is not None:
            matches.append(replace(evidence, tags=("highlight",)))
    return matches


def _is_on(connection: sqlite3.Connection, row: _Note, page: str) -> bool:
    page_row = text.page_at(connection, row.at.source, row.at.start)
    return page_row is not None and page in (
        page_row.label or str(page_row.number),
        str(page_row.number),
    )


def _forms(phrase: str, *, complete: bool = False) -> frozenset[str]:
    """The stems of the content words of a phrase, or of all its words."""

    def content() -> Iterator[str]:
        for token in tagged(phrase):
            if complete or token.tags[0] in _CONTENT:
                yield from words.forms(token.low, "en")

    return frozenset(content())
