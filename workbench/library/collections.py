"""Collections: named scopes of sources and facts, and those with dates."""

import builtins
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.arguments import Id, Limit, Words
from workbench.library.group import Group, forward, of_facts, query
from workbench.memory.kinds import projects
from workbench.memory.kinds.records import Project
from workbench.memory.notes import scopes
from workbench.memory.notes.records import ScopeChange
from workbench.store import collections
from workbench.store.records import CollectionRow

if TYPE_CHECKING:
    from workbench.memory.sharing.records import Merged


class Collections(Group):
    """A library's calls on collections; the name None is the library's own scope."""

    list = query(collections.all_collections)

    def create(self, name: Words) -> CollectionRow:
        """Make an empty collection (or return the one of that name)."""
        row = self._store.write(lambda c: collections.create(c, name), act="collection added")
        self._core.changes.tell("collections")
        return row

    def change(
        self,
        collection: Words | None,
        *,
        name: Words | None = None,
        capacity: Limit | None = None,
        project: bool = True,
    ) -> ScopeChange:
        """Change a collection: another `name`, how many facts it keeps, an end as a project.

        Beyond a `capacity` (-1: any number) the oldest leave it for good, which `Stats.dropped` and
        `Remembered.dropped` tell. What waits on the queue follows to
        another name. Raises `NotFoundError`, and `UsageError` for a name that is taken.
        """
        removed = 0
        if capacity is not None:
            maximum = None if capacity == -1 else capacity
            removed = scopes.set_capacity(self._core.fact_index, maximum, collection=collection)
            self._notify_scope(collection)
        if collection is None:
            return ScopeChange(None, removed)
        if not project:
            projects.end(self._core.fact_index, collection)
            self._core.changes.tell("collections")
        if name is not None:
            old = collection
            row = self._store.write(
                lambda c: collections.rename(c, old, name), act="collection changed"
            )
            collection = row.name
            self._notify_sources()
        return ScopeChange(collection, removed)

    def remove(self, name: Words) -> None:
        """Remove a collection; its sources, facts and notes stay in the library."""
        self._store.write(lambda c: collections.remove(c, name), act="collection removed")
        self._notify_sources()
        self._core.changes.tell("facts")

    def assign(
        self,
        sources: Sequence[Id] | Words,
        collection: Words,
        *,
        inside: Words | None = None,
        remove: bool = False,
    ) -> int:
        """Put sources into a collection, too, or take them out; returns how many they are.

        Words stand for the facts that contain them: those are named to a project, which may lie
        `inside` another collection. Raises `NotFoundError` for no such project.
        """
        if isinstance(sources, str):
            count = projects.assign(
                self._core.fact_index, collection, sources, collection=inside, remove=remove
            )
            return self._notify_count(count)
        change = collections.unassign if remove else collections.assign
        self._store.write(lambda c: change(c, sources, collection), act="collection changed")
        self._notify_sources()
        return len(sources)

    neighbours = forward(scopes.neighbours, of_facts)

    scopes = forward(scopes.scopes, of_facts)

    def merge(
        self, into: Words | None, other: Words | None, policy: Words = "prefer_recent"
    ) -> "Merged":
        """Bring what is told in one collection into another; the one stays as it is.

        `None` is the library's own scope; `policy` is as in `import_`. Raises `UsageError`, and
        `NotFoundError` where `other` is not there.
        """
        from workbench.memory.sharing import importing

        merged = importing.merge_scopes(self._core.fact_index, into, other, policy)
        self._notify_shared()
        return merged

    add_project = forward(projects.add, of_facts, ("collections",))

    def projects(
        self, name: Words | None = None, *, collection: Words | None = None
    ) -> builtins.list[Project]:
        """The projects, or those inside a collection, the one that ends first before the others.

        With a `name` that one alone. Raises `NotFoundError` for no such project.
        """
        if name is not None:
            return [projects.info(self._core.fact_index, name, collection=collection)]
        return projects.listing(self._core.fact_index, collection=collection)
