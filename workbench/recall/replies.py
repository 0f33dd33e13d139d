"""What follows a question that stands in a text: its answer, in lists of questions and interviews.

“How long is the west quay?” above “90 metres.” is a heading, the first line of an entry, a message
or a turn. The answer has hardly a word of the question, so that neither words nor a model that
reads it alone finds it. Where the very question stands, what follows answers it; below any heading
that is a question, both are read together.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, takewhile

import numpy as np

from ingest.languages import word_set
from workbench.memory import segment, words
from workbench.memory.segment import Ordinals
from workbench.recall.quotes import Quote
from workbench.recall.search import Search
from workbench.recall.windows import MAX_SENTENCES, Windows, headed_by
from workbench.store import text
from workbench.store.records import EngramRow

#: Sentences and headings with all words of the question that are looked at.
_LIMIT = 40
#: Most words of a label before a question: “Q:”, “Ida Kern:”.
_LABEL = 3
#: What ends a question, and what may close a quotation after it.
_MARKS, _CLOSING = ("?", "？", "؟"), "\"'”’»)*_ "
#: The share of a question's weight in a heading from which what stands below is on it.
_HALF = 0.5
_NONE: Ordinals = np.zeros(0, np.int32)
_ARTICLES = word_set("the a an der die das den dem des ein eine einen einem einer")


def has_question_mark(sentence: str) -> bool:
    """Whether a sentence ends with a question mark, inside a quotation or not."""
    return sentence.rstrip(_CLOSING).endswith(_MARKS)


def replies(search: Search) -> dict[int, tuple[str, tuple[EngramRow, ...]]]:
    """What follows the question where it stands in the sources, by the first ordinal.

    With each comes the question as it stands there.
    """
    terms, connection = search.cue.terms, search.connection
    if not terms or search.cue.hollow or search.cue.topic:
        return {}
    asked = _stems(search.cue.text)
    found = dict[int, tuple[str, tuple[EngramRow, ...]]]()
    standing = search.restrict(segment.intersection([term.ordinals for term in terms]))
    for row in _rows(connection, standing):
        if has_question_mark(row.text) and _is_the_question(row.text, asked):
            following = _following(connection, row)
            if following:
                found[following[0].id - 1] = row.text, following
    headings = search.restrict(segment.intersection([headed_by(search, term) for term in terms]))
    rows = _rows(connection, headings)
    titles = text.sections_by_ids(connection, {row.section for row in rows})
    for row in rows:
        title = titles[row.section].title if row.section in titles else ""
        if has_question_mark(title) and _is_the_question(title, asked):
            ahead = text.engrams_between(connection, row.id, row.id + MAX_SENTENCES - 1)
            found[row.id - 1] = title, tuple(_answering(ahead, row.section))
    return found


def largely_headed(search: Search) -> frozenset[int]:
    """The first ordinals of sections whose heading has half of the weight of the question."""
    terms = search.cue.terms
    total = sum(term.rarity for term in terms) or 1.0
    ordinals = [headed_by(search, term) for term in terms]
    every, place = np.unique(np.concatenate([_NONE, *ordinals]), return_inverse=True)
    shares = np.repeat([term.rarity / total for term in terms], [len(item) for item in ordinals])
    return frozenset(every[np.bincount(place, weights=shares) >= _HALF].tolist())


def questions_above(connection: sqlite3.Connection, quotes: Iterable[Quote]) -> Mapping[int, str]:
    """The headings above quotes that are questions, by the place of the quote."""
    sections = {quote.place: quote.engrams[0].section for quote in quotes}
    titles = text.sections_by_ids(connection, set(sections.values()))
    asking = {id: row.title for id, row in titles.items() if has_question_mark(row.title)}
    return {place: asking[id] for place, id in sections.items() if id in asking}


def in_front(
    quotes: Sequence[Quote],
    windows: Windows,
    found: Mapping[int, tuple[str, tuple[EngramRow, ...]]],
) -> tuple[list[Quote], dict[int, str]]:
    """The quotes with the replies before them, and the question of each reply by its place."""
    if not found:
        return list(quotes), {}
    # Above the rest by more than use may move a quote.
    top = 1.1 * max((quote.score for quote in quotes), default=1.0)
    first, asked, used = list[Quote](), dict[int, str](), set[int]()
    for ordinal, (question, rows) in found.items():
        place = int(windows.starts.searchsorted(ordinal))
        if place < len(windows.starts) and windows.starts[place] == ordinal:
            first.append(Quote(place, rows, top))
            asked[place] = question
            used.update(row.id for row in rows)
    rest = list[Quote]()
    for quote in quotes:
        if used.isdisjoint(row.id for row in quote.engrams):
            # A window that was shifted off the reply has its place, but other sentences.
            place = quote.place
            if place in asked:
                place = int(windows.starts.searchsorted(quote.engrams[0].id - 1))
            if place not in asked and place < len(windows.starts):
                rest.append(replace(quote, place=place))
    return [*first, *rest], asked


def _rows(connection: sqlite3.Connection, ordinals: Ordinals) -> list[EngramRow]:
    rows = text.engrams(connection, (ordinals[:_LIMIT] + 1).tolist())
    return [rows[key] for key in sorted(rows)]


def _following(connection: sqlite3.Connection, row: EngramRow) -> tuple[EngramRow, ...]:
    """The sentences after a question, of its section or of the next message."""
    ahead = text.engrams_between(connection, row.id + 1, row.id + MAX_SENTENCES)
    section = ahead[0].section if ahead and ahead[0].source == row.source else -1
    return tuple(_answering(ahead, section))


def _answering(rows: Sequence[EngramRow], section: int) -> Iterator[EngramRow]:
    """Yield the sentences up to the next question."""
    return islice(
        takewhile(lambda row: row.section == section and not has_question_mark(row.text), rows),
        MAX_SENTENCES,
    )


def _is_the_question(sentence: str, asked: frozenset[str]) -> bool:
    """Whether a sentence is the question asked, but for a label, a number and articles."""
    label, _, rest = sentence.partition(": ")
    unlabelled = rest if rest and len(label.split()) <= _LABEL else sentence
    said = _stems(unlabelled)
    return asked == {stem for stem in said if not stem.isdigit() or stem in asked}


def _stems(sentence: str) -> frozenset[str]:
    said = (word for word in words.sequence(sentence) if word not in _ARTICLES)
    return frozenset(words.forms(word, "en")[0] for word in said)
