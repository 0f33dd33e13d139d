"""Sharing a library between several devices or people, through a log."""

import platform
from typing import TYPE_CHECKING

from workbench.arguments import Words
from workbench.jobs import Cancel, Report, silent
from workbench.library.group import Group

if TYPE_CHECKING:
    from workbench.memory.group.records import GroupConflict, GroupStatus, GroupSync


class Shared(Group):
    """A library's calls on a log that several devices or people share.

    Each has a library of its own, and goes on without the others.
    """

    def join(self, place: Words, *, name: Words | None = None, person: Words = "") -> "GroupStatus":
        """Share the library through a folder, which any program may synchronise.

        `name` is what the others call this device. Without a `person` all devices are your own.
        Nothing is sent before `sync`. Raises `UsageError` if it is shared already, and
        `LibraryError` if the folder cannot be used.
        """
        from workbench.memory.group import syncing

        syncing.join(self._store, place, name or platform.node() or "device", person)
        status = syncing.status(self._store)
        assert status is not None
        return status

    def sync(self, *, report: Report = silent, cancel: Cancel | None = None) -> "GroupSync":
        """Send what changed here, and bring in what changed elsewhere.

        Sources are the same by their bytes, statements by their text, details and notes by their
        names: of these the last change counts, and what two changed at the same time is listed by
        `conflicts`. How strong memories are, questions, the vault and private collections stay
        here. Raises `UsageError` if the library is not shared, and `LibraryError` if the log
        cannot be reached: what was changed then waits.
        """
        from workbench.memory.group import syncing

        result = syncing.sync(self._core.fact_index, report, cancel or Cancel())
        if result.received or result.sources:
            self._core.lexicon.index_all()
            self._notify_shared()
        return result

    def status(self) -> "GroupStatus | None":
        """How the library is shared, with whom, and what waits; None if it is not."""
        from workbench.memory.group import syncing

        return syncing.status(self._store)

    def conflicts(self) -> "list[GroupConflict]":
        """The texts that two devices changed at the same time. Raises `UsageError`."""
        from workbench.memory.group import syncing

        return syncing.conflicts(self._store)

    def settle(self, id: Words, *, keep: Words) -> None:
        """Settle a conflict: `keep` the “current” text, the “other”, or of statements “both”.

        Raises `NotFoundError` and `UsageError`.
        """
        from workbench.memory.group import syncing

        syncing.settle(self._core.fact_index, id, keep)
        self._notify_shared()

    def keep_private(self, collection: Words, *, private: bool = True) -> None:
        """Keep a collection out of the log, or let it in again; what the log has stays there.

        Raises `NotFoundError`, and `UsageError` if the library is not shared.
        """
        from workbench.memory.group import syncing

        syncing.keep_private(self._store, collection, private=private)

    def leave(self) -> bool:
        """Share the library no more: all that came stays. False if it was not shared."""
        from workbench.memory.group import syncing

        return syncing.leave(self._store)
