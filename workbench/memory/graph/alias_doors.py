"""The doors of names that mean one thing, as the library opens them."""

from workbench.arguments import Id, Limit, Words
from workbench.changes import Changes
from workbench.jobs import Cancel, Report, silent
from workbench.memory.graph import merging
from workbench.memory.graph.aliases import SURE
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.records import Alias


class AliasDoors:
    """What a library can do with names that mean one thing; `Library` is one.

    Any thread may call these. Raises only errors of `workbench.errors`.
    """

    _graph: ConceptGraph
    _changes: Changes

    def find_aliases(self) -> int:
        """Look for names that may mean one thing; returns how many wait for an answer."""
        return merging.find(self._graph)

    def merge_aliases(
        self, *, sure: float = SURE, report: Report = silent, cancel: Cancel | None = None
    ) -> list[Alias]:
        """Make those one that are found to be, and are at least so `sure` (0 to 1); returns them.

        After something was told or read, this is done in the background, too.
        Each can be undone (`reject_alias`, or `undo_concept_change` with its number), and is not
        made again then.
        Raises `Cancelled` between two of them, which stay.
        """
        done = merging.merge(self._graph, sure=sure, report=report, cancel=cancel)
        if done:
            self._changes.tell("facts")
        return done

    def _unite_names(self, cancel: Cancel) -> None:
        if merging.merge(self._graph, cancel=cancel, by_itself=True):
            self._changes.tell("facts")

    def aliases(self, *, state: Words = "open", limit: Limit = 50) -> list[Alias]:
        """What was found and is "open", "merged" or "rejected", the surest first.

        Raises `UsageError`.
        """
        return merging.listing(self._graph, state, limit)

    def accept_alias(self, id: Id) -> Alias:
        """Make the two concepts one. Raises `NotFoundError`, `UsageError` where one is gone."""
        found = merging.accept(self._graph, id)
        self._changes.tell("facts")
        return found

    def reject_alias(self, id: Id) -> Alias:
        """Say that the two are not one; a merging is undone. Raises `NotFoundError`.

        Raises `UsageError` where a later change rests on the merging.
        """
        found = merging.reject(self._graph, id)
        self._changes.tell("facts")
        return found
