"""Full-text search: the sentences that contain all words, in any form.

The posting lists of the inverted index are intersected. Phrases in double quotes are verified in
the sentences.
"""

import re
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.patterns import later
from workbench.errors import UsageError
from workbench.jobs import Cancel
from workbench.memory import words
from workbench.memory.segment import Ordinals, intersection
from workbench.memory.snapshot import Snapshot
from workbench.recall.quotes import place_of, reference_to
from workbench.recall.records import SearchHit, SearchResult
from workbench.recall.search import Scope
from workbench.store import collections, sources, text
from workbench.store.records import EngramRow
from workbench.store.store import Store

_QUOTED = later(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]", re.UNICODE)
#: Sentences per batch, and the maximum, when verifying phrases.
_BATCH, _MAX_READ = 2_000, 50_000
_MAX_HITS = 10_000
InScope = Callable[[sqlite3.Connection, Collection[int] | None, Snapshot], Scope]


@dataclass(frozen=True, slots=True)
class WordQuery:
    """The words of a query: `keys` of their forms, and phrases."""

    keys: tuple[frozenset[int], ...]
    phrases: tuple[tuple[frozenset[int], ...], ...]


@dataclass(frozen=True, slots=True)
class TextQuery:
    """A query with its scope (None: everything) and the maximum number of hits.

    `languages` are those of the library, for the forms of its words.
    """

    text: str
    collection: str | None = None
    sources: Sequence[int] | None = None
    limit: int = 200
    languages: Collection[str] = ()
    cancel: Cancel | None = None


def search(store: Store, snapshot: Snapshot, query: TextQuery, in_scope: InScope) -> SearchResult:
    """Find the sentences that contain all words of a query; see `Library.search`."""
    if query.limit < 1:
        raise UsageError("The limit must be at least 1.", "Leave it out for 200 sentences.")
    target = _word_query(query.text, snapshot, query.languages)
    if not target.keys:
        return SearchResult(query.text, 0, 0, ())
    with store.read() as connection:
        selected = None
        if query.sources is not None:
            sources.check_searched(connection, query.sources)
            selected = set(query.sources)
        if query.collection is not None:
            inside = set(collections.source_ids(connection, query.collection))
            selected = inside if selected is None else selected & inside
        scope = in_scope(connection, selected, snapshot)
        result = _matching(connection, target, snapshot, scope, query.cancel)
        ranked, counts = _ranked(result, snapshot)
        displayed = (ranked[: min(query.limit, _MAX_HITS)] + 1).tolist()
        rows = text.engrams(connection, displayed)
        hits = located(connection, {row: _marks(row.text, target) for row in rows.values()})
    order = {engram: at for at, engram in enumerate(displayed)}
    hits.sort(key=lambda hit: order[hit.engram])
    return SearchResult(query.text, len(ranked), counts, tuple(hits))


def _word_query(query: str, snapshot: Snapshot, languages: Collection[str]) -> WordQuery:
    def forms(word: str) -> frozenset[int]:
        return frozenset(snapshot.inflections(word, languages))

    phrases = []
    for match in _QUOTED.finditer(query):
        run = [word for token in words.tokens(match[1]) for word in token.words[:1]]
        if len(run) > 1:
            # A phrase is literal: no other forms.
            phrases.append(tuple(frozenset({words.key(word)}) for word in run))
    query_text = dict.fromkeys(words.sequence(query))
    return WordQuery(tuple(forms(word) for word in query_text), tuple(phrases))


def _matching(
    connection: sqlite3.Connection,
    target: WordQuery,
    snapshot: Snapshot,
    scope: Scope,
    cancel: Cancel | None,
) -> Ordinals:
    common = intersection([snapshot.union(keys) for keys in target.keys])
    common = common[snapshot.columns["source"][common] > 0]
    retained = scope.restrict(common)
    if not target.phrases:
        return retained
    matches: list[int] = []
    for start in range(0, min(len(retained), _MAX_READ), _BATCH):
        if cancel is not None:
            cancel.check()
        rows = text.engrams(connection, (retained[start : start + _BATCH] + 1).tolist())
        matches += [id - 1 for id, row in rows.items() if _has_phrases(row.text, target)]
    return np.array(sorted(matches), np.int32)


def _has_phrases(sentence: str, target: WordQuery) -> bool:
    keys = [words.key(token.words[0]) for token in words.tokens(sentence) if token.words]
    return all(
        any(
            all(keys[at + n] in forms for n, forms in enumerate(phrase))
            for at in range(len(keys) - len(phrase) + 1)
        )
        for phrase in target.phrases
    )


def _ranked(matches: Ordinals, snapshot: Snapshot) -> tuple[NDArray[np.int32], int]:
    """The ordinals by source, the most frequent sources first; and the number of sources."""
    if not len(matches):
        return matches, 0
    owners = snapshot.columns["source"][matches]
    names, at, counts = np.unique(owners, return_inverse=True, return_counts=True)
    order = np.lexsort((matches, owners, -counts[at]))
    return matches[order], len(names)


def located(
    connection: sqlite3.Connection, marks: Mapping[EngramRow, tuple[tuple[int, int], ...]]
) -> list[SearchHit]:
    """The sentences with their sources and locations, and the marked spans."""
    owners = sorted({row.source for row in marks})
    entity = {row.id: row for row in sources.by_ids(connection, owners)}
    passages = text.passages_by_ids(connection, {row.passage for row in marks})
    sections = text.sections_by_ids(connection, {row.section for row in marks})
    chapters = {id: text.chapter_path(connection, row) for id, row in sections.items()}
    hits = []
    for row, spans in marks.items():
        source, passage = entity[row.source], passages[row.passage]
        page = text.page_at(connection, row.source, row.start)
        place = place_of(row, row, passage, page, chapters[row.section])
        hits.append(SearchHit(row.id, reference_to(source), place, row.text, spans))
    return hits


def _marks(sentence: str, target: WordQuery) -> tuple[tuple[int, int], ...]:
    keys = frozenset[int]().union(*target.keys)
    return tuple(
        (token.start, token.end)
        for token in words.tokens(sentence)
        if any(words.key(word) in keys for word in token.words)
    )
