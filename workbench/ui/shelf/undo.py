"""The undo and redo stacks of the window, by change numbers in the library's log."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(slots=True, eq=False)
class Act:
    """An undoable act: its name in the menu, and the numbers of its `changes`.

    `show(is_applied)` is called after an undo or redo. `subject` identifies the object for targeted
    undo. `turn(is_applied)` replaces undo and redo.
    """

    text: str
    changes: tuple[int, ...]
    show: Callable[[bool], object] = bool
    subject: object = None
    turn: Callable[[bool], object] | None = None


class Acts(QObject):
    """The stacks of applied and undone acts; the last one is next."""

    #: The next act changed.
    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.applied: list[Act] = []
        self.undone: list[Act] = []
        #: Undos and redos that were asked for and are not done.
        self._waiting = 0

    @property
    def can_undo(self) -> bool:
        """Whether there is an act to undo, or will be once a waiting redo is done."""
        return bool(self.applied or self._waiting)

    @property
    def can_redo(self) -> bool:
        """Whether there is an act to redo, or will be once a waiting undo is done."""
        return bool(self.undone or self._waiting)

    @property
    def undo_text(self) -> str:
        """The name of the next act to undo, "" for none."""
        return self.applied[-1].text if self.applied else ""

    @property
    def redo_text(self) -> str:
        """The name of the next act to redo, "" for none."""
        return self.undone[-1].text if self.undone else ""

    def find(self, subject: object) -> Act | None:
        """The last applied act on a subject."""
        return next((act for act in reversed(self.applied) if act.subject == subject), None)

    def add(self, act: Act) -> None:
        """Push an applied act and clear the redo stack."""
        self.applied.append(act)
        self.undone.clear()
        self.changed.emit()

    def wait(self) -> None:
        """Count an undo or redo that was asked for."""
        self._waiting += 1
        self.changed.emit()

    def end_wait(self) -> None:
        """Count it as done or failed."""
        self._waiting = max(0, self._waiting - 1)
        self.changed.emit()

    def move(self, act: Act, *, is_applied: bool) -> None:
        """Move an act after an undo or redo."""
        self.remove(act)
        (self.applied if is_applied else self.undone).append(act)
        self.changed.emit()

    def remove(self, *acts: Act) -> None:
        """Remove acts from both stacks."""
        self.applied = [act for act in self.applied if act not in acts]
        self.undone = [act for act in self.undone if act not in acts]
        self.changed.emit()

    def retain(self, numbers: frozenset[int]) -> None:
        """Keep only changes of these numbers, which are still in the log."""
        for act in (*self.applied, *self.undone):
            left = tuple(number for number in act.changes if number in numbers)
            if act.changes and not left:
                self.remove(act)
            act.changes = left

    def fill(self, applied: list[Act], undone: list[Act]) -> None:
        """Set both stacks, latest last, unless there are acts already."""
        if not (self.applied or self.undone):
            self.applied, self.undone = applied, undone
            self.changed.emit()

    def clear(self) -> None:
        """Clear both stacks for another library."""
        self._waiting = 0
        self.remove(*self.applied, *self.undone)
