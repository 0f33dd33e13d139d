"""What Ctrl+Z takes back: adding, trashing, restoring, collecting; nothing of it deletes."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

if TYPE_CHECKING:
    from workbench.ui.window.shelf import Shelf


class TrashCommand(QUndoCommand):
    """Move sources to the trash; with `back`, out of it."""

    def __init__(self, shelf: "Shelf", sources: tuple[int, ...], *, back: bool = False) -> None:
        super().__init__("Restore" if back else "Move to Trash")
        self.sources = sources
        self._shelf, self._back = shelf, back

    def redo(self) -> None:
        self._shelf.put_away(self.sources, back=self._back)

    def undo(self) -> None:
        self._shelf.put_away(self.sources, back=not self._back)


class AddCommand(QUndoCommand):
    """Sources were added (before this command was made); undone, they are in the trash."""

    def __init__(self, shelf: "Shelf", sources: tuple[int, ...]) -> None:
        super().__init__("Add")
        self.sources = sources
        self._shelf, self._fresh = shelf, True

    def redo(self) -> None:
        if self._fresh:
            self._fresh = False
            return
        self._shelf.put_away(self.sources, back=True)

    def undo(self) -> None:
        self._shelf.put_away(self.sources, back=False)


class CollectCommand(QUndoCommand):
    """Put sources into a collection; with `out`, take them out of it."""

    def __init__(
        self, shelf: "Shelf", sources: tuple[int, ...], collection: str, *, out: bool = False
    ) -> None:
        super().__init__(f"{'Take out of' if out else 'Add to'} “{collection}”")
        self._shelf, self._sources = shelf, sources
        self._collection, self._out = collection, out

    def redo(self) -> None:
        self._shelf.collect(self._sources, self._collection, out=self._out)

    def undo(self) -> None:
        self._shelf.collect(self._sources, self._collection, out=not self._out)


class RemoveCollectionCommand(QUndoCommand):
    """Remove a collection; its sources stay in the library."""

    def __init__(self, shelf: "Shelf", name: str, sources: tuple[int, ...]) -> None:
        super().__init__(f"Remove “{name}”")
        self._shelf, self._name, self._sources = shelf, name, sources

    def redo(self) -> None:
        self._shelf.keep_collection(self._name, self._sources, keep=False)

    def undo(self) -> None:
        self._shelf.keep_collection(self._name, self._sources, keep=True)
