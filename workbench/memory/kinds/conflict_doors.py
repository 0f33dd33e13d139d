"""The doors of contradictions, as the library opens them."""

from workbench.arguments import Id, Limit, Words
from workbench.changes import Changes
from workbench.jobs import Cancel, Report, silent
from workbench.memory.facts.index import FactIndex
from workbench.memory.kinds import conflicts
from workbench.memory.kinds.records import Conflict


class ConflictDoors:
    """What a library can do with facts that contradict each other; `Library` is one.

    Any thread may call these. Raises only errors of `workbench.errors`.
    """

    _fact_index: FactIndex
    _changes: Changes

    def conflicts(
        self,
        collection: Words | None = None,
        *,
        limit: Limit = 100,
        settled: bool = False,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> list[Conflict]:
        """The facts of a scope that contradict each other, newest first: the open pairs.

        Of each pair the newer stands. With `settled` those pairs that somebody has settled. Looks
        first at what was told since the last look. Raises `Cancelled`.
        """
        return conflicts.listing(
            self._fact_index, collection=collection, limit=limit, settled=settled, report=report,
            cancel=cancel,
        )  # fmt: skip

    def resolve_conflict(self, older: Id, newer: Id, *, keep: Words) -> Conflict:
        """Settle a contradiction between two facts: `keep` "newer", "older" or "both".

        Where the older is kept it is said once more, and so takes the place of the newer; both stay
        in the history. Undone by `undo_resolution`. Raises `UsageError` and `NotFoundError`.
        """
        done = conflicts.resolve(self._fact_index, older, newer, keep)
        self._changes.tell("facts")
        return done

    def undo_resolution(self, older: Id, newer: Id) -> Conflict:
        """Open a settled contradiction again. Raises `UsageError` and `NotFoundError`."""
        back = conflicts.undo(self._fact_index, older, newer)
        self._changes.tell("facts")
        return back
