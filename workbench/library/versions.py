"""Versions: snapshots of what was told."""

import builtins

from workbench.arguments import Words
from workbench.library.group import Group
from workbench.memory.sharing import versions
from workbench.memory.sharing.records import Difference, RestoredVersion, Version


class Versions(Group):
    """What a library can do with versions of what it was told."""

    def save(self, name: Words, collection: Words | None = None) -> Version:
        """Keep what is told in a scope now under a name; versions share what did not change.

        What is forgotten for good leaves versions, too. Raises `UsageError` for a name that is
        taken, `NotFoundError` for no such collection.
        """
        return versions.save(self._core.fact_index, name, collection)

    def list(
        self, collection: Words | None = None, *, every: bool = False
    ) -> builtins.list[Version]:
        """The versions of a scope, or of `every` scope, oldest first."""
        return versions.listing(self._core.fact_index, collection, all_scopes=every)

    def diff(self, a: Words, b: Words | None = None, collection: Words | None = None) -> Difference:
        """What came, went and changed from version `a` to `b` (None: to what is told now)."""
        return versions.diff(self._core.fact_index, a, b, collection)

    def restore(self, name: Words, collection: Words | None = None) -> RestoredVersion:
        """Let a scope be as it was in a version, in one transaction.

        What was there is kept as the version `RestoredVersion.before`: restore that to take it
        back. Facts that had gone get other ids. Raises `NotFoundError`.
        """
        return self._told(versions.restore(self._core.fact_index, name, collection))

    def drop(self, name: Words, collection: Words | None = None) -> None:
        """Remove a version for good; what is told now stays. Raises `NotFoundError`."""
        versions.drop(self._core.fact_index, name, collection)
