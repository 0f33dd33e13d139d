"""What Ctrl+Z takes back: adding, trashing, restoring. Nothing of it deletes anything."""

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
