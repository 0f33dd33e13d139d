"""The doors of concepts, as the library opens them to window, command line and notebooks."""

from dataclasses import replace

from workbench.arguments import Id, Limit, Number, Words
from workbench.changes import Changes
from workbench.errors import UsageError
from workbench.jobs import Cancel, Report, silent
from workbench.memory.facts import facts, plastic
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.reading import tokens
from workbench.memory.graph import changing, concept_cards
from workbench.memory.graph.concept_cards import Which
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.kinds import TOGETHER
from workbench.memory.graph.memory_links import MEANT, ties
from workbench.memory.graph.records import (
    Concept,
    ConceptCard,
    ConceptChange,
    Linked,
    LinkingProgress,
    Mention,
    SaidAt,
)
from workbench.store import graph


class GraphDoors:
    """What a library can do with concepts; `Library` is one.

    A concept is meant by its number or its name. Whoever asks within a collection sees only what
    is mentioned, said and counted there. Any thread may call these; what was told before is linked
    first, for two seconds at most: `concepts_behind` says what is left. Raises only errors of
    `workbench.errors`.
    """

    _graph: ConceptGraph
    _fact_index: FactIndex
    _changes: Changes

    def link_concepts(self, *, report: Report = silent, cancel: Cancel | None = None) -> int:
        """Link what is not linked yet; returns how many statements that were. Or `Cancelled`."""
        return self._graph.catch_up(report, cancel)

    def linking_progress(self) -> LinkingProgress | None:
        """How far the background has come with linking sources; None where all are linked."""
        return self._graph.progress()

    def concepts_behind(self) -> int:
        """About how many statements are not linked yet, so that no concept counts them."""
        return self._graph.behind()

    def concepts(
        self,
        words: Words | None = None,
        *,
        type: Words | None = None,
        collection: Words | None = None,
        limit: Limit = 100,
        order: Words = "mentions",
    ) -> list[Concept]:
        """The concepts; with `words` those that they name or that are called so.

        `type` is one of the eight types of neurons, `order` "mentions" (most first), "name" or
        "last" (newest first). Raises `UsageError`, and `NotFoundError` for no such collection.
        """
        return concept_cards.listing(
            self._graph, words, type=type, collection=collection, limit=limit, order=order
        )

    def concept(self, which: Which, *, collection: Words | None = None) -> ConceptCard:
        """A concept with its neighbours and its history. Raises `NotFoundError`."""
        return concept_cards.card(self._graph, which, collection=collection)

    def evidence(
        self,
        head: Which,
        kind: Words,
        tail: Which,
        *,
        collection: Words | None = None,
        limit: Limit = 50,
    ) -> list[Mention]:
        """The memories that say an association, newest first; `kind` may be a family ("causal").

        Raises `NotFoundError` for concepts that there are not, `UsageError` for a kind.
        """
        return concept_cards.evidence(
            self._graph, head, kind, tail, collection=collection, limit=limit
        )

    def concepts_of(self, *engrams: Id, limit: Limit = 12) -> list[Concept]:
        """What these memories or sentences are about, in the order in which they name it.

        Nothing is known of what is not linked yet, or is gone.
        """
        with self._graph.reading() as connection:
            among = self._graph.shown(connection, None)
            return concept_cards.named_by(connection, engrams, among, limit)

    def said_at(self, *engrams: Id) -> dict[int, SaidAt]:
        """Where sentences stand in their sources; what was told, or is gone, is left out."""
        with self._graph.reading() as connection:
            rows = graph.spans(connection, engrams)
        return {
            engram: SaidAt(source, start, end, page) for engram, source, start, end, page in rows
        }

    def sentences_at(self, source: Id, start: Number, end: Number) -> list[int]:
        """The sentences of which a part stands in `[start, end)` of a source's text, in order."""
        with self._graph.store.read() as connection:
            return graph.sentences_between(connection, source, start, end)

    def rename_concept(self, which: Which, name: Words) -> ConceptChange:
        """Give a concept another name. Raises `NotFoundError`, `UsageError` for one taken."""
        return self._changed(changing.rename(self._graph, which, name))

    def retype_concept(self, which: Which, type: Words) -> ConceptChange:
        """Say of what type a concept is. Raises `NotFoundError`, and `UsageError`."""
        return self._changed(changing.retype(self._graph, which, type))

    def merge_concepts(self, which: Which, into: Which) -> ConceptChange:
        """Say that two concepts are one, called as `into` is, also in what comes later.

        Raises `NotFoundError`, and `UsageError` for a concept and itself.
        """
        return self._changed(changing.merge(self._graph, which, into))

    def split_concept(self, which: Which, form: Words) -> ConceptChange:
        """Say that one way of writing a concept is another concept.

        Raises `NotFoundError`, and `UsageError` where it is not written so, or only so.
        """
        return self._changed(changing.split(self._graph, which, form))

    def undo_concept_change(self, id: Id | None = None) -> ConceptChange:
        """Take back a change of a concept (`ConceptChange.id`), for None your last.

        What became one by itself is taken back by its number. Raises `NotFoundError` for none
        such, `UsageError` where a later one rests on it.
        """
        return self._changed(changing.undo(self._graph, id))

    def _changed(self, change: ConceptChange) -> ConceptChange:
        self._changes.tell("facts")
        return change

    def links_of(
        self, match: Words, *, kind: Words | None = None, collection: Words | None = None
    ) -> list[Linked]:
        """What the facts of a scope that hold these words are linked with, the strongest first.

        That are facts by use ("together"), concepts that they name or speak of, and memories that
        share concepts with them, were told within a day, or tell cause or effect. `kind` limits it
        to one kind or a family of them ("causal", "temporal"). Where no fact holds the words,
        statements that name such a concept are meant. Raises `UsageError`.
        """
        if not tokens(match):
            raise UsageError("Which facts?", "Name words that stand in them.")
        found: list[Linked] = []
        if kind in (None, TOGETHER):
            learned = plastic.links_of(self._fact_index, match, kind=kind, collection=collection)
            found += [
                Linked(each.fact.text, each.kind, each.weight, each.fact, engram=each.fact.id)
                for each in learned
            ]
        if kind != TOGETHER:
            found += self._ties(match, kind, collection)
        return sorted(found, key=lambda each: -each.weight)

    def _ties(self, match: str, kind: str | None, collection: str | None) -> list[Linked]:
        _, meant = facts.holding(self._fact_index, match, collection=collection, most=MEANT)
        with self._graph.reading() as connection:
            among = self._graph.places(connection, collection)
            about = [row.id for row in self._graph.named(connection, match)]
            if not meant and about:
                meant = graph.holding(connection, about, among, MEANT)
            held = ties(connection, meant, about, among, kind)
            ids = {tie.concept for tie in held if tie.concept is not None}
            ids.update(concept for tie in held for concept in tie.through)
            rows = concept_cards.within(connection, graph.by_ids(connection, ids).values(), among)
            concepts = {row.id: concept_cards.told(connection, row, among) for row in rows}
            engrams = [tie.engram for tie in held if tie.engram is not None]
            texts = {row[0]: row[1] for row in graph.memories(connection, engrams)}
        known = {fact.id: fact for fact in facts.by_ids(self._fact_index, texts)}
        linked: list[Linked] = []
        for tie in held:
            if tie.concept is not None:
                if tie.concept in concepts:
                    concept = concepts[tie.concept]
                    linked.append(
                        Linked(concept.name, tie.kind, round(tie.weight, 4), concept=concept)
                    )
            elif tie.engram in texts:
                through = tuple(concepts[id].name for id in tie.through if id in concepts)
                one = Linked(texts[tie.engram], tie.kind, round(tie.weight, 4), engram=tie.engram)
                linked.append(replace(one, fact=known.get(tie.engram), through=through))
        return linked
