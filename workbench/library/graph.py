"""The graph: concepts, their associations, and the sentences behind both."""

from collections.abc import Sequence
from dataclasses import replace
from typing import overload

from workbench.arguments import Id, Limit, Words
from workbench.errors import UsageError
from workbench.jobs import Cancel, Report, silent
from workbench.library.group import Group, forward, of_graph, query
from workbench.memory import words
from workbench.memory.facts import facts, plastic
from workbench.memory.graph import (
    changing,
    concept_cards,
    concept_details,
    edges,
    merging,
    paths,
    topics,
)
from workbench.memory.graph.concept_cards import ConceptRef
from workbench.memory.graph.kinds import CO_USED
from workbench.memory.graph.memory_links import CUE_LIMIT, ties
from workbench.memory.graph.records import (
    Alias,
    BroughtToMind,
    Concept,
    ConceptChange,
    Edge,
    Linked,
    LinkingProgress,
    SaidAt,
)
from workbench.memory.rewards import CONFIRMED as GOOD
from workbench.memory.rewards import REJECTED as BAD
from workbench.recall.content_words import sentences
from workbench.recall.similar_words import NearWord
from workbench.space.corpus_space import LearningResult
from workbench.store import graph
from workbench.store.verdicts import CONFIRMED, REJECTED

#: Maximum near words of one call; each is looked up in the text.
_MAX_NEAR_WORDS = 1_000

#: The stored verdict of a judgement, and the brain's reward.
_VERDICTS: dict[bool | None, tuple[int, float]] = {
    True: (CONFIRMED, GOOD),
    False: (REJECTED, BAD),
    None: (0, 0.0),
}


class Graph(Group):
    """A library's calls on concepts and associations."""

    def concepts(
        self,
        words: Words | None = None,
        *,
        type: Words | None = None,
        collection: Words | None = None,
        limit: Limit = 100,
        order: Words = "telling",
        of: Sequence[Id] | None = None,
    ) -> list[Concept]:
        """The most informative concepts; with `words` all that they name.

        `type` is one of the eight types of neurons ("action" and "intent", what is done or meant,
        are listed only where asked for), `order` "telling" (most informative first),
        "mentions" (most first), "name" or "last" (newest first). `of` are memories or sentences:
        what they name, in their order, of all that is linked by now. Raises `UsageError`, and
        `NotFoundError` for an unknown collection.
        """
        if of is None:
            return concept_cards.listing(
                self._core.graph, words, type=type, collection=collection, limit=limit, order=order
            )
        with self._core.graph.reading() as connection:
            places = self._core.graph.visible_places(connection, collection)
            return concept_cards.concepts_of(connection, of, places, limit)

    concept = forward(concept_details.card, of_graph)

    neighbourhood = forward(edges.neighbourhood, of_graph)

    between = forward(edges.between, of_graph)

    evidence = forward(edges.evidence, of_graph)

    path = forward(paths.path, of_graph)

    topics = forward(topics.topics, of_graph)

    strengths = forward(concept_details.relation_strengths, of_graph)

    def said_at(self, *engrams: Id) -> dict[int, SaidAt]:
        """Where sentences stand in their sources; told or deleted ones are left out."""
        with self._core.graph.reading() as connection:
            rows = graph.spans(connection, engrams)
        return {
            engram: SaidAt(source, start, end, page) for engram, source, start, end, page in rows
        }

    sentences = query(graph.sentences_between)

    def associated(
        self, cue: Words, *, hops: Limit = 2, limit: Limit = 10, collection: Words | None = None
    ) -> list[BroughtToMind]:
        """The concepts that a cue leads to over associations, the strongest first.

        One concept in the cue keeps to what is near it, several widen it: what more of them lead to
        comes first. Each has its trail, and what says every hop of it. With `hops` 0 it goes on
        until it settles; within a collection only what is said there counts. Raises `UsageError`.
        """
        return paths.associated(
            self._core.graph, cue, hops=hops, limit=limit, collection=collection
        )

    def learn_text(self, text: Words) -> LearningResult:
        """Learn from a text how words are used. It becomes no fact and no source.

        A question may then be answered by a fact that says the same in another word.
        """
        return self._core.space.learn(sentences(text))

    def links(
        self, match: Words, *, kind: Words | None = None, collection: Words | None = None
    ) -> list[Linked]:
        """What the facts of a scope that hold these words are linked with, the strongest first.

        That are facts by use ("together"), concepts that they name or speak of, and memories that
        share concepts with them, were told within a day, or tell cause or effect. `kind` limits it
        to one kind or a family of them ("causal", "temporal"). Where no fact holds the words,
        statements that name such a concept are meant. Raises `UsageError`.
        """
        if not words.raw_tokens(match):
            raise UsageError("No words were given.", "Give words that occur in the statements.")
        linked: list[Linked] = []
        if kind in (None, CO_USED):
            used_links = plastic.links_of(
                self._core.fact_index, match, kind=kind, collection=collection
            )
            linked += [
                Linked(link.fact.text, link.kind, link.weight, link.fact, engram=link.fact.id)
                for link in used_links
            ]
        if kind != CO_USED:
            linked += self._ties(match, kind, collection)
        return sorted(linked, key=lambda link: -link.weight)

    def change(
        self,
        which: ConceptRef,
        *,
        name: Words | None = None,
        type: Words | None = None,
        into: ConceptRef | None = None,
        form: Words | None = None,
    ) -> ConceptChange:
        """Rename a concept, give it another type, merge it `into` another, or split it.

        One of these at a time. A merged concept is called as `into` is, also in later sources. A
        `form`, one way of writing it, becomes a concept of its own. Raises `NotFoundError`, and
        `UsageError` for a name that is taken, an unknown type, a concept and itself, or a form
        that it has not, or that it only has.
        """
        values = {changing.rename: name, changing.retype: type, changing.split: form}
        edits = [(edit, value) for edit, value in values.items() if value is not None]
        if len(edits) + (into is not None) != 1:
            raise UsageError("A concept is changed in one way at a time.", "Name one change.")
        if into is not None:
            return self._notified(changing.merge(self._core.graph, which, into))
        ((edit, value),) = edits
        return self._notified(edit(self._core.graph, which, value))

    @overload
    def judge(self, target: str, right: bool | None) -> Edge: ...
    @overload
    def judge(self, target: int, right: bool | None) -> Alias: ...
    def judge(self, target: Words | Id, right: bool | None) -> Edge | Alias:
        """Say that an edge, or an alias by its number, is right; None takes what an edge has back.

        A wrong edge is neither shown nor followed, also when read again. The concepts of a right
        alias become one; a merge of a wrong one is undone. Raises `NotFoundError`, and `UsageError`
        for None of an alias, where a concept is gone, or where a later change rests on the merge.
        """
        concepts = self._core.graph
        if isinstance(target, str):
            verdict, reward = _VERDICTS[right]
            edge = edges.judge(concepts, target, verdict)
            self._core.rewards.edge(edge.head, edge.tail, reward, edge.id)
            return self._notified(edge)
        if right is None:
            raise UsageError("Names are one thing or two.", "Say which: right, or wrong.")
        return self._notified((merging.accept if right else merging.reject)(concepts, target))

    def aliases(
        self,
        *,
        state: Words = "open",
        limit: Limit = 50,
        search: bool = False,
        merge: float | None = None,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> list[Alias]:
        """Names that may mean one thing and are "open", "merged" or "rejected", the surest first.

        With `search` looks for more first. With `merge` (0 to 1) makes those one that are at least
        so sure, and returns them, as the background does after something was told or read; each can
        be undone (`judge`, or `undo` with its number). Raises `UsageError`, and `Cancelled` between
        two merges, which stay.
        """
        concepts = self._core.graph
        if merge is not None:
            merged = merging.merge(concepts, certainty=merge, report=report, cancel=cancel)
            self._notify_count(len(merged))
            return merged
        if search and not self._store.read_only:
            merging.find(concepts)
        return merging.listing(concepts, state, limit)

    def link(
        self,
        *,
        concepts_only: bool = False,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> int:
        """Link concepts and draw triples of what is not linked yet; of how many statements.

        Raises `Cancelled`; what was linked until then stays.
        """
        linked = self._core.graph.catch_up(report, cancel)
        return linked if concepts_only else self._core.graph.stating.catch_up(report, cancel)

    @property
    def progress(self) -> LinkingProgress | None:
        """Progress of linking sources in the background; None when all are linked."""
        return self._core.graph.progress()

    def near_words(
        self,
        word: Words,
        other: Words | None = None,
        *,
        limit: Limit = 8,
        cancel: Cancel | None = None,
    ) -> list[NearWord]:
        """The library's words that mean most like this one, nearest first, or only the `other`.

        The nearness is a cosine of the included model, −1 to 1. None are found for a word that no
        source has. The first call looks through the library, which takes a second where it is
        large. Raises `UsageError` for an empty word or limit, `InputError` without the model, and
        `Cancelled`.
        """
        if other is not None:
            nearness = self._core.similar_words.between(word.strip(), other.strip())
            return [] if nearness is None else [NearWord(other.strip(), nearness)]
        if not word.strip() or not 1 <= limit <= _MAX_NEAR_WORDS:
            raise UsageError(
                f"Name a word, and how many to show, from 1 to {_MAX_NEAR_WORDS:,}.",
                "Such as: workbench near music",
            )
        return self._core.similar_words.neighbours(word.strip(), limit, cancel)

    def _ties(self, match: str, kind: str | None, collection: str | None) -> list[Linked]:
        _, engram_ids = facts.containing(
            self._core.fact_index, match, collection=collection, limit=CUE_LIMIT
        )
        with self._core.graph.reading() as connection:
            scope = self._core.graph.places(connection, collection)
            concept_ids = [row.id for row in self._core.graph.find_named(connection, match)]
            if not engram_ids and concept_ids:
                engram_ids = graph.containing(connection, concept_ids, scope, CUE_LIMIT)
            memory_ties = ties(connection, engram_ids, concept_ids, scope, kind)
            ids = {tie.concept for tie in memory_ties if tie.concept is not None}
            ids.update(concept for tie in memory_ties for concept in tie.through)
            rows = concept_cards.filter_places(
                connection, graph.by_ids(connection, ids).values(), scope
            )
            concepts = {row.id: concept_cards.to_concept(connection, row, scope) for row in rows}
            engrams = [tie.engram for tie in memory_ties if tie.engram is not None]
            texts = {row[0]: row[1] for row in graph.memories(connection, engrams)}
        facts_by_id = {fact.id: fact for fact in facts.by_ids(self._core.fact_index, texts)}
        linked: list[Linked] = []
        for tie in memory_ties:
            if tie.concept is not None:
                if tie.concept in concepts:
                    concept = concepts[tie.concept]
                    linked.append(
                        Linked(concept.name, tie.kind, round(tie.weight, 4), concept=concept)
                    )
            elif tie.engram in texts:
                through = tuple(concepts[id].name for id in tie.through if id in concepts)
                record = Linked(
                    texts[tie.engram], tie.kind, round(tie.weight, 4), engram=tie.engram
                )
                linked.append(replace(record, fact=facts_by_id.get(tie.engram), through=through))
        return linked
