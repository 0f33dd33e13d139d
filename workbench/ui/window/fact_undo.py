"""Undo of saving and editing facts. Forgetting cannot be undone."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.memory.facts.marking import NOTE_KINDS
from workbench.ui.language import tr
from workbench.ui.memories.rows import FACT
from workbench.ui.window.undo import Command

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.memory.facts.records import Fact, Remembered
    from workbench.ui.window.library_actions import Shelf


@dataclass(frozen=True, slots=True)
class Told:
    """A text as it was told: where, and as what."""

    text: str
    collection: str | None
    kind: str = FACT

    def tell(self, library: "Library") -> "Remembered":
        """Tell it to a library."""
        if self.kind == FACT:
            return library.facts.tell(self.text, collection=self.collection)
        return library.notes.add(self.kind, self.text, collection=self.collection)


class RememberCommand(Command):
    """Facts or notes were told; taken back they are gone, told anew they get new ids."""

    def __init__(self, shelf: "Shelf", told: Told, facts: tuple[int, ...]) -> None:
        super().__init__(shelf, tr("Remember"))
        self._told, self.facts = told, facts

    def step(self, *, back: bool) -> None:
        library, facts = self._shelf.library, self.facts
        if library is None:
            return
        if back:
            forget = library.facts.remove
            if self._told.kind in NOTE_KINDS:
                forget = library.notes.remove
            done = self._shelf.taken_back.emit
            self._shelf.retrace(forget, facts, done=lambda _gone: done(facts))
        else:
            self._shelf.retrace(self._told.tell, library, done=self._kept)

    def _kept(self, made: "Remembered") -> None:
        self.facts = made.new

    def without(self, gone: frozenset[int]) -> "Command | None":
        return RememberCommand(self._shelf, self._told, self.facts)


class EditCommand(Command):
    """A fact or note got other words; `former` and `now` are its ids before and after."""

    def __init__(self, shelf: "Shelf", former: int, now: int, text: str) -> None:
        super().__init__(shelf, tr("Edit"))
        self._former, self._now, self._words = former, now, text

    def step(self, *, back: bool) -> None:
        library = self._shelf.library
        if library is None:
            return
        if back:
            self._shelf.retrace(library.facts.undo_edit, self._now, done=self._undone)
        else:
            self._shelf.retrace(library.facts.edit, self._former, self._words, done=self._redone)

    def _undone(self, fact: "Fact") -> None:
        self._former = fact.id

    def _redone(self, fact: "Fact") -> None:
        self._now = fact.id

    def without(self, gone: frozenset[int]) -> "Command | None":
        return EditCommand(self._shelf, self._former, self._now, self._words)
