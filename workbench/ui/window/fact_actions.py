"""Saves, edits, strengthens and forgets facts from the window.

What was told can be taken back by Undo. Forgetting is for good, so it is asked about where it is
asked for, and has no Undo.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from workbench.memory.facts.records import Fact, Remembered
from workbench.ui.components import words
from workbench.ui.components.toast import Action
from workbench.ui.language import tr
from workbench.ui.memories.rows import FACT, HIGHLIGHT, Memory
from workbench.ui.window.undo import Command

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.memory.facts.plastic import Strengthened
    from workbench.ui.window.main import MainWindow


class Telling:
    """What the window does with facts."""

    def __init__(self, window: "MainWindow") -> None:
        self._window, self._shelf = window, window.shelf
        page, detail = window.library_tab.memories, window.inspector.detail
        page.told.connect(self._told_in_line)
        page.opened.connect(self._open)
        page.edit_requested.connect(self._edit)
        page.forget_requested.connect(self._ask_forget)
        page.strengthen_requested.connect(self.strengthen)
        detail.edited.connect(self.edit)
        detail.forgotten.connect(self.forget)
        window.ask_tab.kept.connect(self._kept_by_turn)
        window.ask_tab.undo_requested.connect(self.take_back)
        self._shelf.taken_back.connect(window.ask_tab.mark_undone)

    # -- telling ----------------------------------------------------------------------------------

    def _told_in_line(self, text: str, kind: str, collection: str | None) -> None:
        """Store what a text says; Undo takes back what is new by it."""

        def tell(library: "Library") -> Remembered:
            if kind == FACT:
                return library.facts.tell(text, collection=collection)
            return library.notes.add(kind, text, collection=collection)

        def done(made: Remembered) -> None:
            if made.new:
                self._note(made.new, tell)
            self._kept(made)

        self._shelf.with_library(lambda: self._shelf.change(tell, done=done))

    def _note(self, new: Sequence[int], tell: Callable[["Library"], Remembered]) -> None:
        """Facts or notes were told; taken back they are gone, told anew they get new ids."""
        shelf, facts = self._shelf, [*new]

        def step(back: bool) -> None:
            if back:
                shelf.retrace(
                    lambda library: library.facts.forget(facts),
                    lambda _gone: shelf.taken_back.emit(tuple(facts)),
                )
            else:
                shelf.retrace(tell, told)

        def told(made: Remembered) -> None:
            facts[:] = made.new

        shelf.undo.push(Command(shelf, tr("Remember"), step, about=facts))

    def _kept_by_turn(self, text: str, collection: str | None, new: tuple[int, ...]) -> None:
        """The conversation has kept something: it can be undone, and is in the lists."""
        self._note(new, lambda library: library.facts.tell(text, collection=collection))
        self._shelf.refresh()

    def take_back(self, facts: tuple[int, ...]) -> None:
        """Undo the telling of exactly these facts, whatever happened since."""
        if not self._shelf.undo_last([*facts]):
            self._shelf.change(
                lambda library: library.facts.forget(facts),
                done=lambda _gone: self._shelf.taken_back.emit(facts),
            )

    def _kept(self, made: Remembered) -> None:
        page = self._window.library_tab.memories
        page.line.kept(made.left, whole=bool(made.new or made.known))
        if made.new:
            many = tr("{new} remembered", new=words.number(len(made.new)))
            text = tr("Remembered") if len(made.new) == 1 else many
            if made.dropped:
                gone = words.count(made.dropped, "old one")
                text += tr("; {gone} removed because the collection is full", gone=gone)
            self._window.toasts.say(text, Action(tr("Undo"), self._shelf.step_back))
            page.select(made.new[-1])
        elif made.known:
            self._window.toasts.say(tr("Already saved"))
            page.select(made.known[-1])

    # -- one fact ---------------------------------------------------------------------------------

    def _open(self, memory: Memory) -> None:
        if memory.kind == HIGHLIGHT:
            return  # it is opened in its source
        self._window.show_panel("inspector")
        self._window.cycle.step(1)

    def _edit(self, memory: Memory) -> None:
        self._window.show_panel("inspector")
        self._window.inspector.show_memory(memory)
        self._window.inspector.detail.edit()

    def _ask_forget(self, memory: Memory) -> None:
        self._window.show_panel("inspector")
        self._window.inspector.show_memory(memory)
        self._window.inspector.detail.ask_forget()

    def edit(self, memory: Memory, text: str) -> None:
        """Change the words of a fact or note; the former ones stay in its history."""
        former, now = memory.id, -1

        def step(back: bool) -> None:
            if back:
                self._shelf.retrace(lambda library: library.facts.edit(now, None), undone)
            else:
                self._shelf.retrace(lambda library: library.facts.edit(former, text), redone)

        def undone(fact: Fact) -> None:
            nonlocal former
            former = fact.id

        def redone(fact: Fact) -> None:
            nonlocal now
            now = fact.id

        def done(fact: Fact) -> None:
            redone(fact)
            self._shelf.undo.push(Command(self._shelf, tr("Edit"), step))
            self._window.inspector.detail.saved(memory)
            self._window.library_tab.memories.select(fact.id)

        self._shelf.change(lambda library: library.facts.edit(memory.id, text), done=done)

    def forget(self, memory: Memory) -> None:
        """Remove a fact or note for good, as it was asked about."""

        def done(_gone: object) -> None:
            self._window.toasts.say(tr("Forgotten"))
            self._window.library_tab.memories.focus_first()

        self._shelf.change(lambda library: library.facts.forget([memory.id]), done=done)

    def strengthen(self, memory: Memory) -> None:
        """Have a fact come before others that fit as well."""

        def done(now: "Strengthened") -> None:
            if now.touched:
                self._window.toasts.say(tr("Strengthened to {strength:.1f}", strength=now.strength))

        self._shelf.change(lambda library: library.memory.strengthen([memory.id]), done=done)
