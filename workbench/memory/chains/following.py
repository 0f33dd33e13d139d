"""Multi-hop chains of relations over the claims of facts and, failing these, of sources.

A hop looks up the statements that contain the words of an entity and of the relation, and takes the
claims with the entity at one end (`chains.edges`). If no fact leads on, the sentences of sources
that mention the entity are searched, which the graph returns for each of its names; they are parsed
with the sentences before them, to resolve pronouns.
"""

import sqlite3
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile
from math import prod
from typing import Generic, TypeVar

from ingest.language.claims import claims_of
from ingest.language.nouns import singular
from ingest.language.records import Phrase
from ingest.language.remainder import remainder
from ingest.language.word_lists import classes, words
from workbench.errors import UsageError
from workbench.memory.chains.edges import Edge, Test, edges, entity_of, identity, is_same, names
from workbench.memory.chains.records import Chain, Cited, Hop
from workbench.memory.chains.relations import Relation, relation
from workbench.memory.claims.claim_set import ClaimSet, DatedClaim, Statement
from workbench.memory.concepts.keys import key_of
from workbench.memory.facts import facts
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.remembering import parse_time
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.vocabulary import STOP
from workbench.memory.words import is_dense, tokens
from workbench.store import conflicts, graph, text
from workbench.store import facts as rows
from workbench.store.records import PassageRow

Node = TypeVar("Node")
Answer = TypeVar("Answer")

#: Statements per hop, newest first, and those on both ends of an edge.
_STATEMENTS, _SHARED = 200, 8
#: Up to so many statements of a name are all compared.
_FEW = 20
#: The confidence of an opinion.
_DOUBTFUL = 0.6
#: Mentions of an entity, newest first; passages that are read; preceding sentences.
_MENTIONS, _PASSAGES, _CONTEXT = 512, 64, 3
#: The prefix length of a relation's word that is searched in a passage.
_STEM = 4
#: The confidence of a hop by a sentence.
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


@dataclass(frozen=True, slots=True)
class Step(Generic[Node, Answer]):
    """One answer on a path; the search continues from `name`."""

    name: Node
    answer: Answer


def walk(
    start: Node,
    path: Sequence[str],
    answers: Callable[[Node, str], Iterable[Answer]],
    nodes: Callable[[Answer, bool], Iterable[Node]],
    key: Callable[[Node], Hashable],
) -> list[Step[Node, Answer]]:
    """The first steps along the whole path, or else the longest prefix.

    `answers` returns those for a relation of a node, best first; `nodes` those that an answer leads
    to (`True`: at the end of the path), `key` the identity of a node.
    """
    longest: list[Step[Node, Answer]] = []
    steps: list[Step[Node, Answer]] = []
    visited = {(0, key(start))}

    def branch(node: Node, depth: int) -> Iterator[Step[Node, Answer]]:
        for answer in answers(node, path[depth]):
            for name in nodes(answer, depth == len(path) - 1):
                yield Step(name, answer)

    branches = [branch(start, 0)]
    while branches and len(longest) < len(path):
        step = next(branches[-1], None)
        if step is None:
            branches.pop()
            del steps[-1:]
        elif (state := (len(branches), key(step.name))) not in visited:
            visited.add(state)
            steps.append(step)
            longest = max(longest, list(steps), key=len)
            if len(longest) < len(path):
                branches.append(branch(step.name, len(steps)))
    return longest


@dataclass(frozen=True, slots=True)
class _Answer:
    """The end of a hop, and its fact or sentence of a source."""

    value: Phrase
    confidence: float
    fact: int = 0
    sentence: Cited | None = None


def chain(
    index: FactIndex,
    start: str,
    path: Sequence[str],
    *,
    collection: str | None = None,
    as_of: str | float | None = None,
    graph: ConceptGraph | None = None,
) -> Chain:
    """Follow relations from `start`; the result says where the chain breaks.

    With a `graph`, sources are searched if no fact leads on. `as_of` uses what was valid then.
    Raises `UsageError` for a path or a start without words.
    """
    if not path:
        raise UsageError("The chain has no relations.", "Name relations, such as “owner”.")
    start = " ".join(start.split())
    if not any(map(str.isalnum, start)):
        raise UsageError("The chain has no start.", "Name a person or a thing.")
    relations = {name: relation(" ".join(name.split())[:200]) for name in path}
    cutoff = None if as_of is None else parse_time(as_of)
    pages = None if graph is None else Pages(graph, collection, cutoff)
    try:
        with index.reading() as connection:
            scope = rows.scope_id(connection, collection)
            hops = _Hops(index, connection, scope, cutoff, relations, pages)
            steps = walk(entity_of(start), path, hops.answers, _nodes, identity)
    finally:
        if pages is not None:
            pages.close()
    return _chain(index, start, path, steps, collection)


def _nodes(answer: _Answer, is_final: bool) -> Sequence[Phrase]:
    return names(answer.value)[: 1 if is_final else None]


def _chain(
    index: FactIndex,
    start: str,
    path: Sequence[str],
    steps: Sequence[Step[Phrase, _Answer]],
    collection: str | None,
) -> Chain:
    """The chain of these steps, as far as their facts still exist."""
    ids = [step.answer.fact for step in steps if step.answer.sentence is None]
    cited = {fact.id: fact for fact in facts.in_scope(index, ids, collection)} if ids else {}
    made = (
        Hop(name, step.name.text, cited.get(answer.fact), answer.confidence, answer.sentence)
        for name, step in zip(path, steps, strict=False)
        for answer in (step.answer,)
    )
    hops = tuple(takewhile(lambda hop: hop.fact is not None or hop.read is not None, made))
    complete = len(hops) == len(path)
    return Chain(
        start=start,
        path=tuple(path),
        value=hops[-1].value if complete else None,
        hops=hops,
        broken_at=None if complete else path[len(hops)],
        confidence=round(prod(hop.confidence for hop in hops), 3) if complete else 0.0,
    )


@dataclass(frozen=True, slots=True)
class _Hops:
    """The hops of one chain, over one scope as of `cutoff` (None: now)."""

    index: FactIndex
    connection: sqlite3.Connection
    scope: int | None
    cutoff: float | None
    relations: dict[str, Relation]
    pages: Pages | None

    def answers(self, start: Phrase, name: str) -> Iterator[_Answer]:
        """Yield the ends of facts from an entity, newest first; then those of pages."""
        relation = self.relations[name]
        if self.scope is not None:
            answers = self._answers(start, relation) or self._foreign(start, name)
            for alias in self._aliases(start) if not answers else ():
                answers = answers or self._answers(alias, relation)
            yield from answers
        for lead in self.pages.leads(start, relation) if self.pages is not None else ():
            yield _Answer(lead.value, lead.confidence, sentence=lead.sentence)

    def _answers(
        self, start: Phrase, relation: Relation, *, checked: bool = False
    ) -> list[_Answer]:
        """The ends of current facts; unless `checked`, newer facts on the other end count, too."""
        terms, test = _terms(start), is_same(start)
        # All of a name with few statements; the end of an edge may not name the relation: “Ida left
        # Nord”.
        ids = self._meeting(terms, _FEW + 1)
        if not terms or len(ids) > _FEW:
            ids = self._meeting([*terms, relation.terms] if relation.terms else terms)
            ends = {
                tuple(_terms(edge.value)): None
                for _, edge in _leads(self._memory(ids), relation, test)
            }
            for end in list(ends)[:_SHARED]:
                ids = list({*ids, *self._meeting([*terms, *end], _SHARED)})
        memory = self._memory(ids)
        leads = list(_leads(memory, relation, test))
        current = list(_current(memory, leads))
        inverse = relation.inverse
        if checked or not inverse.single:
            return current
        return [
            answer
            for answer in current
            if any(
                test(name)
                for other in self._answers(answer.value, inverse, checked=True)
                for name in names(other.value)
            )
        ]

    def _foreign(self, start: Phrase, name: str) -> list[_Answer]:
        """The ends of Chinese statements, which are not parsed into claims."""
        if start.text.isascii() or name.isascii():
            return []
        question = f"{start.text}的{name}是谁"
        ids = self._meeting([(word,) for word in content_words(f"{start.text} {name}")])
        return [
            _Answer(entity_of(rest.text), 1.0, row.id)
            for row in self._rows(ids)
            if (rest := remainder(question, row.text)) is not None
        ]

    def _aliases(self, start: Phrase) -> Iterator[Phrase]:
        """Yield the aliases of an entity in the facts: “my sister”, who is Ann."""
        test = is_same(start)
        for noun, name in self._memory(self._meeting(_terms(start), _SHARED)).identities:
            if test(noun) or test(name):
                yield name if test(noun) else noun

    def _meeting(self, groups: Iterable[Iterable[str]], limit: int = _STATEMENTS) -> list[int]:
        """The newest statements with a word of each group."""
        wanted = [tuple(sorted(group)) for group in groups]
        return self.index.meeting(self.scope or 0, wanted, limit) if wanted else []

    def _rows(self, ids: Sequence[int]) -> list[rows.FactRow]:
        now = self.index.store.clock() if self.cutoff is None else self.cutoff
        return [
            row
            for row in rows.by_ids(self.connection, ids)
            if (self.cutoff is None or row.at <= self.cutoff)
            and (row.expires is None or row.expires > now)
        ]

    def _memory(self, ids: Sequence[int]) -> ClaimSet:
        statements = [Statement(row.id, row.text, row.at) for row in self._rows(ids)] if ids else []
        several = {*ids} if len(statements) > 1 else set()
        return ClaimSet(
            statements, conflicts.confirmed_valid(self.connection, several) if several else ()
        )


def _leads(memory: ClaimSet, relation: Relation, test: Test) -> Iterator[tuple[DatedClaim, Edge]]:
    """Yield the edges of statements, newest first."""
    for record in memory.claims:
        status, verb = record.claim.status, record.clause.verb
        event = status == "happened" and verb not in words("stative") | words("functional")
        if status == "now" or event or (status == "maybe" and _is_opinion(record, memory)):
            for edge in edges(relation, test, record.claim):
                yield record, edge


def _is_opinion(record: DatedClaim, memory: ClaimSet) -> bool:
    """Whether this is the speaker's opinion: “I think the manager is Lotte”, “perhaps”."""
    return record.clause.modality == "possible" or (
        record.clause.modality == "quoted"
        and any(
            other.statement is record.statement
            and other.clause.verb in words("think")
            and other.clause.subject is not None
            and other.clause.subject.head in ("i", "we")
            and not other.clause.negated
            for other in memory.claims
        )
    )


def _current(memory: ClaimSet, leads: Iterable[tuple[DatedClaim, Edge]]) -> Iterator[_Answer]:
    """Yield the ends of current edges: not denied, superseded, or older if single-valued."""
    closed: set[Hashable] = set()
    # “Emil and Frida wrote it”: one statement may have several ends.
    source: int | None = None
    for record, edge in leads:
        complete = source not in (None, record.statement.id)
        negated, key = record.clause.negated, identity(names(edge.value)[0])
        if not (negated or complete or key in closed or memory.replaced(record)):
            yield _Answer(
                edge.value,
                _DOUBTFUL if record.claim.status == "maybe" else 1.0,
                record.statement.id,
            )
        closed.add(key)
        if edge.single and not negated and source is None:
            source = record.statement.id


def _terms(entity: Phrase) -> list[tuple[str, ...]]:
    """For each word of a name the words that may match it."""
    if entity.kind == "pronoun":
        return []
    content = content_words(entity.text)
    core = [word for word in content if word not in classes("memory.txt")["chains_kinds"]]
    return [tuple(dict.fromkeys((word, singular(word)))) for word in core or content]


def content_words(text: str) -> list[str]:
    """The index terms of a text; character bigrams in scripts without spaces."""
    return list(
        dict.fromkeys(
            word
            for token in tokens(text)
            for word in token.words
            if word not in STOP and (len(word) > 1 or len(token.raw) == 1 or not is_dense(word))
        )
    )
