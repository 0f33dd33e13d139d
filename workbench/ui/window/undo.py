"""Undo: the entries of the stack, and what becomes of them when sources are deleted for good."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

if TYPE_CHECKING:
    from workbench.ui.window.library_actions import Shelf


class Command(QUndoCommand):
    """One entry of the stack: `step(back)` does the thing again, or with `back` the opposite.

    It is made when the thing has happened, so its first redo is none. Where undoing or redoing
    fails, `Shelf` moves the stack back, during which nothing is done. `about` names the thing, for
    those who would undo exactly that.
    """

    def __init__(
        self, shelf: "Shelf", text: str, step: Callable[[bool], object], about: object = None
    ) -> None:
        super().__init__(text)
        self._shelf, self._step, self.about = shelf, step, about
        self._happened = True

    def redo(self) -> None:
        if self._happened:
            self._happened = False
        elif not self._shelf.rewinding:
            self._step(False)

    def undo(self) -> None:
        if not self._shelf.rewinding:
            self._step(True)

    def without(self, gone: frozenset[int]) -> "Command | None":
        """A fresh entry like this one for the sources that are left, None where it has no point."""
        return Command(self._shelf, self.text(), self._step, self.about)


class SourcesCommand(Command):
    """An entry about sources, of which those that are left are given to `step(sources, back)`.

    `opposite(sources)` undoes it as a change of its own, whatever was done since.
    """

    def __init__(
        self,
        shelf: "Shelf",
        text: str,
        sources: Sequence[int],
        step: Callable[[list[int], bool], object],
        opposite: Callable[[list[int]], object] = list,
        kind: object = None,
    ) -> None:
        self._sources, self._work, self._opposite, self._kind = [*sources], step, opposite, kind
        super().__init__(shelf, text, lambda back: step(self._sources, back), (kind, self._sources))

    def opposite(self) -> None:
        """Do the opposite as a change of its own."""
        self._opposite(self._sources)

    def without(self, gone: frozenset[int]) -> Command | None:
        left = [source for source in self._sources if source not in gone]
        if not left:
            return None
        return SourcesCommand(
            self._shelf, self.text(), left, self._work, self._opposite, self._kind
        )


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
