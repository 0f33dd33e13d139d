"""The doors of fading: how strong anything is, its curve, what fades, letting go, taking back."""

from workbench.arguments import Id, Limit, Words
from workbench.changes import Changes
from workbench.memory.facts import plastic
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.plastic import Strength
from workbench.memory.fading import curves, fading_list, letting_go, reinforcing
from workbench.memory.fading.records import Curve, FadingList
from workbench.memory.fading.reinforcing import Reinforced
from workbench.memory.rewards import OPENED, Rewards


class FadingDoors:
    """What a library can do with the strength of anything it holds; `Library` is one.

    An engram is a fact, a note or a sentence of a source, known by its id. Any thread may call
    these. Raises only errors of `workbench.errors`.
    """

    _fact_index: FactIndex
    _changes: Changes
    _rewards: Rewards

    def strength_of(self, engram: Id) -> Strength | None:
        """How strong an engram is by now, and why; None where there is none of that id."""
        return plastic.strength_of(self._fact_index, engram)

    def curve(
        self, engram: Id, *, past_days: float = 60, future_days: float = 60, points: Limit = 120
    ) -> Curve:
        """How strong an engram was and will be if it is not used again (T1).

        Raises `NotFoundError`, and `UsageError` for days that are none.
        """
        return curves.curve(
            self._fact_index, engram, past_days=past_days, future_days=future_days, points=points
        )

    def fading(
        self, collection: Words | None = None, *, within_days: float = 7, limit: Limit = 50
    ) -> FadingList:
        """What will have faded within so many days, the next first, then what has, the latest.

        Of the whole library, or of one collection. Raises `UsageError`, and `NotFoundError` for
        no such collection.
        """
        return fading_list.fading_soon(
            self._fact_index, collection, within_days=within_days, limit=limit
        )

    def used(self, *engrams: Id) -> int:
        """Somebody has opened or copied these: they grow stronger, where recall is learned from.

        So do the links of the brain on which a recall just came to what they speak of. Returns how
        many that were, 0 where learning is off or nothing can be stored.
        """
        done = self._answered_by(*engrams)
        if done:
            self._rewards.engrams(engrams, OPENED, "opened")
        return done

    def _answered_by(self, *engrams: int) -> int:
        """These answered first, which nobody has said to be good: they alone grow stronger."""
        use = self._fact_index.strengths
        if not engrams or self._fact_index.store.read_only or not use.learns():
            return 0
        use.seen(engrams)
        return len(engrams)

    def reinforce(self, *engrams: Id) -> int:
        """Recall these deliberately: they grow stronger and count again; returns how many."""
        return self.reinforcing(*engrams).count

    def reinforcing(self, *engrams: Id) -> Reinforced:
        """`reinforce`, with what `undo_reinforcing` takes it back by."""
        done = reinforcing.reinforce(self._fact_index, engrams)
        self._told_of(done.count)
        return done

    def undo_reinforcing(self, done: Reinforced) -> int:
        """Take a deliberate recall back: these are exactly as before; returns how many.

        What was used or changed since keeps that, and is not counted.
        """
        return self._told_of(reinforcing.undo(self._fact_index, done))

    def let_go(self, *engrams: Id) -> int:
        """Lay these aside: still found, last among equals, labelled; returns how many were not.

        Nothing is deleted, and being found does not bring them back: `take_back` and `reinforce`
        do. Raises `UsageError` for what is pinned.
        """
        return self._told_of(letting_go.let_go(self._fact_index, engrams))

    def take_back(self, *engrams: Id) -> int:
        """Let these count as before that were let go, or laid aside by sleep; returns how many."""
        return self._told_of(letting_go.take_back(self._fact_index, engrams))

    def _told_of(self, number: int) -> int:
        if number:
            self._changes.tell("facts")
        return number
