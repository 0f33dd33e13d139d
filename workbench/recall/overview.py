"""“What is this book about?”: extractive summaries, each sentence with its location.

A text is summarised by its opening, its most frequent people, the openings or headings of its
parts, and its end; a chapter likewise. Front matter, contents, notes and headings are excluded. No
model is needed; one that writes gets the same sentences as evidence.
"""

import math
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from ingest.patterns import later
from workbench.errors import InputError
from workbench.memory import words
from workbench.memory.vocabulary import STOP
from workbench.recall import quotes
from workbench.recall.content_words import content_stems
from workbench.recall.named_source import describes, named_source
from workbench.recall.overview_lines import (
    CAST,
    LABELS,
    PAPER_QUERY,
    PEOPLE,
    Reading,
    chapter,
    headed,
    lines_of_parts,
    part_count,
    part_number,
    parts_of_paper,
    read,
    summary_lines,
    title_page,
    titled_rows,
    unnumbered,
)
from workbench.recall.overview_question import EDGES, OverviewQuery, overview_query
from workbench.recall.question import Cue
from workbench.recall.quotes import Quote
from workbench.recall.records import (
    POSSIBLE,
    Answer,
    AnswerSentence,
    Coverage,
    Introduction,
)
from workbench.recall.windows import MAX_SENTENCES, MAX_WORDS
from workbench.recall.writing.injection import addresses_model, marked
from workbench.store import meta, text
from workbench.store import sources as catalogue
from workbench.store.records import EngramRow, SourceRow
from workbench.store.store import Store

#: Maximum lines of an overview, of a part, and of several sources; maximum parts.
_LINES, _PART_LINES, _SOURCES, _PARTS = 10, 6, 8, 16
#: The kinds of overviews that name people.
_CASTS = ("people", "person")
#: Maximum titles in a clarification question.
_OFFERED = 4
#: Sentences that are read of each of several sources.
_GLANCE = 300
#: The confidence of an overview, which is extractive.
_CONFIDENCE = 0.9
#: Confidence from which an answer of the reader stands in a cell of a paper; roles of which the
#: first sentence is often another one: in 19 papers that nobody had developed on, the reader's
#: choice was right 12 times where the first was not, and once the other way round.
_SURE, _LOOSE = 0.7, ("data", "number", "finding")
#: The confidence of a sentence chosen by its part of a paper: of 112 cells of 30 papers, 78 were
#: right.
_CHOSEN = 0.6
#: Maximum questions that introduce a source, candidates that are tried, and the minimum confidence
#: of their answers, which is that of a sentence of an overview in a cell, too.
_QUESTIONS, _TRIED, _ANSWERS = 3, 8, 0.5
#: Minimum words of a heading that is a question; sentences that are searched for definitions.
_QUERY_WORDS, _DEFINING = 2, 60
#: Minimum mentions of a person in questions, in a long text, in any, and per sentences; minimum
#: sentences on a topic; uninformative headings.
_EXISTING, _SELDOM, _SINGLE_IN, _RECURS = 8, 3, 40, 3
_GENERAL = ("introduction", "overview", "summary", "abstract", "preface", "conclusion")
_MATCH = ("findings", "results", "conclusions", "abstract", "summary")
_DEFINES = later(
    r"(?P<what>(?:(?:A|An|The)\s+)?[A-Za-z][\w-]*(?:\s+[\w-]+){0,2}?)\s+(?P<is>is|are)\s+"
    r"(?:an?|the|one|any|sets?|rules?|ways?)\b"
)
#: The minimum share of a title in a reference; a title without its subtitle; minimum sentences of a
#: text that a bare title summarises.
_HALF = 0.5
_MAIN = later(r"(?:(?!\s[-–—]\s)[^:;(])*")
_LONG = 40


class Overviews:
    """Overviews of the sources of one library. Thread-safe."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._retained: tuple[tuple[int, tuple[int, int]], Reading] | None = None

    def answer(
        self,
        question: str,
        sources: Collection[int] | None,
        turns: Sequence[Answer],
        limit: int,
    ) -> Answer | None:
        """The overview of `sources` (None: all) that a question asks for; None for other questions.

        `turns` are the previous answers: “it” is the source that the last one cites first.
        """
        want = overview_query(question)
        if want is None:
            return None
        with self._store.read() as connection:
            named = named_source(connection, question, sources)
        if named is not None and named.narrows:
            answer = self.answer(named.plain, named.ids, (), limit)
            return answer and named.noted(replace(answer, question=question))
        start_time = time.perf_counter()
        with self._store.read() as connection:
            result = self._resolve_sources(connection, want, sources, turns)
            if isinstance(result, Answer):
                return replace(result, question=question)
            if not result:
                return None
            if len(result) == 1 and not want.several:
                reading = self._read(connection, result[0])
                is_topic = content_stems(want.work) and not _title_share(want.work, reading.source)
                topic = want.work if is_topic else ""
                part = headed(reading, topic or want.gist, *(_MATCH if want.gist else ()))
                short = want.titled and not want.part and len(reading.rows) < _LONG
                if short or (topic and not part and not _speaks(reading, topic)):
                    return None
                if lacks := _lacks(reading, want):
                    return _unanswered(question, lacks)
                selection = [(reading, at) for at in _lines(reading, want, topic, part, limit)]
            else:
                extents, part = text.extents(connection), []
                selection = [
                    (reading, at)
                    for source in result[:_SOURCES]
                    for reading in [read(connection, source, extents, _GLANCE)]
                    for at in summary_lines(reading, range(len(reading.rows)), 1)[:1]
                ]
            selection = [
                (reading, at) for reading, at in selection if not addresses_model(reading.lines[at])
            ]
            answer = _answer(connection, question, selection)
        if answer is None:
            return None
        if len(result) == 1 and (want.part or part):
            answer = replace(answer, note=_part_words(selection))
        if want.kind in _CASTS:
            names = ", ".join(item.name for item in selection[0][0].cast[: _people(want, limit)])
            answer = replace(answer, value=names)
        return replace(marked(answer), milliseconds=(time.perf_counter() - start_time) * 1000)

    def _resolve_sources(
        self,
        connection: sqlite3.Connection,
        want: OverviewQuery,
        sources: Collection[int] | None,
        turns: Sequence[Answer],
    ) -> Sequence[SourceRow] | Answer:
        """The sources that a question refers to, or a clarification; empty if there are none."""
        inside = {extent.source for extent in text.extents(connection) if not extent.trashed}
        if sources is not None:
            inside &= set(sources)
        if not inside:
            return ()
        if len(inside) == 1:
            (row,) = catalogue.by_ids(connection, list(inside))
            fits = not want.work or want.explicit or _title_share(want.work, row) > 0
            fits = _is_title(want.work, row) if want.titled else fits
            return (row,) if fits else ()
        if want.work:
            rows = _titled_sources(connection, want.work, inside)
            if not rows and want.headed:
                rows = _headed(connection, want.work, inside)
                return (
                    rows
                    if len(rows) < 2
                    else _ask_which_source(connection, [row.id for row in rows])
                )
            best = max(rows, key=lambda row: _title_share(want.work, row), default=None)
            if best is None or (want.titled and not _is_title(want.work, best)):
                return ()
            # “The whale” is no reference to a book with these words in a longer title, but “the
            # letter”, of common words, to the only one.
            is_only = len(rows) == 1 and not content_stems(want.work)
            return (best,) if is_only or _title_share(want.work, best) >= _HALF else ()
        if want.several:
            return catalogue.by_ids(connection, sorted(inside)[:_SOURCES])
        cited = [turn.evidence[0].source.id for turn in turns if turn.evidence]
        if cited and cited[-1] in inside and not describes(want.plain):
            return catalogue.by_ids(connection, cited[-1:])
        if want.part and want.part not in EDGES:
            # Only one of them may have chapters.
            parted = inside.intersection(text.sources_with_heading(connection, want.part))
            if len(parted) == 1:
                return catalogue.by_ids(connection, [*parted])
        # “The report” is the one with this title.
        if len(rows := _titled_sources(connection, want.plain, inside)) == 1:
            return rows
        return _ask_which_source(connection, inside)

    def _read(self, connection: sqlite3.Connection, source: SourceRow) -> Reading:
        """The parsed source; the last one is cached, since questions often continue on it."""
        key = source.id, meta.statement_version(connection)
        with self._lock:
            retained = self._retained
        if retained is not None and retained[0] == key:
            return retained[1]
        reading = read(connection, source, text.extents(connection))
        with self._lock:
            self._retained = key, reading
        return reading

    def in_cell(self, question: str, source: int, plain: Answer) -> Answer:
        """Answer a question about a whole source where `plain`, of the reader, is unsure.

        Of papers as `_of_paper`; of others by a sentence of their overview, as a possible answer.
        """
        if query := PAPER_QUERY.match(question):
            return self._of_paper(query, source, plain)
        want = overview_query(question) if plain.confidence < POSSIBLE else None
        overview = self.answer(question, [source], (), _QUESTIONS) if want is not None else None
        if want is None or overview is None or overview.abstained:
            return plain
        # The end of a text is the last sentence of its last part.
        sentence = overview.sentences[-1 if want.part == EDGES[1] else 0]
        return replace(overview, sentences=(sentence,), confidence=_ANSWERS)

    def _of_paper(self, query: re.Match[str], source: int, plain: Answer) -> Answer:
        """Answer a ready question about a paper where `plain`, the answer of the reader, is unsure.

        Quotes the first sentence of that role in the abstract, the limitations or the conclusion,
        of roles with loose cues the one that the reader prefers, as a possible answer; without one
        an unsure answer becomes none. A title is only a question.
        """
        with self._store.read() as connection:
            reading = self._read(connection, catalogue.by_id(connection, source))
            opening = () if query.lastgroup == "question" else title_page(reading)
            if any(sentence.text in opening for sentence in plain.sentences[:1]):
                plain = replace(plain, confidence=0.0)
            if plain.confidence >= _SURE:
                return _unlabelled(plain)
            parts = parts_of_paper(reading)
            if places := parts.get(query.lastgroup or ""):
                if query.lastgroup in _LOOSE:
                    places = _by_reader(query.string, reading, places)
                plain = _answer(connection, query.string, [(reading, places[0])]) or plain
                return replace(_unlabelled(plain), confidence=_CHOSEN)
        return replace(plain, confidence=0.0) if parts and plain.confidence < POSSIBLE else plain

    def introduction(self, source: int, respond: Callable[[str], Answer]) -> Introduction:
        """What a source is about, and questions that `respond` answers from it alone.

        Raises `NotFoundError` for an unknown source.
        """
        topic = self.answer("What is this source about?", [source], (), 5)
        if topic is None:
            return Introduction(None, ())
        with self._store.read() as connection:
            reading = self._read(connection, catalogue.by_id(connection, source))
        questions: list[str] = []
        for question, wished in islice(_questions(reading), _TRIED):
            answer = respond(question)
            quoted = {engram for item in answer.evidence[:1] for engram in item.engrams}
            existing = question.lower() in map(str.lower, questions)
            certainty = not answer.abstained and answer.confidence >= _ANSWERS
            if certainty and quoted & wished and not existing:
                questions.append(question)
            if len(questions) == _QUESTIONS:
                break
        return Introduction(topic, tuple(questions))


def _unlabelled(answer: Answer) -> Answer:
    """An answer without the labels of an abstract: “RESULTS: We found” becomes “We found”."""
    sentences = (replace(row, text=LABELS.sub("", row.text)) for row in answer.sentences)
    return replace(answer, sentences=tuple(sentences))


def _by_reader(question: str, reading: Reading, places: Sequence[int]) -> list[int]:
    """Sentences of a paper, those that the reader prefers first; as given without it."""
    # Imported on first use, not when a library opens.
    from workbench.recall.reader_at_hand import at_hand

    reader = at_hand() if len(places) > 1 else None
    if reader is None:
        return [*places]
    try:
        readings = reader.read(question, [reading.lines[at] for at in places])
    except InputError:
        # Without enough memory, the order is kept.
        return [*places]
    scores = {
        at: -math.inf if item is None else item.score
        for at, item in zip(places, readings, strict=True)
    }
    return sorted(places, key=lambda at: -scores[at])


def _questions(reading: Reading) -> Iterator[tuple[str, frozenset[int]]]:
    """Yield questions that a text should answer, each with its answering engrams."""
    sections: dict[int, list[int]] = {}
    for row in reading.rows:
        sections.setdefault(row.section, []).append(row.id)
    for section, ids in sections.items():
        heading = reading.sections[section].title
        plain = unnumbered(heading) == heading
        if plain and heading.endswith("?") and len(heading.split()) > _QUERY_WORDS:
            yield heading, frozenset(ids)
    best = sorted(range(len(reading.rows)), key=lambda at: -reading.worth[at])
    for at in best[:_DEFINING]:
        wording = _DEFINES.match(reading.lines[at])
        if wording is not None and _recurs(reading, wording["what"]):
            verb = "are" if wording["is"] == "are" else "is"
            yield f"What {verb} {_lowered(wording['what'])}?", frozenset([reading.rows[at].id])
    total = frozenset(row.id for row in reading.rows)
    story = sum(len(person.places) >= _EXISTING for person in reading.cast) >= _QUESTIONS
    if story:
        yield "Who are the most important people?", total
    minimum = min(_EXISTING, max(_SELDOM, len(reading.rows) // _SINGLE_IN))
    for person in reading.cast[:PEOPLE]:
        if len(person.places) >= minimum:
            yield f"Who is {person.name}?", frozenset(reading.rows[at].id for at in person.places)
    if story and any(part_number(reading.sections[section].title) == 1 for section in sections):
        yield "What happens in chapter 1?", total
        yield "What happens in the last chapter?", total
    for section, ids in sections.items():
        heading = unnumbered(reading.sections[section].title.rsplit(" · ", 1)[-1]).strip(" .:")
        informative = content_stems(heading) and heading.lower() not in _GENERAL
        if informative and heading[0].isupper() and not heading.isupper() and heading[-1] != "?":
            yield f"What is said about {_lowered(heading)}?", frozenset(ids)


def _recurs(reading: Reading, content: str) -> bool:
    """Whether several sentences of a text have a specific noun phrase, unlike “Note that this”."""
    wished = content_stems(content)
    entities = [word for word in content.split() if word not in ("A", "An", "The")]
    return len(wished) == len(entities) and (
        sum(wished <= stems for stems in reading.stems) >= _RECURS
    )


def _lowered(content: str) -> str:
    """A noun phrase inside a sentence: “a pump” for “A pump”."""
    first, _, remainder = content.partition(" ")
    return f"{first.lower()} {remainder}" if first in ("A", "An", "The") else content


def _of(limit: int, maximum: int) -> int:
    """The lines for a limit of quotes: two each, up to the maximum."""
    return min(2 * limit, maximum)


def _people(want: OverviewQuery, limit: int) -> int:
    """The number of people that a question asks for."""
    return 1 if want.kind == "person" else _of(limit, CAST)


def _lines(
    reading: Reading, want: OverviewQuery, topic: str, part: Sequence[int], limit: int
) -> list[int]:
    if want.kind in _CASTS:
        cast = reading.cast[: _people(want, limit)]
        return list(dict.fromkeys(person.places[0] for person in cast))
    if want.kind == "parts":
        return lines_of_parts(reading, min(3 * limit, _PARTS))
    if want.part or part:
        places = part or chapter(reading, want)
        return summary_lines(reading, places, _of(limit, _PART_LINES))
    told = [] if topic else parts_of_paper(reading).get("overview", [])[: _of(limit, _LINES)]
    return told or summary_lines(reading, range(len(reading.rows)), _of(limit, _LINES), topic)


def _titled_sources(
    connection: sqlite3.Connection, work: str, inside: Collection[int]
) -> list[SourceRow]:
    """The sources whose titles contain the words of a reference."""
    wording = words.raw_tokens(work)
    wording = [word for word in wording if word.lower() not in STOP] or wording
    matches = catalogue.titled(connection, wording) if wording else []
    return [row for row in matches if row.id in inside]


def _headed(connection: sqlite3.Connection, work: str, inside: Collection[int]) -> list[SourceRow]:
    """The sources with a part whose heading contains a reference."""
    wished = content_stems(work)
    index = {
        row.source
        for row in text.headed(connection, words.raw_tokens(work))
        if row.source in inside and wished and wished <= content_stems(row.title)
    }
    return catalogue.by_ids(connection, sorted(index))


def _title_share(work: str, source: SourceRow) -> float:
    """The share of a title in a reference; 0 if that has other words."""
    wished, title = _plain(work), _plain(source.title)
    return len(wished & title) / (len(title) or 1) if wished <= title else 0.0


def _is_title(work: str, source: SourceRow) -> bool:
    """Whether this is the title of a text, perhaps without its subtitle."""
    main = _MAIN.match(source.title)
    titles = (source.title, main[0] if main else "")
    return _folded(work) in map(_folded, titles)


def _folded(title: str) -> list[str]:
    return [words.fold(raw) for raw, _, _ in words.spans(title)]


def _plain(content: str) -> frozenset[str]:
    return content_stems(content) or frozenset(words.raw_tokens(content.lower()))


def _speaks(reading: Reading, topic: str) -> bool:
    """Whether a text contains all words of a topic."""
    wished = content_stems(topic)
    return bool(wished) and wished <= frozenset().union(*reading.stems)


def _answer(
    connection: sqlite3.Connection, question: str, selection: Sequence[tuple[Reading, int]]
) -> Answer | None:
    """An answer with these sentences, each with a quote of its context."""
    outputs: list[AnswerSentence] = []
    entries: list[Quote] = []
    for reading, at in selection:
        row = reading.rows[at]
        number = next((n for n, quote in enumerate(entries) if row in quote.engrams), len(entries))
        if number == len(entries):
            entries.append(Quote(number, _grown(reading, at), 1.0))
        outputs.append(AnswerSentence(reading.lines[at], (number + 1,)))
    if not outputs:
        return None
    context = quotes.surroundings(connection, entries)
    cue = Cue(question, "", (), frozenset())
    evidence = tuple(
        quotes.evidence(quote, n, _CONFIDENCE, cue, context)
        for n, quote in enumerate(entries, start=1)
    )
    of = sum(source.passages for source in context.sources.values())
    passages = {row.passage for quote in entries for row in quote.engrams}
    visited = Coverage(len(passages), of, len(context.sources))
    return Answer(
        question, "quotes", False, _CONFIDENCE, None, tuple(outputs), evidence, visited, 0.0
    )


def _part_words(selection: Sequence[tuple[Reading, int]]) -> str:
    """The parts of a text with the sentences: “Taken from “Walden”: “Solitude”.”"""
    reading = selection[0][0]
    sections = (reading.sections[reading.rows[at].section].title for _, at in selection)
    titles = ", ".join(dict.fromkeys(f"“{' '.join(title.split())}”" for title in sections if title))
    return titles and f"Taken from “{reading.source.title}”: {titles}."


def _lacks(reading: Reading, want: OverviewQuery) -> str:
    """The message if a text lacks the requested part or people."""
    title = f"“{reading.source.title}”"
    if want.part in EDGES:
        return ""
    if want.part and not titled_rows(reading):
        return f"No {want.part}s can be told apart in {title}: ask about what it says."
    if want.part and not chapter(reading, want):
        return f"There is no such part in {title}: it has {part_count(reading, want.part)}."
    if want.kind in _CASTS and not reading.cast:
        return f"Nobody is named often in {title}: ask about somebody by name."
    return ""


def _ask_which_source(connection: sqlite3.Connection, inside: Collection[int]) -> Answer:
    """The clarification question which source is meant."""
    first = catalogue.by_ids(connection, sorted(inside)[:_OFFERED])
    titles = ", ".join(f"“{row.title}”" for row in first)
    titles += " …" if len(inside) > len(first) else ""
    choice = f"Which of your {len(inside)} sources do you mean: {titles}?"
    return replace(_unanswered("", choice), mode="none")


def _unanswered(question: str, suggestion: str) -> Answer:
    return Answer(
        question, "quotes", True, 0.0, None, (), (), Coverage(0, 0, 0), 0.0, suggestion=suggestion
    )


def _grown(reading: Reading, at: int) -> tuple[EngramRow, ...]:
    """A sentence with the following ones of its passage, up to the limits of a quote."""
    rows = [reading.rows[at]]
    total = len(reading.lines[at].split())
    for row in reading.rows[at + 1 : at + MAX_SENTENCES]:
        total += len(row.text.split())
        if row.passage != rows[0].passage or total > MAX_WORDS:
            break
        rows.append(row)
    return tuple(rows)
