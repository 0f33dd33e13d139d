"""Undo of adding, trashing, restoring and collecting sources."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

from workbench.ui.language import tr

if TYPE_CHECKING:
    from workbench.ui.window.library_actions import Shelf


class Command(QUndoCommand):
    """One entry of the stack. It is made when the thing has happened, so its first redo is none.

    Where undoing or redoing fails, `Shelf` moves the stack back, during which nothing is done.
    """

    def __init__(self, shelf: "Shelf", text: str) -> None:
        super().__init__(text)
        self._shelf = shelf
        self._happened = True

    def redo(self) -> None:
        if self._happened:
            self._happened = False
        elif not self._shelf.rewinding:
            self.step(back=False)

    def undo(self) -> None:
        if not self._shelf.rewinding:
            self.step(back=True)

    def step(self, *, back: bool) -> None:
        """Do the thing again, or with `back` the opposite."""
        raise NotImplementedError  # abstract

    def without(self, gone: frozenset[int]) -> "Command | None":
        """A fresh entry like this one for the sources that are left, None where it has no point."""
        raise NotImplementedError  # abstract


class TrashCommand(Command):
    """Sources were moved to the trash; with `back`, they came out of it or were added."""

    def __init__(
        self, shelf: "Shelf", sources: tuple[int, ...], text: str, *, back: bool = False
    ) -> None:
        super().__init__(shelf, text)
        self.sources, self.back = sources, back

    def step(self, *, back: bool) -> None:
        self._shelf.put_away(self.sources, back=self.back != back)

    def without(self, gone: frozenset[int]) -> "Command | None":
        left = _left(self.sources, gone)
        return TrashCommand(self._shelf, left, self.text(), back=self.back) if left else None


class PutCommand(Command):
    """Sources were put somewhere, or taken out of it."""

    def opposite(self) -> None:
        """Do the opposite as a change of its own, whatever was done since."""
        raise NotImplementedError  # abstract


class CollectCommand(PutCommand):
    """Put sources into a collection; with `out`, take them out of it."""

    def __init__(
        self, shelf: "Shelf", sources: tuple[int, ...], collection: str, *, out: bool = False
    ) -> None:
        super().__init__(shelf, f"{(tr('Take out of') if out else tr('Add to'))} “{collection}”")
        self._sources, self._collection, self._out = sources, collection, out

    def step(self, *, back: bool) -> None:
        self._shelf.collect(self._sources, self._collection, out=self._out != back)

    def opposite(self) -> None:
        change = self._shelf.assign if self._out else self._shelf.unassign
        change(self._sources, self._collection)

    def without(self, gone: frozenset[int]) -> "Command | None":
        left = _left(self._sources, gone)
        return CollectCommand(self._shelf, left, self._collection, out=self._out) if left else None


class RemoveCollectionCommand(Command):
    """Remove a collection; its sources stay in the library."""

    def __init__(self, shelf: "Shelf", name: str, sources: tuple[int, ...]) -> None:
        super().__init__(shelf, tr("Remove “{name}”", name=name))
        self._name, self._sources = name, sources

    def step(self, *, back: bool) -> None:
        self._shelf.keep_collection(self._name, self._sources, keep=back)

    def without(self, gone: frozenset[int]) -> "Command | None":
        return RemoveCollectionCommand(self._shelf, self._name, _left(self._sources, gone))


def forget(shelf: "Shelf", gone: frozenset[int]) -> None:
    """Take sources that are gone for good out of the Undo: an entry for them could only fail."""
    stack = shelf.undo
    entries = [stack.command(at) for at in range(stack.count())]
    fresh = [
        (at, left)
        for at, entry in enumerate(entries)
        if isinstance(entry, Command) and (left := entry.without(gone)) is not None
    ]
    index = sum(at < stack.index() for at, _entry in fresh)
    stack.clear()
    for _at, entry in fresh:
        stack.push(entry)
    shelf.rewind(index)


def _left(sources: tuple[int, ...], gone: frozenset[int]) -> tuple[int, ...]:
    return tuple(source for source in sources if source not in gone)
