"""The doors of plasticity: strengthening, links of use, and consolidation."""

from collections.abc import Sequence

from workbench.arguments import Id, Words
from workbench.changes import Changes
from workbench.errors import NotFoundError
from workbench.jobs import Cancel, Report, silent
from workbench.memory.facts import consolidating, facts, merging, plastic
from workbench.memory.facts.consolidating import Consolidated
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.merging import Undone
from workbench.memory.facts.plastic import Strength, Strengthened
from workbench.memory.kinds import pinning
from workbench.memory.rewards import PINNED, Rewards


class PlasticDoors:
    """What a library can do with the strength of facts; `Library` is one.

    `match` chooses the facts of a scope in which its words stand, whole and in this order; one
    without words raises `UsageError`. Any thread may call these.
    """

    _fact_index: FactIndex
    _changes: Changes
    _rewards: Rewards

    def strengthen(
        self, match: Words, *, amount: float = 1.0, collection: Words | None = None
    ) -> Strengthened:
        """Make facts stronger, up to 8; what was archived counts again, and nothing is made."""
        done = plastic.strengthen(self._fact_index, match, amount=amount, collection=collection)
        if done.touched:
            self._changes.tell("facts")
        return done

    def strengthen_facts(self, ids: Sequence[Id], *, amount: float = 1.0) -> Strengthened:
        """Make exactly these facts, notes or sentences stronger; `touched` tells how many."""
        done = plastic.strengthen_ids(self._fact_index, ids, amount)
        if done.touched:
            self._changes.tell("facts")
        return done

    def pin(self, match: Words, *, pinned: bool = True, collection: Words | None = None) -> int:
        """Let facts never fade, or fade again; returns how many there are.

        Raises `UsageError` for what expires, and for what contradicts something that is pinned.
        """
        _, ids = facts.holding(self._fact_index, match, collection=collection)
        touched = pinning.pin(self._fact_index, ids, pinned=pinned)
        if touched:
            self._changes.tell("facts")
        if touched and pinned:
            self._rewards.engrams(ids, PINNED, "pinned")
        return touched

    def pin_facts(self, ids: Sequence[Id], *, pinned: bool = True) -> int:
        """Let exactly these facts, notes or sentences never fade, or fade again.

        Returns how many there are. Raises `UsageError` as `pin` does.
        """
        touched = pinning.pin(self._fact_index, ids, pinned=pinned)
        if touched:
            self._changes.tell("facts")
        if touched and pinned:
            self._rewards.engrams(ids, PINNED, "pinned")
        return touched

    def strength(self, match: Words, *, collection: Words | None = None) -> Strength | None:
        """How strong the newest such fact is by now, and why; None where there is none."""
        return plastic.strength(self._fact_index, match, collection=collection)

    def fact_strength(self, id: Id) -> Strength:
        """How strong a fact is by now, and why. Raises `NotFoundError`."""
        found = plastic.strength_of(self._fact_index, id)
        if found is None:
            raise NotFoundError("This fact is not there any more.", "Look in the Library.")
        return found

    def link(self, a: Words, b: Words, *, collection: Words | None = None) -> float:
        """How strongly being recalled together has linked two facts; 0 where it has not."""
        return plastic.link(self._fact_index, a, b, collection=collection)

    def consolidate(
        self,
        collection: Words | None = None,
        *,
        prune_below: float | None = None,
        preview: bool = False,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> Consolidated:
        """Merge facts of a scope that say the same; archive those weaker than `prune_below`.

        Nothing is lost: `undo_consolidation` brings it all back. What is pinned, says who somebody
        is or was recalled within a day is not archived. `preview` only tells. Raises `UsageError`,
        `NotFoundError` for no such collection, and `Cancelled`.
        """
        done = consolidating.consolidate(
            self._fact_index,
            collection,
            prune_below=prune_below,
            preview=preview,
            report=report,
            cancel=cancel,
        )
        if done.run is not None:
            self._changes.tell("facts")
        return done

    def undo_consolidation(
        self, collection: Words | None = None, *, run: Id | None = None
    ) -> Undone:
        """Take back the last consolidation of a scope, or that one. Raises `NotFoundError`."""
        done = merging.undo(self._fact_index, collection, run=run)
        self._changes.tell("facts")
        return done
