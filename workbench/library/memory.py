"""Memory: strengths, forgetting, attention and reviews."""

from collections.abc import Sequence

from workbench.arguments import Id, Limit, Number, Words
from workbench.errors import UsageError
from workbench.jobs import Cancel, Report, silent
from workbench.library.group import Group
from workbench.memory.asked import patterns
from workbench.memory.asked.patterns import FollowUp
from workbench.memory.asked.topics import topics
from workbench.memory.facts import consolidating, facts, merging, plastic
from workbench.memory.facts.consolidating import Consolidated
from workbench.memory.facts.merging import Undone
from workbench.memory.facts.plastic import Strength, Strengthened
from workbench.memory.fading import archiving, curves, fading_list, reinforcing
from workbench.memory.fading.records import Curve, FadingList
from workbench.memory.fading.reinforcing import Reinforced
from workbench.memory.kinds import pinning, reviewing
from workbench.memory.kinds.records import Review
from workbench.memory.regions import working
from workbench.memory.regions.sensory import Sensed
from workbench.memory.regions.working import InMind
from workbench.memory.rewards import OPENED, PINNED


class Memory(Group):
    """What a library can do with the strength of what it holds."""

    def strengthen(
        self, match: Words, *, amount: float = 1.0, collection: Words | None = None
    ) -> Strengthened:
        """Make facts stronger, up to 8; what was archived counts again, and nothing is made."""
        done = plastic.strengthen(
            self._core.fact_index, match, amount=amount, collection=collection
        )
        if done.touched:
            self._core.changes.tell("facts")
        return done

    def strengthen_ids(self, ids: Sequence[Id], *, amount: float = 1.0) -> Strengthened:
        """Make exactly these facts, notes or sentences stronger; `touched` tells how many."""
        done = plastic.strengthen_ids(self._core.fact_index, ids, amount)
        if done.touched:
            self._core.changes.tell("facts")
        return done

    def pin(self, match: Words, *, pinned: bool = True, collection: Words | None = None) -> int:
        """Let facts never fade, or fade again; returns how many there are.

        Raises `UsageError` for what expires, and for what contradicts something that is pinned.
        """
        _, ids = facts.holding(self._core.fact_index, match, collection=collection)
        return self.pin_ids(ids, pinned=pinned)

    def pin_ids(self, ids: Sequence[Id], *, pinned: bool = True) -> int:
        """Let exactly these facts, notes or sentences never fade, or fade again.

        Returns how many there are. Raises `UsageError` as `pin` does.
        """
        touched = self._tell_count(pinning.pin(self._core.fact_index, ids, pinned=pinned))
        if touched and pinned:
            self._core.rewards.engrams(ids, PINNED, "pinned")
        return touched

    def strength(self, match: Words, *, collection: Words | None = None) -> Strength | None:
        """How strong the newest such fact is by now, and why; None where there is none."""
        return plastic.strength(self._core.fact_index, match, collection=collection)

    def retention(self, engram: Id) -> Strength | None:
        """How strong an engram is by now, and why; None where there is none of that id."""
        return plastic.strength_of(self._core.fact_index, engram)

    def curve(
        self, engram: Id, *, past_days: float = 60, future_days: float = 60, points: Limit = 120
    ) -> Curve:
        """How strong an engram was and will be if it is not used again.

        Raises `NotFoundError`, and `UsageError` for days that are none.
        """
        return curves.curve(
            self._core.fact_index,
            engram,
            past_days=past_days,
            future_days=future_days,
            points=points,
        )

    def fading(
        self, collection: Words | None = None, *, within_days: float = 7, limit: Limit = 50
    ) -> FadingList:
        """What will have faded within so many days, the next first, then what has, the latest.

        Of the whole library, or of one collection. Raises `UsageError`, and `NotFoundError` for
        no such collection.
        """
        return fading_list.fading_soon(
            self._core.fact_index, collection, within_days=within_days, limit=limit
        )

    def used(self, *engrams: Id) -> int:
        """Somebody has opened or copied these: they grow stronger, where recall is learned from.

        So do the links of the brain on which a recall just came to what they speak of. Returns how
        many that were, 0 where learning is off or nothing can be stored.
        """
        done = self._core.answered_by(*engrams)
        if done:
            self._core.rewards.engrams(engrams, OPENED, "opened")
        return done

    def reinforce(self, *engrams: Id) -> int:
        """Recall these deliberately: they grow stronger and count again; returns how many."""
        return self.reinforcing(*engrams).count

    def reinforcing(self, *engrams: Id) -> Reinforced:
        """`reinforce`, with what `undo_reinforcing` takes it back by."""
        done = reinforcing.reinforce(self._core.fact_index, engrams)
        self._tell_count(done.count)
        return done

    def undo_reinforcing(self, done: Reinforced) -> int:
        """Take a deliberate recall back: these are exactly as before; returns how many.

        What was used or changed since keeps that, and is not counted.
        """
        return self._tell_count(reinforcing.undo(self._core.fact_index, done))

    def archive(self, *engrams: Id) -> int:
        """Archive these; they are still found, last and labelled. Returns how many were not yet.

        Nothing is deleted, and being found does not bring them back: `unarchive` and `reinforce`
        do. Raises `UsageError` for what is pinned.
        """
        return self._tell_count(archiving.archive(self._core.fact_index, engrams))

    def unarchive(self, *engrams: Id) -> int:
        """Let these count as before that were let go, or laid aside by sleep; returns how many."""
        return self._tell_count(archiving.take_back(self._core.fact_index, engrams))

    def link(self, a: Words, b: Words, *, collection: Words | None = None) -> float:
        """How strongly being recalled together has linked two facts; 0 where it has not."""
        return plastic.link(self._core.fact_index, a, b, collection=collection)

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
            self._core.fact_index,
            collection,
            prune_below=prune_below,
            preview=preview,
            report=report,
            cancel=cancel,
        )
        if done.run is not None:
            self._core.changes.tell("facts")
        return done

    def undo_consolidation(
        self, collection: Words | None = None, *, run: Id | None = None
    ) -> Undone:
        """Take back the last consolidation of a scope, or that one. Raises `NotFoundError`."""
        return self._told(merging.undo(self._core.fact_index, collection, run=run))

    def working(self, collection: Words | None = None) -> list[InMind]:
        """The facts of a scope that are in mind, seven at most, the least recently used first.

        Raises `NotFoundError` for no such collection.
        """
        return working.in_mind(self._core.fact_index, collection=collection)

    def sensed(self) -> tuple[Sensed, ...]:
        """What was perceived within the last three seconds, the oldest first."""
        return self._core.sensory.current()

    def rehearse(self, match: Words, *, collection: Words | None = None) -> int:
        """Bring what holds these words to mind again, as a recall does; returns how many facts.

        They are those in mind already, and where none is, the newest that holds the words. Raises
        `UsageError` for a match without words, `NotFoundError` for no such collection.
        """
        return self._tell_count(
            working.rehearse(self._core.fact_index, match, collection=collection)
        )

    def due(self, *, limit: Limit = 20, collection: Words | None = None) -> list[Review]:
        """What is due for review, the longest first, of all or of one collection.

        Raises `NotFoundError` for no such collection.
        """
        return reviewing.due(self._core.fact_index, limit, collection=collection)

    def review(
        self, id: Id, remembered: bool | None = None, *, grade: Number | None = None
    ) -> Review:  # fmt: skip
        """Say how well a memory was remembered, by yes or no or a grade from 0 to 5.

        Returns when it is due next; a fact that was remembered grows stronger by that. Raises
        `UsageError`, and `NotFoundError` for what is not kept for review.
        """
        done = reviewing.answer(self._core.fact_index, id, remembered=remembered, grade=grade)
        if done.box > 1:
            self._core.strengths.use(done.collection, [id])
        self._core.changes.tell("facts")
        return done

    def keep(self, *ids: Id) -> int:
        """Have facts, notes or sentences of sources asked for; returns how many are new in that.

        Raises `NotFoundError`, then none is kept.
        """
        return self._tell_count(reviewing.schedule(self._core.fact_index, ids))

    def stop_reviewing(self, *ids: Id) -> int:
        """Ask for these no more, whatever their priority; returns how many were kept until now."""
        return self._tell_count(reviewing.stop(self._core.fact_index, ids))

    def reviews(self, *ids: Id) -> list[Review]:
        """What is known of the reviews of these, due or not, by id."""
        return reviewing.load_reviews(self._core.fact_index, ids)

    def topics(self, text: Words) -> list[str]:
        """What a question is about: its words that say something and the names in it, at most 8."""
        return [topic.name for topic in topics(text)]

    def suggest(
        self,
        question: Words,
        *,
        collection: Words | None = None,
        limit: Limit = patterns.SUGGESTIONS,
    ) -> list[FollowUp]:
        """Topics that are usually asked for soon after these; `question` may be a single topic.

        Those that followed within ten minutes at least three times, most often first. Raises
        `UsageError` for a limit below 1.
        """
        if limit < 1:
            raise UsageError(f"{limit} is not a number of topics.", "Ask for one or more.")
        return self._core.asked.suggest(question, collection, limit)

    def query_patterns(
        self, *, collection: Words | None = None, limit: Limit = 100
    ) -> list[FollowUp]:
        """All that is usually asked one after the other in a scope, most often first."""
        return self._core.asked.listing(collection, limit)

    def forget_asked(self, *, collection: Words | None = None, everywhere: bool = False) -> int:
        """Forget which questions were asked in a scope, or everywhere; returns how many pairs.

        Answers are what they were: nothing of this takes part in them.
        """
        return self._core.asked.forget(collection, everywhere=everywhere)
