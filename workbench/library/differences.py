"""Differences between sources: editions, other dates and numbers for one thing; their states."""

import builtins
import itertools
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from ingest.patterns import later
from workbench.arguments import Id, Limit, Words
from workbench.errors import NotFoundError, UsageError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.library.core import Core
from workbench.library.group import Group
from workbench.recall.records import Evidence, SourceDifference
from workbench.store import collections, conflicts, meta, text
from workbench.store import sources as catalogue

if TYPE_CHECKING:
    from workbench.recall.differences import ValueSentence
    from workbench.recall.editions import EditionSentence

#: The version of the statements, and the compared sources.
_Key = tuple[tuple[int, int], frozenset[int]]
#: Names and years within sentences; the words of a title.
_NAME, _WORD = later(r"(?<=[\w,;] )(?:[A-ZÄÖÜ]\w+|\d{4}\b)"), later(r"\w+")
#: The minimum common names of two sources on one thing, and their share of the names of either.
_COMMON, _OVERLAP = 2, 0.5
#: Kinds of sources in which somebody answers somebody.
_TALK = ("mail", "chat")
#: Of a settled difference, which side holds, if only one does.
_HOLDS = ("first", "second")
#: States of a difference; "dismissed" means it is none.
STATES = ("settled", *_HOLDS, "dismissed", conflicts.OPEN)


class Differences(Group):
    """A library's calls on differences between its sources."""

    def __init__(self, core: Core) -> None:
        super().__init__(core)
        #: The cached search, with the version and sources it belongs to.
        self._known: tuple[_Key, _Found] | None = None

    def list(
        self,
        collection: Words | None = None,
        *,
        state: Words = conflicts.OPEN,
        limit: Limit = 50,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> builtins.list[SourceDifference]:
        """Sentences of different sources that disagree about one thing.

        Of two editions of one text that is every sentence that was changed, added or left out. Of
        others it is dates and numbers: only what is the same but for its value counts, or what a
        model finds to be of one thing, so that there may be more. `state` is one of `STATES`.
        Raises `NotFoundError` for a collection that is not there, `UsageError` for another state,
        and `Cancelled`.
        """
        _check(state)
        stop = cancel or Cancel()
        with self._core.store.read() as connection:
            sources = {extent.source for extent in text.extents(connection) if not extent.trashed}
            if collection is not None:
                name = collections.by_name(connection, collection).name
                sources &= set(collections.source_ids(connection, name))
            states = conflicts.settled_sources(connection)
            key = meta.statement_version(connection), frozenset(sources)
            known = self._known
            if known is None or known[0] != key:
                known = self._known = key, _Found(_contents(connection, sources, report, stop))
        pairs: builtins.list[_Pair] = []
        try:
            for pair in known[1].pairs(stop):
                engrams = pair.first.engram, pair.second.engram
                current = states.get(engrams, conflicts.OPEN)
                if current == state or (state == "settled" and current in _HOLDS):
                    pairs.append(replace(pair, state=current))
                if len(pairs) == limit:
                    break
        except BaseException:
            # An interrupted search starts over.
            self._known = None
            raise
        with self._core.store.read() as connection:
            quoted = [
                (_quoted(connection, pair.first), _quoted(connection, pair.second), pair)
                for pair in pairs
            ]
        return [
            SourceDifference(first, second, pair.state, pair.kind)
            for first, second, pair in quoted
            if first is not None and second is not None
        ]

    def settle(self, first: Id, second: Id, *, state: Words) -> None:
        """Say that a difference is "settled", or "dismissed" as none, or "open" again.

        It is settled, too, by saying that only the "first" or the "second" side holds. `first` and
        `second` are the ids of its sentences. Raises `UsageError` for another state,
        and `NotFoundError` for a sentence that is not there.
        """
        _check(state)

        def work(connection: sqlite3.Connection) -> None:
            rows = text.engrams(connection, [first, second])
            if len(rows) < 2:
                raise NotFoundError(
                    "There are no two such sentences.", "See them with: workbench differences list"
                )
            conflicts.settle_sources(connection, first, second, state, self._core.store.clock())

        self._core.store.write(work, act=f"difference {state}")


@dataclass(frozen=True, slots=True)
class _Marked:
    """A sentence and what differs in it, as spans of its text."""

    engram: int
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two sentences that differ, the earlier source first."""

    first: _Marked
    second: _Marked
    kind: str
    state: str = conflicts.OPEN


class _Found:
    """A lazy search for differences, which keeps what it found."""

    def __init__(self, contents: "_Contents") -> None:
        self._lock = threading.Lock()
        self._search = _search(contents)
        self._pairs: builtins.list[_Pair] = []

    def pairs(self, stop: Cancel) -> "Iterator[_Pair]":
        """The pairs. Raises `Cancelled`."""
        for at in itertools.count():
            stop.check()
            with self._lock:
                if at == len(self._pairs):
                    pair = next(self._search, None)
                    if pair is None:
                        return
                    self._pairs.append(pair)
            yield self._pairs[at]


@dataclass(frozen=True, slots=True)
class _Contents:
    """What is compared: the sentences with values, the topic and all sentences of each source."""

    values: "builtins.list[ValueSentence]"
    topics: "Mapping[int, _Topic]"
    sentences: "Mapping[int, builtins.list[EditionSentence]]"


def _search(contents: _Contents) -> Iterator[_Pair]:
    """Yield other values for one thing, then what differs between editions, words before lines.

    Of two long editions there may be thousands, which would hide a correction.
    """
    from workbench.recall.differences import differences
    from workbench.recall.editions import changes, editions
    from workbench.recall.reader_at_hand import revisions

    pairs = editions(contents.sentences)
    compared = set(pairs)
    is_one = partial(_is_one, contents.topics)
    for one, other in differences(contents.values, is_one, revisions):
        earlier, later = sorted((one, other), key=lambda sentence: sentence.engram)
        if (earlier.source, later.source) not in compared:
            yield _Pair(_value_of(earlier), _value_of(later), "value")
    found = [
        change
        for left, right in pairs
        for change in changes(contents.sentences[left], contents.sentences[right])
    ]
    for change in sorted(found, key=lambda item: (item.kind != "wording", not item.weighty)):
        first = _Marked(change.first.engram, change.spans)
        yield _Pair(first, _Marked(change.second.engram, change.others), change.kind)


def _value_of(sentence: "ValueSentence") -> _Marked:
    return _Marked(sentence.engram, ((sentence.start, sentence.start + len(sentence.value)),))


def _contents(
    connection: sqlite3.Connection, sources: Set[int], report: Report, stop: Cancel
) -> _Contents:
    """The sentences of some sources, those with values, and the topic of each source."""
    from workbench.recall.differences import value_sentence
    from workbench.recall.editions import EditionSentence

    extents = [item for item in text.extents(connection) if item.source in sources]
    titles = catalogue.titles(connection, sources)
    topics = {
        source: _Topic(frozenset(_WORD.findall(titles[source][0])), set()) for source in titles
    }
    # A mail quotes the one before, and is no edition of it.
    kinds = catalogue.kinds(connection, sources)
    texts = {source for source in sources if kinds.get(source) not in _TALK}
    values: builtins.list[ValueSentence] = []
    sentences: dict[int, builtins.list[EditionSentence]] = {source: [] for source in texts}
    for number, extent in enumerate(extents):
        stop.check()
        report(Progress("comparing", number, len(extents), "sources"))
        for row in text.engrams_between(connection, extent.first, extent.last):
            topics[row.source].names.update(_NAME.findall(row.text))
            if row.source in texts:
                sentences[row.source].append(EditionSentence(row.id, row.source, row.text))
            sentence = value_sentence(row.id, row.source, row.text)
            values += [sentence] if sentence is not None else []
    return _Contents(values, topics, sentences)


@dataclass(frozen=True, slots=True)
class _Topic:
    """The words of a title, and the names and years within all sentences of a source."""

    title: frozenset[str]
    names: set[str]


def _is_one(topics: Mapping[int, _Topic], first: "ValueSentence", second: "ValueSentence") -> bool:
    """Whether the sources of two sentences are on one thing, by the other names in both.

    A source is on the names of its title that it mentions, and on its numbers: two schools of one
    town are two.
    """
    left, right = topics[first.source], topics[second.source]
    numbers = {word for word in left.title ^ right.title if word[0].isdigit()}
    if numbers or not (
        left.title & left.names <= right.names and right.title & right.names <= left.names
    ):
        return False
    names, others = (item.names - first.frame - second.frame for item in (left, right))
    return len(names & others) >= max(_COMMON, _OVERLAP * min(len(names), len(others)))


def _check(state: str) -> None:
    if state not in STATES:
        raise UsageError(f"“{state}” is no state.", f"One of: {', '.join(STATES)}.")


def _quoted(connection: sqlite3.Connection, sentence: _Marked) -> Evidence | None:
    """The sentence as evidence; None if its source was deleted meanwhile."""
    from workbench.recall.quoting import evidence_at

    row = text.engrams(connection, [sentence.engram]).get(sentence.engram)
    if row is None:
        return None
    (source,) = catalogue.by_ids(connection, [row.source])
    evidence = evidence_at(connection, source, (row.start, row.end))
    if evidence is None:
        return None

    def place(at: int) -> int:
        # As in the quote, with single spaces.
        return len(" ".join(f"{row.text[:at]}.".split())) - 1

    spans = tuple((place(start), place(end)) for start, end in sentence.spans)
    return replace(evidence, engram=sentence.engram, highlights=spans)
