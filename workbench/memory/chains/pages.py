"""Follows a hop of a chain through sentences of sources that name a thing.

The graph tells which sentences name a thing, under each of its names. Their passages are read for
triples, so that "she" in the next sentence is known, and each sentence for its claims, as facts
are; both are asked where they lead along the relation. Nothing is asked of a library without
sources.
"""

import itertools
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import lru_cache

from workbench.memory.chains.edges import Lead, Said, claimed, leads
from workbench.memory.chains.phrases import KINDS, Phrase
from workbench.memory.chains.records import Cited
from workbench.memory.chains.relations import Relation
from workbench.memory.concepts.keys import key_of
from workbench.memory.facts import speech
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.store import graph, text
from workbench.store.graph import Places
from workbench.store.records import EngramRow, PassageRow

#: Sentences that name a thing which are looked at, newest first, and passages that are read.
_MOST, _READ = 512, 64
#: Letters by which a word of a relation is looked for in a passage before it is read.
_STEM = 4
#: What counts of a claim that is not read out of its passage.
_ALONE = 0.8


@dataclass(frozen=True, slots=True)
class PageLead:
    """Where a sentence leads; `confidence` from 0 to 1."""

    lead: Lead
    said: Cited
    confidence: float


class Pages:
    """The pages of one library as one chain reads them. Close it after use.

    `until` leaves out what was added or dated later, in seconds since the epoch.
    """

    def __init__(
        self, held: ConceptGraph, collection: str | None, until: float | None = None
    ) -> None:
        self._held = held
        self._collection = collection
        self._until = until
        self._open = ExitStack()
        self._connection: sqlite3.Connection | None = None
        self._among = Places()
        self._empty = False

    def close(self) -> None:
        """Give back what was lent."""
        self._open.close()
        self._connection = None

    def leads(self, start: Phrase, along: Relation) -> Iterator[PageLead]:
        """Where what was read leads from a thing along a relation, the surest first."""
        connection = self._begin()
        if connection is None or start.empty or start.mine:
            return
        concepts = self._concepts(connection, start)
        keys = frozenset(
            itertools.chain.from_iterable(graph.keys_of(connection, each) for each in concepts)
        )
        engrams = [
            engram
            for concept in concepts
            for engram in graph.mentions(connection, concept, self._among, _MOST)
        ]
        sentences = text.engrams(connection, engrams[:_MOST])
        wanted = dict.fromkeys(row.passage for row in sentences.values())
        passages = list(text.passages_by_ids(connection, wanted).values())
        passages.sort(key=lambda each: not _tells(each.text, along))
        best: dict[tuple[int, str], PageLead] = {}
        for passage in passages[:_READ]:
            for found in _passage(connection, passage, start, keys, along):
                place = found.said.engram, found.lead.value
                if place not in best or best[place].confidence < found.confidence:
                    best[place] = found
        cited = self._cited(connection, [found.said.engram for found in best.values()])
        told = [
            replace(found, said=cited[found.said.engram])
            for found in best.values()
            if found.said.engram in cited
        ]
        yield from _agreed(told)

    def _begin(self) -> sqlite3.Connection | None:
        if self._connection is None and not self._empty:
            if not self._held.store.rows("SELECT 1 FROM source WHERE trashed IS NULL LIMIT 1"):
                self._empty = True
                return None
            self._connection = self._open.enter_context(self._held.reading())
            among = self._held.places(self._connection, self._collection)
            self._among = among
        return self._connection

    def _concepts(self, connection: sqlite3.Connection, start: Phrase) -> list[int]:
        said = start.text.strip()
        names = [said]
        if start.kinds:
            # "Project Aurora" is Aurora.
            names.append(" ".join(t.word for t in start.tokens if t.word in start.core))
        else:
            names += [f"{kind} {said}" for kind in sorted(KINDS)]
        keys = [key_of(name, plural=plural) for name in names for plural in (False, True)]
        known = graph.by_keys(connection, [key for key in keys if key])
        ids = dict.fromkeys(known[key] for key in keys if key in known)
        ids.update((row.id, None) for row in self._held.named(connection, said))
        return list(ids)

    def _cited(self, connection: sqlite3.Connection, engrams: Sequence[int]) -> dict[int, Cited]:
        pages = {row[0]: row[4] for row in graph.spans(connection, engrams)}
        return {
            engram: Cited(engram, words, at, source, title or "", pages.get(engram))
            for engram, words, at, _, source, title in graph.memories(connection, engrams)
            if source is not None and (self._until is None or at <= self._until)
        }


def _tells(words: str, along: Relation) -> bool:
    """Whether a passage may hold a word of a relation, whatever its ending."""
    if along.loose:
        return True
    there = words.casefold()
    return any(word[:_STEM] in there for word in along.words)


def _agreed(found: Sequence[PageLead]) -> list[PageLead]:
    """What several sentences say is surer: 1 - Π(1 - c), each source counted once."""
    doubts: dict[str, dict[int, float]] = {}
    for each in found:
        of = doubts.setdefault(each.lead.value.casefold(), {})
        left = 1 - each.confidence
        of[each.said.source] = min(of.get(each.said.source, 1.0), left)
    sure: dict[str, float] = {}
    for value, lefts in doubts.items():
        doubt = 1.0
        for left in lefts.values():
            doubt *= left
        sure[value] = 1 - doubt
    best: dict[str, PageLead] = {}
    for each in sorted(found, key=lambda one: (-one.confidence, one.said.engram)):
        best.setdefault(each.lead.value.casefold(), each)
    ordered = sorted(best.items(), key=lambda one: (-sure[one[0]], one[1].said.engram))
    return [replace(each, confidence=round(sure[value], 3)) for value, each in ordered]


def _passage(
    connection: sqlite3.Connection,
    passage: PassageRow,
    start: Phrase,
    keys: frozenset[str],
    along: Relation,
) -> Iterator[PageLead]:
    sentences = text.engrams_between(connection, passage.first_engram, passage.last_engram)
    for at, said in _triples(passage.text):
        sentence = _at(sentences, passage.start + at)
        if sentence is not None:
            yield from _led(sentence, said, start, keys, along, 1.0)
    for sentence in sentences:
        for said in claimed(sentence.text):
            yield from _led(sentence, said, start, keys, along, _ALONE)


def _at(sentences: Sequence[EngramRow], place: int) -> EngramRow | None:
    return next((each for each in sentences if each.start <= place < each.end), None)


def _led(
    sentence: EngramRow,
    said: Said,
    start: Phrase,
    keys: frozenset[str],
    along: Relation,
    share: float,
) -> Iterator[PageLead]:
    if said.negative:
        return
    lead = leads(along, start, _under_its_name(said, start, keys))
    if lead is not None and lead.value.strip():
        cited = Cited(sentence.id, sentence.text, 0.0, sentence.source, "", None)
        yield PageLead(lead, cited, said.confidence * share)


def _under_its_name(said: Said, start: Phrase, keys: frozenset[str]) -> Said:
    """A claim in which the thing that is asked for stands under the name it is asked by."""

    def named(words: str) -> str:
        known = key_of(words) in keys or key_of(words, plural=False) in keys
        return start.text if known else words

    return replace(said, subject=named(said.subject), value=named(said.value))


@lru_cache(maxsize=1000)
def _triples(passage: str) -> tuple[tuple[int, Said], ...]:
    """The triples of a passage as claims, and where each stands in it."""
    from ingest.triples.reading import read_triples
    from ingest.triples.records import Triple

    def claim(triple: Triple) -> Said:
        return _claim(
            triple.subject.text,
            triple.relation,
            triple.object.text,
            role=triple.rule == "role subject",
            confidence=triple.confidence,
            negative=triple.negated,
        )

    return tuple((triple.subject.start, claim(triple)) for triple in read_triples(passage))


def _claim(
    subject: str, relation: str, value: str, *, role: bool, confidence: float, negative: bool
) -> Said:
    """A triple in the form in which facts are claimed: active, its preposition apart."""
    verb, _, rest = relation.partition(" ")
    lead = ""
    if role:
        # (Aurora, owner, Kenji): the owner of Aurora is Kenji.
        subject, verb = f"the {relation} of {subject}", "is"
    elif rest.endswith(" of") and verb in ("be", "become"):
        verb, value = "is", f"the {rest} {value}"
    elif rest == "by":
        subject, value = value, subject
    elif rest:
        last = rest.rsplit(None, 1)[-1]
        lead = last if last in speech.PREPOSITIONS else ""
    if verb == "be":
        verb = "is"
    return Said.of(0, (subject, verb, lead, value), confidence, negative=negative)
