"""The doors of chains and spreading, as the library opens them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.arguments import Limit, Words
from workbench.memory.facts.index import FactIndex
from workbench.memory.graph.concept_graph import ConceptGraph

if TYPE_CHECKING:
    from workbench.memory.chains.records import Associated, Chain


class ChainDoors:
    """What a library can do along its facts; `Library` is one. A scope is a collection.

    Any thread may call these. Raises only errors of `workbench.errors`.
    """

    _fact_index: FactIndex
    _graph: ConceptGraph

    def chain(
        self,
        start: Words,
        path: Sequence[Words],
        *,
        collection: Words | None = None,
        as_of: Words | float | None = None,
    ) -> "Chain":
        """Follow relations from a thing, such as "owner", "reports to", "located in".

        Where several facts lead on, the newest that reaches the end counts; where none does, what
        was read counts (in a collection that of its sources, else of all). Every hop cites its fact
        or its page. `as_of` goes by what held then. Where nothing leads on, `Chain.value` is None
        and `Chain.broken_at` names the relation. Raises `UsageError` for a start or path without
        words.
        """
        from workbench.memory.chains import following

        found = following.chain(
            self._fact_index, start, path, collection=collection, as_of=as_of, graph=self._graph
        )
        told = [hop.fact.id for hop in found.hops if hop.fact is not None]
        if found.value is not None and told:
            self._fact_index.strengths.recalled(collection, told)
        return found

    def associate(
        self,
        cue: Words,
        *,
        hops: Limit = 2,
        limit: Limit = 10,
        collection: Words | None = None,
        as_of: Words | float | None = None,
    ) -> "list[Associated]":
        """The facts that a cue brings to mind over the words that facts share, most active first.

        Facts within `hops` of those that hold words of the cue are reached, with 0 all until it
        settles. `as_of` goes by what was known then. Raises `UsageError` for less than no hops.
        """
        from workbench.memory.chains import spreading

        return spreading.associate(
            self._fact_index, cue, hops=hops, limit=limit, collection=collection, as_of=as_of
        )
