"""Collections: named scopes of sources and facts, and those with dates."""

import builtins
import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.arguments import Id, Limit, Words
from workbench.intake import queue
from workbench.library.group import Group
from workbench.memory.facts.records import Fact
from workbench.memory.kinds import projects
from workbench.memory.kinds.records import Project
from workbench.memory.notes import scopes, texts
from workbench.memory.notes.records import Scope
from workbench.store import collections
from workbench.store.records import CollectionRow

if TYPE_CHECKING:
    from workbench.memory.sharing.records import Merged


class Collections(Group):
    """What a library can do with collections; None for a name is the library's own scope."""

    def list(self) -> builtins.list[CollectionRow]:
        """The collections by name."""
        with self._core.store.read() as connection:
            return collections.all_collections(connection)

    def create(self, name: Words) -> CollectionRow:
        """Make an empty collection (or return the one of that name)."""
        row = self._core.store.write(lambda c: collections.create(c, name))
        self._core.changes.tell("collections")
        return row

    def rename(self, name: Words, new: Words) -> CollectionRow:
        """Give a collection another name; what waits on the queue for it follows.

        Raises `NotFoundError`, and `UsageError` for a name that is taken.
        """

        def work(connection: sqlite3.Connection) -> CollectionRow:
            row = collections.rename(connection, name, new)
            queue.collection_renamed(connection, name, row.name)
            return row

        row = self._core.store.write(work)
        self._tell_sources()
        return row

    def remove(self, name: Words) -> None:
        """Remove a collection; its sources, facts and notes stay in the library."""
        self._core.store.write(lambda c: collections.remove(c, name, texts.words))
        self._tell_sources()
        self._core.changes.tell("facts")

    def assign(self, sources: Sequence[Id], collection: Words) -> None:
        """Put sources into a collection, too (a source can be in many)."""
        self._core.store.write(lambda c: collections.assign(c, sources, collection))
        self._tell_sources()

    def unassign(self, sources: Sequence[Id], collection: Words) -> None:
        """Take sources out of a collection; they stay in the library."""
        self._core.store.write(lambda c: collections.unassign(c, sources, collection))
        self._tell_sources()

    def scopes(self) -> builtins.list[Scope]:
        """The scopes that hold facts or notes, with counts; the library's own first."""
        return scopes.scopes(self._core.fact_index)

    def set_capacity(self, most: Limit | None, *, collection: Words | None = None) -> int:
        """Let a scope keep at most that many facts (None: any number); returns how many went now.

        Beyond that the oldest leave it for good, which `Stats.dropped` and `Remembered.dropped`
        tell. Raises `UsageError`.
        """
        gone = scopes.set_capacity(self._core.fact_index, most, collection=collection)
        self._tell_scope(collection)
        return gone

    def neighbours(
        self, cue: Words, *, window: Limit = 1, collection: Words | None = None
    ) -> builtins.list[Fact]:
        """What was told just before and just after the newest fact that a cue hits best."""
        return scopes.neighbours(self._core.fact_index, cue, window=window, collection=collection)

    def merge(
        self, into: Words | None, other: Words | None, policy: Words = "prefer_recent"
    ) -> "Merged":
        """Bring what is told in one collection into another; the one stays as it is.

        `None` is the library's own scope; `policy` is as in `import_`. Raises `UsageError`, and
        `NotFoundError` where `other` is not there.
        """
        from workbench.memory.sharing import importing

        done = importing.merge_scopes(self._core.fact_index, into, other, policy)
        self._tell_shared()
        return done

    def add_project(
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
            self._core.fact_index, name, duration_days=duration_days, starts=starts,
            description=description, tags=tags, collection=collection,
        )  # fmt: skip
        self._core.changes.tell("collections")
        return made

    def project(self, name: Words, *, collection: Words | None = None) -> Project:
        """One project with what it holds and how long it goes on. Raises `NotFoundError`."""
        return projects.info(self._core.fact_index, name, collection=collection)

    def projects(self, *, collection: Words | None = None) -> builtins.list[Project]:
        """The projects, or those inside a collection, the one that ends first before the others."""
        return projects.listing(self._core.fact_index, collection=collection)

    def assign_project(
        self, name: Words, match: Words, *, collection: Words | None = None, remove: bool = False
    ) -> int:
        """Name facts to a project, too, or take them out of it; returns how many they are.

        Raises `NotFoundError` for no such project.
        """
        done = projects.assign(
            self._core.fact_index, name, match, collection=collection, remove=remove
        )  # fmt: skip
        return self._tell_count(done)

    def end_project(self, name: Words, *, collection: Words | None = None) -> None:
        """Let a project be a plain collection; its memories stay. Raises `NotFoundError`."""
        projects.end(self._core.fact_index, name, collection=collection)
        self._core.changes.tell("collections")
