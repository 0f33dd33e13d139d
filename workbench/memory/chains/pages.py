"""One hop of a chain through the sentences of sources that mention an entity.

The graph returns these sentences for each of its names; they are parsed with the sentences before
them, to resolve pronouns.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property

from ingest.language.claims import claims_of
from ingest.language.records import Phrase
from ingest.language.word_lists import classes
from workbench.memory.chains.edges import Test, edges, identity, is_same
from workbench.memory.chains.records import Cited
from workbench.memory.chains.relations import Relation
from workbench.memory.concepts.keys import key_of
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.store import graph, text
from workbench.store.records import PassageRow

#: Mentions of an entity, newest first; passages that are read; preceding sentences.
_MENTIONS, _PASSAGES, _CONTEXT = 512, 64, 3
#: The prefix length of a relation's word that is searched in a passage.
_STEM = 4
_CONFIDENCE = 0.8


@dataclass(frozen=True, slots=True)
class PageLead:
    """The end of a hop by a sentence; `confidence` from 0 to 1."""

    value: Phrase
    sentence: Cited
    confidence: float


class Pages:
    """The pages of one library for one chain. To be closed after use.

    `cutoff` excludes what was added or dated later, in seconds since the epoch.
    """

    def __init__(
        self, concepts: ConceptGraph, collection: str | None, cutoff: float | None = None
    ) -> None:
        self._graph = concepts
        self._collection = collection
        self._cutoff = cutoff
        self._stack = ExitStack()

    def close(self) -> None:
        """Release the connection."""
        self._stack.close()

    @cached_property
    def _connection(self) -> sqlite3.Connection | None:
        """A connection, if the library has sources."""
        if not self._graph.store.rows("SELECT 1 FROM source WHERE trashed IS NULL LIMIT 1"):
            return None
        return self._stack.enter_context(self._graph.reading())

    def leads(self, start: Phrase, relation: Relation) -> Iterator[PageLead]:
        """Yield the ends in sources from an entity along a relation, surest first."""
        connection = self._connection if start.kind != "pronoun" else None
        if connection is None:
            return
        places = self._graph.places(connection, self._collection)
        concepts = self._concepts(connection, start)
        keys = {key for id in concepts for key in graph.keys_of(connection, id)}
        mentions = [
            engram
            for concept in concepts
            for engram in graph.mentions(connection, concept, places, _MENTIONS)
        ]
        sentences = text.engrams(connection, mentions[:_MENTIONS]).values()
        passages = text.passages_by_ids(connection, dict.fromkeys(s.passage for s in sentences))
        ranked = sorted(passages.values(), key=lambda row: not _mentions(row.text, relation))
        test = is_same(start)

        def is_start(entity: Phrase) -> bool:
            name = entity.text
            return test(entity) or not keys.isdisjoint((key_of(name), key_of(name, plural=False)))

        leads = [
            lead
            for passage in ranked[:_PASSAGES]
            for lead in _passage_leads(connection, passage, is_start, relation)
        ]
        cited = self._cited(connection, [lead.sentence.engram for lead in leads])
        yield from _agreed(
            [
                replace(lead, sentence=cited[lead.sentence.engram])
                for lead in leads
                if lead.sentence.engram in cited
            ]
        )

    def _concepts(self, connection: sqlite3.Connection, start: Phrase) -> list[int]:
        """The concepts of an entity, with and without its category."""
        name, core = start.text.strip(), identity(start).words
        kinds = sorted(classes("memory.txt")["chains_kinds"])
        variants = [name, " ".join(word for word in name.split() if word.lower() in core)]
        variants += [f"{kind} {name}" for kind in kinds]
        keys = [key_of(variant, plural=plural) for variant in variants for plural in (False, True)]
        concepts = graph.by_keys(connection, [key for key in keys if key])
        ids = [concepts[key] for key in keys if key in concepts]
        return list(
            dict.fromkeys((*ids, *(c.id for c in self._graph.find_named(connection, name))))
        )

    def _cited(self, connection: sqlite3.Connection, engrams: Sequence[int]) -> dict[int, Cited]:
        pages = {row[0]: row[4] for row in graph.spans(connection, engrams)}
        return {
            engram: Cited(engram, words, at, source, title or "", pages.get(engram))
            for engram, words, at, _, source, title in graph.memories(connection, engrams)
            if source is not None and (self._cutoff is None or at <= self._cutoff)
        }


def _mentions(passage: str, relation: Relation) -> bool:
    """Whether a passage may contain a word of a relation, in any inflection."""
    passage = passage.casefold()
    return not relation.terms or any(word[:_STEM] in passage for word in relation.terms)


def _agreed(leads: Sequence[PageLead]) -> list[PageLead]:
    """One lead per value, surest first, by noisy-or 1 - Π(1 - c) over its sources."""
    first: dict[str, PageLead] = {}
    sources: dict[str, set[int]] = {}
    for lead in sorted(leads, key=lambda lead: lead.sentence.engram):
        value = lead.value.text.casefold()
        first.setdefault(value, lead)
        sources.setdefault(value, set()).add(lead.sentence.source)
    agreed = [
        replace(lead, confidence=round(1 - (1 - _CONFIDENCE) ** len(sources[value]), 3))
        for value, lead in first.items()
    ]
    return sorted(agreed, key=lambda lead: -lead.confidence)


def _passage_leads(
    connection: sqlite3.Connection, passage: PassageRow, is_start: Test, relation: Relation
) -> Iterator[PageLead]:
    sentences = text.engrams_between(connection, passage.first_engram, passage.last_engram)
    for number, sentence in enumerate(sentences):
        context = tuple(row.text for row in sentences[max(0, number - _CONTEXT) : number])
        for claim in claims_of(sentence.text, context).claims:
            if claim.clause.negated or claim.status not in ("now", "happened"):
                continue
            for edge in edges(relation, is_start, claim):
                if edge.value.text:
                    cited = Cited(sentence.id, sentence.text, 0.0, sentence.source, "", None)
                    yield PageLead(edge.value, cited, _CONFIDENCE)
