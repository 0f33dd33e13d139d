"""Saves, edits, strengthens and forgets facts from the window.

What was told can be taken back by Undo. Forgetting is for good, so it is asked about where it is
asked for, and has no Undo.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from workbench.memory.facts.records import Fact, Remembered
from workbench.ui.components import words
from workbench.ui.components.toast import Action
from workbench.ui.language import tr
from workbench.ui.memories.rows import HIGHLIGHT, Memory
from workbench.ui.window.fact_undo import EditCommand, RememberCommand, Told

if TYPE_CHECKING:
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
        detail.shown.connect(window.show_fact)
        window.ask_tab.kept.connect(self._kept_by_turn)
        window.ask_tab.undo_requested.connect(self.take_back)
        self._shelf.taken_back.connect(window.ask_tab.mark_undone)

    # -- telling ----------------------------------------------------------------------------------

    def remember(self, told: Told, done: Callable[[Remembered], object] | None = None) -> None:
        """Store what a text says; Undo takes back what is new by it."""

        def over(made: Remembered) -> None:
            if made.new:
                self._shelf.undo.push(RememberCommand(self._shelf, told, made.new))
            if done is not None:
                done(made)

        def tell() -> None:
            library = self._shelf.library
            if library is not None:
                self._shelf.change(told.tell, library, done=over)

        self._shelf.with_library(tell)

    def _kept_by_turn(self, text: str, collection: str | None, new: tuple[int, ...]) -> None:
        """The conversation has kept something: it can be undone, and is in the lists."""
        self._shelf.undo.push(RememberCommand(self._shelf, Told(text, collection), new))
        self._shelf.refresh()

    def take_back(self, facts: tuple[int, ...]) -> None:
        """Undo the telling of exactly these facts, whatever happened since."""
        stack = self._shelf.undo
        last = stack.command(stack.index() - 1) if stack.canUndo() else None
        library = self._shelf.library
        if isinstance(last, RememberCommand) and last.facts == facts:
            stack.undo()
        elif library is not None:
            self._shelf.change(
                *(library.facts.remove, facts),
                done=lambda _gone: self._shelf.taken_back.emit(facts),
            )

    def _told_in_line(self, text: str, kind: str, collection: str | None) -> None:
        self.remember(Told(text, collection, kind), done=self._kept)

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
        library = self._shelf.library
        if library is None:
            return

        def done(now: Fact) -> None:
            self._shelf.undo.push(EditCommand(self._shelf, memory.id, now.id, text))
            self._window.inspector.detail.saved(memory)
            self._window.library_tab.memories.select(now.id)

        self._shelf.change(library.facts.edit, memory.id, text, done=done)

    def forget(self, memory: Memory) -> None:
        """Remove a fact or note for good, as it was asked about."""
        library = self._shelf.library
        if library is None:
            return

        def done(_gone: int) -> None:
            self._window.toasts.say(tr("Forgotten"))
            self._window.library_tab.memories.focus_first()

        work = library.notes.remove if memory.is_note else library.facts.remove
        self._shelf.change(work, [memory.id], done=done)

    def strengthen(self, memory: Memory) -> None:
        """Have a fact come before others that fit as well."""
        library = self._shelf.library
        if library is None:
            return

        def done(now: "Strengthened") -> None:
            if now.touched:
                self._window.toasts.say(tr("Strengthened to {strength:.1f}", strength=now.strength))

        self._shelf.change(library.memory.strengthen_ids, [memory.id], done=done)
