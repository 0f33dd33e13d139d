"""The doors of ways through the graph, as the library opens them."""

from workbench.arguments import Limit, Words
from workbench.memory.graph import paths, spreading
from workbench.memory.graph.concept_cards import Which
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.path_records import BroughtToMind, Path


class PathDoors:
    """What a library can do along its associations; `Library` is one.

    Any thread may call these. Raises only errors of `workbench.errors`.
    """

    _graph: ConceptGraph

    def find_path(
        self,
        a: Which,
        b: Which,
        *,
        collection: Words | None = None,
        hops: Limit = paths.MOST_HOPS,
        beam: Limit = paths.BEAM,
    ) -> Path | None:
        """The way from one concept to another with the fewest hops, the strongest of those.

        Each hop cites the memory that says so best. None where there is none within `hops`; the
        `beam` is how many concepts of a hop are gone on from. Within a collection only what is
        said there counts. Raises `NotFoundError`, and `UsageError` for no hops.
        """
        return paths.path(self._graph, a, b, collection=collection, hops=hops, beam=beam)

    def associated_concepts(
        self, cue: Words, *, hops: Limit = 2, limit: Limit = 10, collection: Words | None = None
    ) -> list[BroughtToMind]:
        """The concepts that a cue leads to over associations, the strongest first.

        One concept in the cue keeps to what is near it, several widen it: what more of them lead to
        comes first. Each has its trail, and what says every hop of it. With `hops` 0 it goes on
        until it settles; within a collection only what is said there counts. Raises `UsageError`.
        """
        return spreading.brought_to_mind(
            self._graph, cue, hops=hops, limit=limit, collection=collection
        )
