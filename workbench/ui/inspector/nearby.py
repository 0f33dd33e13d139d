"""See also: the passages nearest to what is chosen, elsewhere in the library."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workbench.errors import WorkbenchError
from workbench.jobs import Cancel
from workbench.ui import theme
from workbench.ui.components.boxes import clear, column, holder, row
from workbench.ui.components.controls import button
from workbench.ui.components.words import Elided, label, percent, short
from workbench.ui.jobs import Jobs
from workbench.ui.window.shelf import Shelf

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.recall.vectors import Alike

#: Passages that are shown, and letters of one.
_MOST, _SAID = 5, 180


class SeeAlso(QWidget):
    """Looks for what is near to some sentences, off the GUI thread, and shows it."""

    #: Source, start and end of a passage that is to be read.
    sentence_requested = Signal(int, int, int)

    def __init__(self, shelf: Shelf, jobs: Jobs, engrams: Sequence[int]) -> None:
        super().__init__()
        self.found: tuple[Alike, ...] = ()
        self._shelf, self._jobs, self._engrams = shelf, jobs, tuple(engrams)
        self._box = column(gap=6)
        self.setLayout(self._box)
        self.setAccessibleName("See also")
        theme.watch(self, self._show)
        self._say("Looking…")
        self.look()

    def look(self) -> None:
        """Look anew. Whoever chose something else meanwhile stops the look before."""
        library = self._shelf.library
        if library is not None and self._engrams:
            self._jobs.run(
                _near, library, self._engrams, done=self._came, failed=self._failed, key="see also"
            )

    def _came(self, found: "Sequence[Alike]") -> None:
        self.found = tuple(found)
        self._show()

    def _failed(self, error: WorkbenchError) -> None:
        self._say(error.message)

    def _show(self) -> None:
        if not self.found:
            self._say("Nothing near this is in the library yet.")
            return
        clear(self._box)
        for each in self.found:
            self._box.addWidget(_card(each, self.sentence_requested.emit))
        if self.found[0].tier == "lexical":
            why = "Found by shared words. With an embedding model, meaning counts, too."
            self._box.addWidget(label(why, "caption", wrap=True))

    def _say(self, words: str) -> None:
        clear(self._box)
        self._box.addWidget(label(words, "caption", wrap=True))


def _near(library: "Library", engrams: tuple[int, ...], cancel: Cancel) -> "list[Alike]":
    return library.see_also(engrams, limit=_MOST, cancel=cancel)


def _card(each: "Alike", read: Callable[[int, int, int], object]) -> QWidget:
    """A passage: its source, how near it is, its words; the button opens it."""
    title = Elided(each.title, "strong")
    near = label(percent(each.nearness), "muted")
    near.setToolTip(
        "How near it is in meaning" if each.tier == "semantic" else "How many words it shares"
    )
    show = button("Open", kind="quiet")
    show.setAccessibleName(f"Open the passage in {each.title}")
    show.clicked.connect(lambda: read(each.source, each.start, each.end))
    head = row(title, near, show)
    head.setStretch(0, 1)
    return holder(column(head, label(short(each.words, _SAID), "small", wrap=True), gap=2))
