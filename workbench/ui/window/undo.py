"""Undo and Redo in the window: what was done here, by its numbers in the log of the library."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(slots=True, eq=False)
class Act:
    """Something that was done: its name in the menu, and the numbers of its `changes`.

    `show(is_applied)` is called when it was undone, or done again. `subject` names the thing, for
    those who would undo exactly that. `turn(is_applied)` undoes it, or does it again, in a way of
    its own.
    """

    text: str
    changes: tuple[int, ...]
    show: Callable[[bool], object] = bool
    subject: object = None
    turn: Callable[[bool], object] | None = None


class Acts(QObject):
    """The acts that are done, and those that were undone; the next of each is the last."""

    #: Another act is next.
    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.applied: list[Act] = []
        self.undone: list[Act] = []

    @property
    def undo_text(self) -> str:
        """The name of the act that is undone next, "" for none."""
        return self.applied[-1].text if self.applied else ""

    @property
    def redo_text(self) -> str:
        """The name of the act that is done again next, "" for none."""
        return self.undone[-1].text if self.undone else ""

    def find(self, subject: object) -> Act | None:
        """The last act about a thing that is done."""
        return next((act for act in reversed(self.applied) if act.subject == subject), None)

    def add(self, act: Act) -> None:
        """An act is done; what was undone before is not done again any more."""
        self.applied.append(act)
        self.undone.clear()
        self.changed.emit()

    def move(self, act: Act, *, is_applied: bool) -> None:
        """An act was undone, or done again."""
        self.remove(act)
        (self.applied if is_applied else self.undone).append(act)
        self.changed.emit()

    def remove(self, *acts: Act) -> None:
        """These can neither be undone nor done again any more."""
        self.applied = [act for act in self.applied if act not in acts]
        self.undone = [act for act in self.undone if act not in acts]
        self.changed.emit()

    def retain(self, numbers: frozenset[int]) -> None:
        """Drop what the log has no more: only changes of these numbers are there."""
        for act in (*self.applied, *self.undone):
            left = tuple(number for number in act.changes if number in numbers)
            if act.changes and not left:
                self.remove(act)
            act.changes = left

    def fill(self, applied: list[Act], undone: list[Act]) -> None:
        """Go on from what was done before, the latest last, unless something was done already."""
        if not (self.applied or self.undone):
            self.applied, self.undone = applied, undone
            self.changed.emit()

    def clear(self) -> None:
        """Another library is used."""
        self.remove(*self.applied, *self.undone)
