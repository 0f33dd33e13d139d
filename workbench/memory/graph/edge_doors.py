"""The doors of the graph's edges: what statements say of two concepts, and what you say of that."""

from collections.abc import Collection, Sequence

from workbench.arguments import Id, Limit, Words
from workbench.changes import Changes
from workbench.jobs import Cancel, Report, silent
from workbench.memory.graph import edges, relation_strengths
from workbench.memory.graph.concept_cards import Which
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.edge_records import Edge, Neighbourhood, RelationStrength, Saying
from workbench.memory.rewards import CONFIRMED as GOOD
from workbench.memory.rewards import REJECTED as BAD
from workbench.memory.rewards import Rewards
from workbench.store.verdicts import CONFIRMED, REJECTED


class EdgeDoors:
    """What a library can do with what statements say; `Library` is one.

    A concept is meant by its number or its name, an edge by its name ("head:type:tail"). Whoever
    asks within a collection sees only what is said there. Any thread may call these; triples are
    drawn from what was told and read before, for two seconds at most: `triples_behind` says what
    is left. Raises only errors of `workbench.errors`.
    """

    _graph: ConceptGraph
    _changes: Changes
    _rewards: Rewards

    def link_triples(self, *, report: Report = silent, cancel: Cancel | None = None) -> int:
        """Draw triples from what is left, linked before; returns from how many statements.

        Raises `Cancelled`; what was drawn until then stays.
        """
        self._graph.catch_up(report, cancel)
        return self._graph.stating.catch_up(report, cancel)

    def triples_behind(self) -> int:
        """About from how many statements no triples are drawn yet."""
        return self._graph.behind() + self._graph.stating.behind()

    def neighbourhood(
        self,
        which: Which,
        *,
        collection: Words | None = None,
        limit: Limit = 40,
        offset: Limit = 0,
        tags: Collection[Words] | None = None,
        kinds: Collection[Words] | None = None,
        stated_only: bool = True,
    ) -> Neighbourhood:
        """A concept with its edges, the strongest first: `limit` of `total`, after `offset`.

        `tags` and `kinds` (of association, or families of them) choose among them; without
        `stated_only` also what is merely named beside it. Raises `NotFoundError`, `UsageError`.
        """
        return edges.neighbourhood(
            self._graph,
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
        return edges.between(self._graph, ids, collection=collection, limit=limit)

    def sayings(
        self, edge_id: Words, *, collection: Words | None = None, limit: Limit = 50
    ) -> list[Saying]:
        """The statements that an edge is drawn from, the surest first. Raises `UsageError`."""
        return edges.said(self._graph, edge_id, collection=collection, limit=limit)

    def relation_strengths(
        self,
        which: Which,
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
            self._graph, which, relation, collection=collection, limit=limit
        )

    def reject_edge(self, edge_id: Words) -> Edge:
        """Say that an edge is wrong: it is shown and followed no more, also when read again.

        Raises `NotFoundError` for no such edge, `UsageError` for no name of one.
        """
        return self._judged(edge_id, REJECTED)

    def confirm_edge(self, edge_id: Words) -> Edge:
        """Say that an edge is right. Raises `NotFoundError`, and `UsageError`."""
        return self._judged(edge_id, CONFIRMED)

    def undo_edge(self, edge_id: Words) -> Edge:
        """Take back what was said of an edge. Raises `NotFoundError`, and `UsageError`."""
        return self._judged(edge_id, 0)

    def _judged(self, edge_id: str, verdict: int) -> Edge:
        edge = edges.judge(self._graph, edge_id, verdict)
        reward = {CONFIRMED: GOOD, REJECTED: BAD}.get(verdict, 0.0)
        self._rewards.edge(edge.head, edge.tail, reward, edge.id)
        self._changes.tell("facts")
        return edge
