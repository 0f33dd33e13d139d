"""Memory: strength, forgetting, attention and reviews."""

from collections.abc import Sequence

from workbench.arguments import Id, Limit, Number, Words
from workbench.errors import UsageError
from workbench.library.group import Group, forward, of_facts
from workbench.library.options import Marks
from workbench.memory.asked import patterns
from workbench.memory.asked.patterns import FollowUp
from workbench.memory.facts import consolidating, plastic
from workbench.memory.facts.marking import PLAIN, mark
from workbench.memory.facts.plastic import Strength, Strengthened
from workbench.memory.fading import curves, fading_list, retention
from workbench.memory.fading.retention import Reinforced
from workbench.memory.kinds import reviewing
from workbench.memory.kinds.records import Review
from workbench.memory.regions import working as working_memory
from workbench.memory.rewards import OPENED, PINNED


class Memory(Group):
    """A library's calls on the strength of memories.

    Memories are selected by a phrase that occurs in them, or by id.
    """

    def strengthen(
        self,
        match: Words | Sequence[Id],
        *,
        amount: float = 1.0,
        collection: Words | None = None,
    ) -> Strengthened:
        """Make memories stronger, up to 8; what was archived counts again."""
        index = self._core.fact_index
        if isinstance(match, str):
            strengthened = plastic.strengthen(index, match, amount=amount, collection=collection)
        else:
            strengthened = plastic.strengthen_ids(index, match, amount)
        self._notify_count(strengthened.touched)
        return strengthened

    def mark(
        self, match: Words | Id | Sequence[Id], marks: Marks, *, collection: Words | None = None
    ) -> int:
        """Set kind, priority, expiry, tags, trust and pin of memories; returns how many there are.

        Also archives them or lets them count again, and keeps facts, notes or sentences of sources
        for review or stops that: of these it returns how many were not so yet. From priority 7 on a
        fact is kept for review. Raises `UsageError`, also for what is pinned and expires, is
        archived or contradicts something that is pinned, and `NotFoundError` for no such review.
        """
        from workbench.memory.kinds import details

        index, ids, touched = self._core.fact_index, match, 0
        if isinstance(ids, str):
            ids = details.matching(index, ids, collection=collection)
        elif isinstance(ids, int):
            ids = [ids]
        new_mark = mark(marks.kind, marks.priority, marks.expires_days, marks.tags, marks.trust)
        switches = (marks.pinned, marks.archived, marks.review)
        if new_mark != PLAIN or marks.untag or switches == (None, None, None):
            touched = details.note(index, ids, new_mark, marks.untag)
        if marks.archived is not None:
            archive = retention.archive if marks.archived else retention.take_back
            touched = max(touched, archive(index, ids))
        if marks.review is not None:
            review = reviewing.schedule if marks.review else reviewing.stop
            touched = max(touched, review(index, ids))
        if marks.pinned is not None:
            count = retention.pin(index, ids, pinned=marks.pinned)
            if count and marks.pinned:
                self._core.rewards.engrams(ids, PINNED, "pinned")
            touched = max(touched, count)
        return self._notify_count(touched)

    def strength(self, match: Words | Id, *, collection: Words | None = None) -> Strength | None:
        """How strong a memory is by now, and why; None where there is none.

        Of those that contain the words, the newest.
        """
        index = self._core.fact_index
        if isinstance(match, str):
            return plastic.strength(index, match, collection=collection)
        return plastic.strength_of(index, match)

    curve = forward(curves.curve, of_facts)

    fading = forward(fading_list.fading_soon, of_facts)

    link = forward(plastic.link, of_facts)

    def used(self, *engrams: Id) -> int:
        """Somebody has opened or copied these: they grow stronger, where recall is learned from.

        So do the links of the brain on which a recall just came to what they speak of. Returns how
        many that were, 0 where learning is off or nothing can be stored.
        """
        count = self._core.mark_answers_read(*engrams)
        if count:
            self._core.rewards.engrams(engrams, OPENED, "opened")
        return count

    def reinforce(self, *engrams: Id) -> Reinforced:
        """Recall these deliberately: they grow stronger and count again.

        `Library.undo` takes it back by its number: all is exactly as before, but what was used or
        changed since.
        """
        reinforced = retention.reinforce(self._core.fact_index, engrams)
        self._notify_count(reinforced.count)
        return reinforced

    consolidate = forward(consolidating.consolidate, of_facts, ("facts",))

    working = forward(working_memory.in_mind, of_facts)

    rehearse = forward(working_memory.rehearse, of_facts, ("facts",))

    def reviews(self, *ids: Id, limit: Limit = 20, collection: Words | None = None) -> list[Review]:
        """The reviews of these by id; without ids, what is due, the longest first.

        Of all or of one collection. Raises `NotFoundError` for an unknown collection.
        """
        if ids:
            return reviewing.load_reviews(self._core.fact_index, ids)
        return reviewing.due(self._core.fact_index, limit, collection=collection)

    def review(
        self,
        id: Id,
        remembered: bool | None = None,
        *,
        grade: Number | None = None,
        rating: Words | None = None,
    ) -> Review:
        """Rate how well a memory was remembered: again, hard, good or easy.

        `remembered` is good or again, a `grade` of 0 to 2 is again, 3 hard, 4 good and 5 easy. The
        rating “later” puts the review off until tomorrow and rates nothing.
        Returns when it is due next; a fact that was remembered grows stronger by that. Raises
        `UsageError`, and `NotFoundError` for what is not kept for review.
        """
        chosen = reviewing.rating_of(remembered, grade, rating)
        answered_review = reviewing.answer(self._core.fact_index, id, chosen)
        if chosen > 1:
            self._core.strengths.use(answered_review.collection, [id])
        self._core.changes.tell("facts")
        return answered_review

    def card(self, id: Id, front: Words | None = None, answer: Words | None = None) -> Review:
        """Make a card of a memory or a sentence, and keep it for review.

        A front with its gap in double braces is a cloze, “Oats are sown in {{April}}.”; any other
        is a question, of which the memory is the answer unless there is another. Without a front
        one is proposed. Raises `UsageError`, `NotFoundError`.
        """
        review = reviewing.write_card(self._core.fact_index, id, front, answer)
        self._core.changes.tell("facts")
        return review

    def suggest(
        self,
        question: Words | None = None,
        *,
        collection: Words | None = None,
        limit: Limit = patterns.SUGGESTIONS,
    ) -> list[FollowUp]:
        """Topics that are usually asked for soon after these; without a question, after any.

        `question` may be a single topic. Those that followed within ten minutes at least three
        times, most often first. Raises `UsageError` for a limit below 1.
        """
        if limit < 1:
            raise UsageError(f"{limit} is not a number of topics.", "Ask for one or more.")
        if question is None:
            return self._core.query_patterns.listing(collection, limit)
        return self._core.query_patterns.suggest(question, collection, limit)

    def forget_asked(self, *, collection: Words | None = None, everywhere: bool = False) -> int:
        """Forget which questions were asked in a scope, or everywhere; returns how many pairs.

        Answers are what they were: nothing of this takes part in them.
        """
        return self._core.query_patterns.forget(collection, everywhere=everywhere)
