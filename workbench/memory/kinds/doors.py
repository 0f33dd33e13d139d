"""The doors of kinds, projects and reviews, as the library opens them."""

from collections.abc import Sequence

from workbench.arguments import Id, Limit, Number, Words
from workbench.changes import Changes
from workbench.errors import NotFoundError
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.marking import mark
from workbench.memory.kinds import about, projects, reviewing
from workbench.memory.kinds.records import Info, Project, Review


class KindDoors:
    """What a library can do with kinds of memories, projects and reviews; `Library` is one.

    `match` chooses the facts and notes of a scope in which its words stand, whole and in this
    order; one without words raises `UsageError`. A scope is a collection, None the library's own.
    Any thread may call these. Raises only errors of `workbench.errors`.
    """

    _fact_index: FactIndex
    _changes: Changes

    # -- kinds ----------------------------------------------------------------------------------

    def info(self, match: Words, *, collection: Words | None = None) -> Info | None:
        """All that is noted about the newest memory that holds these words; None for none."""
        return about.info(self._fact_index, match, collection=collection)

    def memory_info(self, id: Id) -> Info:
        """All that is noted about one fact or note. Raises `NotFoundError`."""
        found = about.info_of(self._fact_index, id)
        if found is None:
            raise NotFoundError("This memory is not there any more.", "Look in the Library.")
        return found

    def set_expiry(
        self, match: Words, days: float | None, *, collection: Words | None = None
    ) -> int:  # fmt: skip
        """Let memories count for so many days from now, or for good (None); returns how many.

        Raises `UsageError` for a moment that has passed, and for what is pinned.
        """
        ids = about.matching(self._fact_index, match, collection=collection)
        return self._told(about.set_expiry(self._fact_index, ids, days))

    def mark_memories(
        self,
        match: Words,
        *,
        kind: Words | None = None,
        priority: Number | None = None,
        expires_days: float | None = None,
        tags: Sequence[Words] = (),
        untag: Sequence[Words] = (),
        trust: float | None = None,
        collection: Words | None = None,
    ) -> int:
        """Note kind, priority, expiry, tags and trust of memories; returns how many they are.

        What is None stays as it is; another kind brings its usual expiry where no days are given.
        From priority 7 on a fact is kept for review. Raises `UsageError`.
        """
        ids = about.matching(self._fact_index, match, collection=collection)
        return self.mark_ids(
            ids, kind=kind, priority=priority, expires_days=expires_days, tags=tags, untag=untag,
            trust=trust,
        )  # fmt: skip

    def mark_ids(
        self,
        ids: Sequence[Id],
        *,
        kind: Words | None = None,
        priority: Number | None = None,
        expires_days: float | None = None,
        tags: Sequence[Words] = (),
        untag: Sequence[Words] = (),
        trust: float | None = None,
    ) -> int:
        """`mark_memories` of exactly these facts and notes."""
        wanted = mark(kind, priority, expires_days, tags, trust)
        return self._told(about.note(self._fact_index, ids, wanted, untag))

    # -- projects -------------------------------------------------------------------------------

    def project_add(
        self,
        name: Words,
        *,
        duration_days: float | None = None,
        starts: Words | float | None = None,
        description: Words = "",
        tags: Sequence[Words] = (),
        collection: Words | None = None,
    ) -> Project:
        """Begin a project, or give the one of that name other dates and words.

        It is a collection of that name, inside another one where `collection` is named, which ends
        `duration_days` after `starts` (None: now; no days: it has no end). Raises `UsageError`.
        """
        made = projects.add(
            self._fact_index, name, duration_days=duration_days, starts=starts,
            description=description, tags=tags, collection=collection,
        )  # fmt: skip
        self._changes.tell("collections")
        return made

    def project_info(self, name: Words, *, collection: Words | None = None) -> Project:
        """One project with what it holds and how long it goes on. Raises `NotFoundError`."""
        return projects.info(self._fact_index, name, collection=collection)

    def project_list(self, *, collection: Words | None = None) -> list[Project]:
        """The projects, or those inside a collection, the one that ends first before the others."""
        return projects.listing(self._fact_index, collection=collection)

    def project_assign(
        self, name: Words, match: Words, *, collection: Words | None = None, remove: bool = False
    ) -> int:
        """Name facts to a project, too, or take them out of it; returns how many they are.

        Raises `NotFoundError` for no such project.
        """
        done = projects.assign(
            self._fact_index, name, match, collection=collection, remove=remove
        )  # fmt: skip
        return self._told(done)

    def project_end(self, name: Words, *, collection: Words | None = None) -> None:
        """Let a project be a plain collection; its memories stay. Raises `NotFoundError`."""
        projects.end(self._fact_index, name, collection=collection)
        self._changes.tell("collections")

    # -- reviews --------------------------------------------------------------------------------

    def reviews_due(self, *, limit: Limit = 20, collection: Words | None = None) -> list[Review]:
        """What is due for review, the longest first, of all or of one collection.

        Raises `NotFoundError` for no such collection.
        """
        return reviewing.due(self._fact_index, limit, collection=collection)

    def review(
        self, id: Id, remembered: bool | None = None, *, grade: Number | None = None
    ) -> Review:  # fmt: skip
        """Say how well a memory was remembered, by yes or no or a grade from 0 to 5.

        Returns when it is due next; a fact that was remembered grows stronger by that. Raises
        `UsageError`, and `NotFoundError` for what is not kept for review.
        """
        done = reviewing.answer(self._fact_index, id, remembered=remembered, grade=grade)
        if done.box > 1:
            self._fact_index.strengths.use(done.collection, [id])
        self._changes.tell("facts")
        return done

    def keep_for_review(self, *ids: Id) -> int:
        """Have facts, notes or sentences of sources asked for; returns how many are new in that.

        Raises `NotFoundError`, then none is kept.
        """
        return self._told(reviewing.keep(self._fact_index, ids))

    def stop_review(self, *ids: Id) -> int:
        """Ask for these no more, whatever their priority; returns how many were kept until now."""
        return self._told(reviewing.stop(self._fact_index, ids))

    def reviews_of(self, *ids: Id) -> list[Review]:
        """What is known of the reviews of these, due or not, by id."""
        return reviewing.kept(self._fact_index, ids)

    def _told(self, number: int) -> int:
        if number:
            self._changes.tell("facts")
        return number
