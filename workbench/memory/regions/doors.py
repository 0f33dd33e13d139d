"""The doors of sleep and working memory, as the library opens them."""

from dataclasses import dataclass

from workbench.changes import Changes
from workbench.jobs import Cancel, Report, silent
from workbench.memory.facts import consolidating, merging
from workbench.memory.facts.consolidating import Merged
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.merging import Undone


@dataclass(frozen=True, slots=True)
class Slept:
    """What a sleep did, or for a preview would do; `undo_sleep` takes it back by its `run`.

    `consolidated` memories are kept for long now, `merged` ones went into others that say the same,
    `pruned` ones had faded and were archived, which deletes nothing. `run` is None where nothing
    was done. `keeps`, `merges` and `faded` name the first hundred of each.
    """

    run: int | None
    examined: int
    consolidated: int
    merged: int
    pruned: int
    keeps: tuple[str, ...]
    merges: tuple[Merged, ...]
    faded: tuple[str, ...]


class RegionDoors:
    """What a library can do with regions of remembering; `Library` is one.

    A scope is a collection, None the library's own. Any thread may call these. Raises only errors
    of `workbench.errors`.
    """

    _fact_index: FactIndex
    _changes: Changes

    def sleep(
        self,
        collection: str | None = None,
        *,
        prune_below: float | None = None,
        preview: bool = False,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> Slept:
        """Keep for long what has earned it, and merge what says the same, of a scope.

        What was recalled three times, matters much (0.8), or has matured is kept for long, in the
        region of its kind. What is weaker than `prune_below` is archived; where that is None
        nothing is. Nothing is lost, and a second sleep at once changes nothing. `preview` only
        tells. Raises `UsageError`, `NotFoundError` for no such collection, and `Cancelled`.
        """
        done = consolidating.consolidate(
            self._fact_index, collection, prune_below=prune_below, keep=True, preview=preview,
            report=report, cancel=cancel,
        )  # fmt: skip
        if done.run is not None:
            self._changes.tell("facts")
        return Slept(
            done.run, done.examined, done.kept, done.merged, done.archived,
            done.keeps, done.merges, done.faded,
        )  # fmt: skip

    def undo_sleep(self, collection: str | None = None, *, run: int | None = None) -> Undone:
        """Take back the last sleep or consolidation of a scope, or that one.

        Raises `NotFoundError` where there is none.
        """
        done = merging.undo(self._fact_index, collection, run=run)
        self._changes.tell("facts")
        return done
