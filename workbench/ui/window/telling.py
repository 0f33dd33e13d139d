"""Facts told, changed, strengthened and forgotten from the window; each a change of the shelf.

What was told can be taken back by Undo. Forgetting is for good, so it is asked about where it is
asked for, and has no Undo.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from workbench.memory.facts.records import Remembered
from workbench.ui.components import words
from workbench.ui.components.toast import Action
from workbench.ui.memories.rows import Memory
from workbench.ui.window.undo import RememberCommand

if TYPE_CHECKING:
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
        detail.strengthened.connect(self.strengthen)
        detail.shown.connect(window.show_fact)
        window.ask_tab.kept.connect(self._kept_by_turn)
        window.ask_tab.undo_requested.connect(self.take_back)
        self._shelf.taken_back.connect(window.ask_tab.mark_undone)

    # -- telling ----------------------------------------------------------------------------------

    def remember(
        self, text: str, collection: str | None, done: Callable[[Remembered], object] | None = None
    ) -> None:
        """Store what a text says; Undo takes back what is new by it."""

        def over(made: Remembered) -> None:
            if made.new:
                self._shelf.undo.push(RememberCommand(self._shelf, text, collection, made.new))
            if done is not None:
                done(made)

        def tell() -> None:
            library = self._shelf.library
            if library is not None:
                work = partial(library.remember, text, collection=collection)
                self._shelf.change(work, done=over)

        self._shelf.with_library(tell)

    def _kept_by_turn(self, text: str, collection: str | None, new: tuple[int, ...]) -> None:
        """The conversation has kept something: it can be undone, and is in the lists."""
        self._shelf.undo.push(RememberCommand(self._shelf, text, collection, new))
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
                *(library.forget_facts, facts),
                done=lambda _gone: self._shelf.taken_back.emit(facts),
            )

    def _told_in_line(self, text: str, _kind: str, collection: str | None) -> None:
        self.remember(text, collection, done=self._kept)

    def _kept(self, made: Remembered) -> None:
        page = self._window.library_tab.memories
        page.line.kept(made.left, whole=bool(made.new or made.known))
        if made.new:
            what = "Remembered" if len(made.new) == 1 else f"{words.number(len(made.new))} facts"
            text = what if len(made.new) == 1 else f"{what} remembered"
            self._window.toasts.say(text, Action("Undo", self._shelf.step_back))
            page.select("fact", made.new[-1])
        elif made.known:
            self._window.toasts.say("That was known already")
            page.select("fact", made.known[-1])

    # -- one fact ---------------------------------------------------------------------------------

    def _open(self, _memory: Memory) -> None:
        self._window.show_panel("inspector")
        self._window.inspector.detail.setFocus()
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
        """Change the words of a fact; the old ones stay in its history."""

    def forget(self, memory: Memory) -> None:
        """Remove a fact for good, as it was asked about."""
        library = self._shelf.library
        if library is None:
            return

        def done(_gone: int) -> None:
            self._window.toasts.say("Forgotten")
            self._window.library_tab.memories.focus_first()

        self._shelf.change(library.forget_facts, [memory.id], done=done)

    def strengthen(self, memory: Memory) -> None:
        """Have a fact come before others that fit as well."""
