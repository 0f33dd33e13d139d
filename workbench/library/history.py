"""The history of changes: undo and redo."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Literal, overload

from workbench.arguments import Id, Limit, Words
from workbench.errors import UsageError
from workbench.jobs import Cancel, Report, silent
from workbench.library.group import Group

if TYPE_CHECKING:
    from workbench.memory.sharing.records import ImportUndone
    from workbench.sleep.records import Undone
    from workbench.sleep.undoing import Target
    from workbench.store.changes import Change


class History(Group, mixin=True):
    """A library's calls to undo and redo."""

    @overload
    def undo(self, what: Literal["import"], run: Id | None = None) -> "ImportUndone": ...
    @overload
    def undo(
        self,
        what: Literal["sleep", "concept", "consolidation", "lesson", "lessons"] | None = None,
        run: Id | None = None,
        *,
        collection: Words | None = None,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> "Undone": ...
    def undo(
        self,
        what: Words | None = None,
        run: Id | None = None,
        *,
        collection: Words | None = None,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> "ImportUndone | Undone":
        """Undo the last change, or the change with number `run` (see `changes`).

        `collection` restricts it to changes of one collection, `what` to a kind: "import" (also of
        a merge), "sleep", "consolidation", "concept" (an edit of a concept) or "lesson" (what a
        reward taught the brain). "lessons" undoes all lessons together.

        A change whose rows were changed again since is not undone; of a sleep or lesson, only these
        rows stay. An import cannot be redone: what it added is deleted, and what it changed is
        restored.

        Raises `UsageError`, `NotFoundError` if there is no such change or it was undone already,
        `LibraryLockedError` while the library sleeps, and `Cancelled`; the next call then continues
        to undo the sleep.
        """
        index = self._core.fact_index
        if what == "import":
            from workbench.memory.sharing import runs

            undone = runs.undo(index, run)
            if undone.sources:
                self._core.lexicon.forget()
            self._notify_shared()
            return undone
        from workbench.sleep import undoing
        from workbench.sleep.records import Undone

        if what == "lessons":
            self._core.strengths.flush()
            return Undone(0, "lessons", rows=self._core.lessons.forget())
        if what not in (None, *undoing.KINDS):
            raise UsageError(
                f"“{what}” cannot be undone.",
                "Choose import, concept, consolidation, sleep, lesson or lessons.",
            )
        return self._turn(undoing.Target(what, run, collection), report, cancel)

    def redo(
        self, run: Id | None = None, *, report: Report = silent, cancel: Cancel | None = None
    ) -> "Undone":
        """Redo the change undone last, or the change with number `run`. Raises as `undo`."""
        from workbench.sleep import undoing

        return self._turn(undoing.Target(number=run, redo=True), report, cancel)

    def changes(
        self, limit: Limit = 20, *, memories: Sequence[Id] = (), sources: Sequence[Id] = ()
    ) -> "list[Change]":
        """Recent changes, newest first; all but final ones can be undone or redone.

        With `memories` (statements and notes) or `sources`, only the changes of these.
        """
        from workbench.store import changes

        self._core.strengths.flush()
        owners = [*memories, *(-source for source in sources)]
        with self._store.read() as connection:
            return changes.listing(connection, owners, limit)

    def numbering(self) -> "AbstractContextManager[list[int]]":
        """Collect the ids of the changes that calls of this thread make inside, in order.

        Empty for a remote library; use its `changes`.
        """
        from workbench.store import changes

        return changes.numbering()

    def _turn(self, target: "Target", report: Report, cancel: Cancel | None) -> "Undone":
        from workbench.sleep import undoing

        core = self._core
        try:
            return undoing.turn(core.fact_index, core.graph, target, report, cancel or Cancel())
        finally:
            self._notify_shared()
