"""Pieces of sources that a language model writes of, and their join to one document.

Each piece is some consecutive quotes of a section, of dated sentences, or of the passages that a
question finds. The model writes of one piece at a time (map), by the same request and with the
same checks as an answer. The supported sentences are joined in order (reduce) without another word
of the model, so that every sentence keeps its passage.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.memory import words
from workbench.recall import quotes
from workbench.recall.overview_lines import Reading
from workbench.recall.question import Cue
from workbench.recall.quotes import Quote
from workbench.recall.records import Answer, AnswerSentence, Coverage, Evidence
from workbench.recall.windows import MAX_SENTENCES, MAX_WORDS
from workbench.recall.writing.injection import addresses_model
from workbench.store.records import EngramRow

#: The kinds of studies with their title, and what the model is asked of each piece, by language.
TITLES: Mapping[str, str] = {
    "briefing": "Briefing",
    "questions": "Questions",
    "timeline": "Timeline",
    "glossary": "Glossary",
    "question": "Summary",
}
_POINTS = {
    "en": "What are the most important points of these passages?",
    "de": "Was sind die wichtigsten Punkte dieser Passagen?",
}
TASKS: Mapping[str, Mapping[str, str]] = {
    "briefing": _POINTS,
    "questions": _POINTS,
    "timeline": {
        "en": "What happened when? Write one sentence for each date, with the date.",
        "de": "Was geschah wann? Schreibe einen Satz zu jedem Datum, mit dem Datum.",
    },
    "glossary": {
        "en": "Which terms are explained here? Write one sentence for each: what it is.",
        "de": "Welche Begriffe werden hier erklärt? Schreibe einen Satz zu jedem: was er ist.",
    },
}
#: Characters of a piece, and below which it takes in the next section; dated sentences of one.
_LETTERS, _FEW, DATED = 3600, 1200, 6


@dataclass(frozen=True, slots=True)
class Piece:
    """Quotes that are written of at once, under a heading."""

    heading: str
    quotes: tuple[Quote, ...]


def pieces_of(reading: Reading) -> list[Piece]:
    """The body of a source in pieces: whole sections where they are short, else parts of them.

    Sentences with instructions to a model are left out.
    """
    pieces: list[Piece] = []
    size, section = 0, 0
    for quote in _quotes(row for row in reading.rows if not addresses_model(row.text)):
        letters = len(quote.words)
        begins = quote.engrams[0].section != section and size >= _FEW
        if not pieces or begins or size + letters > _LETTERS:
            pieces.append(Piece(reading.sections[quote.engrams[0].section].title, ()))
            size = 0
        pieces[-1] = replace(pieces[-1], quotes=(*pieces[-1].quotes, quote))
        size, section = size + letters, quote.engrams[0].section
    return pieces


def _quotes(rows: Iterable[EngramRow]) -> Iterator[Quote]:
    """Consecutive sentences of a section as quotes within the limits of a window."""
    pending: list[EngramRow] = []
    place = 0
    for row in rows:
        follows = bool(pending) and (
            (pending[-1].section, pending[-1].id + 1) == (row.section, row.id)
            and len(pending) < MAX_SENTENCES
            and sum(len(words.sequence(each.text)) for each in (*pending, row)) <= MAX_WORDS
        )
        if pending and not follows:
            yield Quote(place, tuple(pending), 1.0)
            place += 1
            pending = []
        pending.append(row)
    if pending:
        yield Quote(place, tuple(pending), 1.0)


def asked_of(connection: sqlite3.Connection, piece: Piece, task: str) -> Answer:
    """What the model is asked of a piece, with its quotes as evidence."""
    context = quotes.surroundings(connection, piece.quotes)
    cue = Cue(task, "", (), frozenset())
    return Answer(
        task,
        confidence=1.0,
        evidence=tuple(
            quotes.evidence(quote, n, 1.0, cue, context)
            for n, quote in enumerate(piece.quotes, start=1)
        ),
    )


def joined(
    study: Answer,
    heading: str,
    part: Answer,
    *,
    headings: Callable[[Sequence[AnswerSentence]], Sequence[str]] | None = None,
) -> Answer:
    """A study with the supported sentences of a part, their evidence renumbered after its own.

    `headings` gives each of these sentences one of its own, "" for a sentence to leave out.
    """
    taken = [
        sentence
        for sentence in (part.sentences if part.mode == "written" else ())
        if sentence.supported
        and all(sentence.text.casefold() != other.text.casefold() for other in study.sentences)
    ]
    if headings is not None:
        named = zip(taken, headings(taken), strict=True)
        taken = [replace(sentence, heading=name) for sentence, name in named if name]
    elif taken and heading and all(heading != other.heading for other in study.sentences):
        taken[0] = replace(taken[0], heading=heading)
    known = {item.engrams: item.n for item in study.evidence}
    evidence: list[Evidence] = list(study.evidence)
    by_number = {item.n: item for item in part.evidence}
    sentences: list[AnswerSentence] = list(study.sentences)
    for sentence in taken:
        numbers = []
        for n in sentence.citations:
            item = by_number[n]
            if item.engrams not in known:
                known[item.engrams] = len(evidence) + 1
                evidence.append(replace(item, n=len(evidence) + 1))
            numbers.append(known[item.engrams])
        sentences.append(replace(sentence, citations=tuple(dict.fromkeys(numbers))))
    passages = Coverage(len(evidence), study.coverage.of, len({e.source.id for e in evidence}))
    return replace(
        study,
        sentences=tuple(sentences),
        evidence=tuple(evidence),
        coverage=passages,
        model=part.model or study.model,
        sent_to=part.sent_to or study.sent_to,
        prompt=part.prompt or study.prompt,
    )
