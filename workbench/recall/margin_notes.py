"""Answers from highlights and their notes: what I marked, and what I wrote about it.

“What did I highlight about dams?” lists highlights by words, page or title. Any other question that
the sources do not certainly answer may be answered by a note with its words: “Which sentence does
everybody quote?”
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.memory import words
from workbench.memory.snapshot import Snapshot
from workbench.recall.correspondence import stems
from workbench.recall.listing import forms
from workbench.recall.question import Cue
from workbench.recall.question_forms import HighlightQuery
from workbench.recall.quoting import covering, evidence_at, quoting, unanswered
from workbench.recall.records import LIKELY, Answer, Evidence
from workbench.recall.search import Request
from workbench.store import notes, sources, text
from workbench.store.records import SourceRow

#: The minimum share of a question's words in a note, and their minimum number.
_COVER, _MINIMUM = 0.75, 2
_YOURS = "You noted: “{}”"
_MARK = "You highlighted this."


@dataclass(frozen=True, slots=True)
class _Note:
    """A highlight: its position, colour, text and note."""

    at: notes.Anchor
    colour: str
    quote: str
    note: str


def highlights_for(
    connection: sqlite3.Connection, snapshot: Snapshot, request: Request, wanted: HighlightQuery
) -> Answer | None:
    """The answer to a question for highlights or notes; None if a fact may answer it."""
    rows, is_marked = _rows(connection, request), wanted.marked
    selection = [row for row in rows if is_marked or row.note]
    by_id = {
        row.id: row for row in sources.by_ids(connection, sorted({row.at.source for row in rows}))
    }
    if wanted.page:
        selection = [row for row in selection if _is_on(connection, row, wanted.page)]
    topic_words = stems(wanted.topic)
    selection = [
        row
        for row in selection
        if topic_words <= stems(f"{row.colour} {row.quote} {row.note} {by_id[row.at.source].title}")
    ]
    if not selection and not is_marked:
        # A noted statement may be a fact.
        return None
    if not selection:
        place = f" on page {wanted.page}" if wanted.page else ""
        phrase = wanted.topic.strip()
        topic = f" about “{phrase.partition(' ')[2] or phrase}”" if topic_words else ""
        message = f"You have highlighted nothing{topic}{place}."
        return unanswered(request.question, snapshot, message)
    selection.sort(key=lambda row: (by_id[row.at.source].title, row.at.source, row.at.start))
    shown = selection[: request.limit]
    noted = "; ".join(row.note for row in shown if row.note and not is_marked)
    blank = unanswered(request.question, snapshot)
    return covering(quoting(blank, _evidence(connection, shown, by_id), value=noted or None))


def with_notes(
    connection: sqlite3.Connection, request: Request, cue: Cue, answer: Answer
) -> Answer:
    """The answer from a note with the question's words, if the sources are uncertain."""
    terms = [frozenset(words.forms(term.word, "en")) for term in cue.terms]
    best, row = 0.0, None
    for other in _rows(connection, request):
        if not other.note or other.note.rstrip().endswith("?"):
            continue
        noted, quoted = forms(other.note), forms(other.quote)
        number = sum(not term.isdisjoint(noted) for term in terms)
        share = sum(not term.isdisjoint(noted | quoted) for term in terms) / len(terms)
        if number >= _MINIMUM and share >= _COVER and share > best:
            best, row = share, other
    if row is None:
        return answer
    by_id = {source.id: source for source in sources.by_ids(connection, [row.at.source])}
    matches = _evidence(connection, [row], by_id)
    quoted_ = quoting(answer, matches, answer.evidence, None, request.limit)
    return replace(quoted_, confidence=LIKELY)


def _rows(connection: sqlite3.Connection, request: Request) -> Sequence[_Note]:
    """The highlights in the given sources, without lost ones."""
    records = []
    for row in notes.of_scope(connection, 0, notes.HIGHLIGHT):
        at = notes.anchor_of(row.key)
        if not at.lost and (request.sources is None or at.source in request.sources):
            records.append(_Note(at, row.name, *notes.quote_and_comment(row.text)))
    return records


def _evidence(
    connection: sqlite3.Connection, rows: Sequence[_Note], by_id: dict[int, SourceRow]
) -> list[Evidence]:
    return [
        replace(evidence, tags=("highlight",))
        for row in rows
        for reason in [_YOURS.format(row.note) if row.note else _MARK]
        for span in [(row.at.start, row.at.end)]
        if (evidence := evidence_at(connection, by_id[row.at.source], span, reason=reason))
    ]


def _is_on(connection: sqlite3.Connection, row: _Note, page: str) -> bool:
    page_row = text.page_at(connection, row.at.source, row.at.start)
    return page_row is not None and page in (page_row.label, str(page_row.number))
