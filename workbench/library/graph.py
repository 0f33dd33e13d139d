"""The graph: concepts, associations between them and the sentences behind both."""

from collections.abc import Sequence
from dataclasses import replace

from workbench.arguments import Id, Limit, Number, Words
from workbench.errors import UsageError
from workbench.jobs import Cancel, Report, silent
from workbench.library.group import Group
from workbench.memory import words
from workbench.memory.facts import facts, plastic
from workbench.memory.graph import (
    changing,
    concept_cards,
    concept_details,
    edges,
    merging,
    paths,
    relation_strengths,
    spreading,
    topics,
)
from workbench.memory.graph.aliases import CERTAIN
from workbench.memory.graph.concept_cards import ConceptRef
from workbench.memory.graph.kinds import CO_USED
from workbench.memory.graph.memory_links import CUE_LIMIT, ties
from workbench.memory.graph.records import (
    Alias,
    BroughtToMind,
    Concept,
    ConceptCard,
    ConceptChange,
    Edge,
    Linked,
    LinkingProgress,
    Mention,
    Neighbourhood,
    Path,
    RelationStrength,
    SaidAt,
    Saying,
    Topic,
)
from workbench.memory.rewards import CONFIRMED as GOOD
from workbench.memory.rewards import REJECTED as BAD
from workbench.recall.meaning import sentences
from workbench.recall.word_use import NearWord
from workbench.space.corpus_space import LearningResult
from workbench.store import graph
from workbench.store.verdicts import CONFIRMED, REJECTED

#: Near words that one call finds at most: each is looked up in the text.
_MOST = 1_000


class Graph(Group):
    """What a library can do with concepts and associations."""

    def concepts(
        self,
        words: Words | None = None,
        *,
        type: Words | None = None,
        collection: Words | None = None,
        limit: Limit = 100,
        order: Words = "telling",
    ) -> list[Concept]:
        """The concepts that tell something of the library; with `words` all that they name.

        `type` is one of the eight types of neurons ("action" and "intent", what is done or meant,
        are listed only where asked for), `order` "telling" (what tells most first),
        "mentions" (most first), "name" or "last" (newest first). Raises `UsageError`, and
        `NotFoundError` for no such collection.
        """
        return concept_cards.listing(
            self._core.graph, words, type=type, collection=collection, limit=limit, order=order
        )

    def concept(self, which: ConceptRef, *, collection: Words | None = None) -> ConceptCard:
        """A concept with its neighbours and its history. Raises `NotFoundError`."""
        return concept_details.card(self._core.graph, which, collection=collection)

    def concepts_of(self, *engrams: Id, limit: Limit = 12) -> list[Concept]:
        """What these memories or sentences are about, in the order in which they name it.

        Nothing is known of what is not linked yet, or is gone.
        """
        with self._core.graph.reading() as connection:
            among = self._core.graph.visible_places(connection, None)
            return concept_cards.concepts_of(connection, engrams, among, limit)

    def said_at(self, *engrams: Id) -> dict[int, SaidAt]:
        """Where sentences stand in their sources; what was told, or is gone, is left out."""
        with self._core.graph.reading() as connection:
            rows = graph.spans(connection, engrams)
        return {
            engram: SaidAt(source, start, end, page) for engram, source, start, end, page in rows
        }

    def sentences(self, source: Id, start: Number, end: Number) -> list[int]:
        """The sentences of which a part stands in `[start, end)` of a source's text, in order."""
        with self._core.graph.store.read() as connection:
            return graph.sentences_between(connection, source, start, end)

    def evidence(
        self,
        head: ConceptRef,
        kind: Words,
        tail: ConceptRef,
        *,
        collection: Words | None = None,
        limit: Limit = 50,
    ) -> list[Mention]:
        """The memories that say an association, newest first; `kind` may be a family ("causal").

        Raises `NotFoundError` for concepts that there are not, `UsageError` for a kind.
        """
        return concept_details.evidence(
            self._core.graph, head, kind, tail, collection=collection, limit=limit
        )

    def associated(
        self, cue: Words, *, hops: Limit = 2, limit: Limit = 10, collection: Words | None = None
    ) -> list[BroughtToMind]:
        """The concepts that a cue leads to over associations, the strongest first.

        One concept in the cue keeps to what is near it, several widen it: what more of them lead to
        comes first. Each has its trail, and what says every hop of it. With `hops` 0 it goes on
        until it settles; within a collection only what is said there counts. Raises `UsageError`.
        """
        return spreading.spread_from(
            self._core.graph, cue, hops=hops, limit=limit, collection=collection
        )

    def path(
        self,
        a: ConceptRef,
        b: ConceptRef,
        *,
        collection: Words | None = None,
        hops: Limit = paths.MAX_HOPS,
    ) -> Path | None:
        """The path from one concept to another that is worth telling, within `hops`, or None.

        What one sentence says of both comes first, then what is told, stated or named together
        surely enough. Each hop cites the memory that says so best. Within a collection only what is
        said there counts. Raises `NotFoundError`, and `UsageError` for no hops.
        """
        return paths.path(self._core.graph, a, b, collection=collection, hops=hops)

    def neighbourhood(
        self,
        which: ConceptRef,
        *,
        collection: Words | None = None,
        limit: Limit = 40,
        offset: Limit = 0,
        tags: Sequence[Words] | None = None,
        kinds: Sequence[Words] | None = None,
        stated_only: bool = True,
    ) -> Neighbourhood:
        """A concept with its edges, the strongest first: `limit` of `total`, after `offset`.

        `tags` and `kinds` (of association, or families of them) choose among them; without
        `stated_only` also what is merely named beside it. Raises `NotFoundError`, `UsageError`.
        """
        return edges.neighbourhood(
            self._core.graph,
            which,
            collection=collection,
            limit=limit,
            offset=offset,
            tags=tags,
            kinds=kinds,
            stated_only=stated_only,
        )

    def between(
        self, ids: Sequence[Id], *, collection: Words | None = None, limit: Limit = 200
    ) -> tuple[Edge, ...]:
        """The edges among these concepts, the strongest first."""
        return edges.between(self._core.graph, ids, collection=collection, limit=limit)

    def topics(self, *, collection: Words | None = None, limit: Limit = 12) -> list[Topic]:
        """What the library, or a collection, is about: groups of concepts that belong together.

        The largest first. Raises `NotFoundError` for no such collection.
        """
        return topics.topics(self._core.graph, collection=collection, limit=limit)

    def statements(
        self, edge_id: Words, *, collection: Words | None = None, limit: Limit = 50
    ) -> list[Saying]:
        """The statements that an edge is drawn from, the surest first. Raises `UsageError`."""
        return edges.list_sayings(self._core.graph, edge_id, collection=collection, limit=limit)

    def strengths(
        self,
        which: ConceptRef,
        relation: Words | None = None,
        *,
        collection: Words | None = None,
        limit: Limit = 40,
    ) -> list[RelationStrength]:
        """How strongly a concept goes with relations as their subject, and they with it as object.

        The strongest first, counted from what says so; `relation` ("report to") chooses one.
        Raises `NotFoundError`, and `UsageError` for an empty relation.
        """
        return relation_strengths.relation_strengths(
            self._core.graph, which, relation, collection=collection, limit=limit
        )

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
        found: list[Linked] = []
        if kind in (None, CO_USED):
            learned = plastic.links_of(
                self._core.fact_index, match, kind=kind, collection=collection
            )
            found += [
                Linked(each.fact.text, each.kind, each.weight, each.fact, engram=each.fact.id)
                for each in learned
            ]
        if kind != CO_USED:
            found += self._ties(match, kind, collection)
        return sorted(found, key=lambda each: -each.weight)

    def rename(self, which: ConceptRef, name: Words) -> ConceptChange:
        """Give a concept another name. Raises `NotFoundError`, `UsageError` for one taken."""
        return self._told(changing.rename(self._core.graph, which, name))

    def retype(self, which: ConceptRef, type: Words) -> ConceptChange:
        """Say of what type a concept is. Raises `NotFoundError`, and `UsageError`."""
        return self._told(changing.retype(self._core.graph, which, type))

    def merge(self, which: ConceptRef, into: ConceptRef) -> ConceptChange:
        """Say that two concepts are one, called as `into` is, also in what comes later.

        Raises `NotFoundError`, and `UsageError` for a concept and itself.
        """
        return self._told(changing.merge(self._core.graph, which, into))

    def split(self, which: ConceptRef, form: Words) -> ConceptChange:
        """Say that one way of writing a concept is another concept.

        Raises `NotFoundError`, and `UsageError` where it is not written so, or only so.
        """
        return self._told(changing.split(self._core.graph, which, form))

    def undo(self, id: Id | None = None) -> ConceptChange:
        """Take back a change of a concept (`ConceptChange.id`), for None your last.

        What became one by itself is taken back by its number. Raises `NotFoundError` for none
        such, `UsageError` where a later one rests on it.
        """
        return self._told(changing.undo(self._core.graph, id))

    def confirm(self, edge_id: Words) -> Edge:
        """Say that an edge is right. Raises `NotFoundError`, and `UsageError`."""
        return self._judged(edge_id, CONFIRMED)

    def reject(self, edge_id: Words) -> Edge:
        """Say that an edge is wrong: it is shown and followed no more, also when read again.

        Raises `NotFoundError` for no such edge, `UsageError` for no name of one.
        """
        return self._judged(edge_id, REJECTED)

    def undo_judgement(self, edge_id: Words) -> Edge:
        """Take back what was said of an edge. Raises `NotFoundError`, and `UsageError`."""
        return self._judged(edge_id, 0)

    def find_aliases(self) -> int:
        """Look for names that may mean one thing; returns how many wait for an answer."""
        return merging.find(self._core.graph)

    def merge_aliases(
        self, *, sure: float = CERTAIN, report: Report = silent, cancel: Cancel | None = None
    ) -> list[Alias]:
        """Make those one that are found to be, and are at least so `sure` (0 to 1); returns them.

        After something was told or read, this is done in the background, too.
        Each can be undone (`reject_alias`, or `undo` with its number), and is not
        made again then.
        Raises `Cancelled` between two of them, which stay.
        """
        done = merging.merge(self._core.graph, certainty=sure, report=report, cancel=cancel)
        if done:
            self._core.changes.tell("facts")
        return done

    def aliases(self, *, state: Words = "open", limit: Limit = 50) -> list[Alias]:
        """What was found and is "open", "merged" or "rejected", the surest first.

        Raises `UsageError`.
        """
        return merging.listing(self._core.graph, state, limit)

    def accept_alias(self, id: Id) -> Alias:
        """Make the two concepts one. Raises `NotFoundError`, `UsageError` where one is gone."""
        return self._told(merging.accept(self._core.graph, id))

    def reject_alias(self, id: Id) -> Alias:
        """Say that the two are not one; a merging is undone. Raises `NotFoundError`.

        Raises `UsageError` where a later change rests on the merging.
        """
        return self._told(merging.reject(self._core.graph, id))

    def link_concepts(self, *, report: Report = silent, cancel: Cancel | None = None) -> int:
        """Link what is not linked yet; returns how many statements that were. Or `Cancelled`."""
        return self._core.graph.catch_up(report, cancel)

    def link_triples(self, *, report: Report = silent, cancel: Cancel | None = None) -> int:
        """Draw triples from what is left, linked before; returns from how many statements.

        Raises `Cancelled`; what was drawn until then stays.
        """
        self._core.graph.catch_up(report, cancel)
        return self._core.graph.stating.catch_up(report, cancel)

    def concepts_behind(self) -> int:
        """About how many statements are not linked yet, so that no concept counts them."""
        return self._core.graph.behind()

    def triples_behind(self) -> int:
        """About from how many statements no triples are drawn yet."""
        return self._core.graph.behind() + self._core.graph.stating.behind()

    def progress(self) -> LinkingProgress | None:
        """How far the background has come with linking sources; None where all are linked."""
        return self._core.graph.progress()

    def learn_text(self, text: Words) -> LearningResult:
        """Learn from a text how words are used. It becomes no fact and no source.

        A question may then be answered by a fact that says the same in another word.
        """
        return self._core.space.learn(sentences(text))

    def similar_words(self, word: Words, *, limit: Limit = 8) -> list[tuple[str, float]]:
        """The words that are used most like this one, nearest first, with cosines."""
        return self._core.space.neighbours(word.strip().casefold(), limit)

    def word_nearness(
        self, one: Words, other: Words, *, cancel: Cancel | None = None
    ) -> float | None:
        """How near two words stand in what the library holds, −1 to 1: a cosine.

        Near are those that stand beside like words, in one sentence and the next; no model is
        needed. None where it knows one of them too little. The first call reads the library, which
        takes seconds where it is large. Raises `Cancelled`.
        """
        return self._core.word_use.between(one.strip(), other.strip(), cancel)

    def near_words(
        self, word: Words, *, limit: Limit = 8, cancel: Cancel | None = None
    ) -> list[NearWord]:
        """The words that the library uses most like this one, nearest first.

        None are found for a word that it knows too little. Raises `UsageError` for an empty word or
        limit, and `Cancelled`.
        """
        if not word.strip() or not 1 <= limit <= _MOST:
            raise UsageError(
                f"Name a word, and how many to show, from 1 to {_MOST:,}.",
                "Such as: workbench near music",
            )
        return self._core.word_use.near(word.strip(), limit, cancel) or []

    def _ties(self, match: str, kind: str | None, collection: str | None) -> list[Linked]:
        _, meant = facts.holding(
            self._core.fact_index, match, collection=collection, most=CUE_LIMIT
        )
        with self._core.graph.reading() as connection:
            among = self._core.graph.places(connection, collection)
            about = [row.id for row in self._core.graph.find_named(connection, match)]
            if not meant and about:
                meant = graph.holding(connection, about, among, CUE_LIMIT)
            held = ties(connection, meant, about, among, kind)
            ids = {tie.concept for tie in held if tie.concept is not None}
            ids.update(concept for tie in held for concept in tie.through)
            rows = concept_cards.filter_places(
                connection, graph.by_ids(connection, ids).values(), among
            )
            concepts = {row.id: concept_cards.to_concept(connection, row, among) for row in rows}
            engrams = [tie.engram for tie in held if tie.engram is not None]
            texts = {row[0]: row[1] for row in graph.memories(connection, engrams)}
        known = {fact.id: fact for fact in facts.by_ids(self._core.fact_index, texts)}
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

    def _judged(self, edge_id: str, verdict: int) -> Edge:
        edge = edges.judge(self._core.graph, edge_id, verdict)
        reward = {CONFIRMED: GOOD, REJECTED: BAD}.get(verdict, 0.0)
        self._core.rewards.edge(edge.head, edge.tail, reward, edge.id)
        self._core.changes.tell("facts")
        return edge
