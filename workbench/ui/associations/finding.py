"""Fields in which a concept is named: what is typed is completed from the library."""

from functools import partial

from PySide6.QtCore import QObject, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter

from workbench.errors import WorkbenchError
from workbench.memory.graph.records import Concept
from workbench.ui.associations import loading
from workbench.ui.components import delayed, drop_list, field, on_key, words
from workbench.ui.concepts import kinds
from workbench.ui.jobs import Jobs
from workbench.ui.language import inside, tr
from workbench.ui.window.library_actions import Shelf

_PAUSE = 120  # milliseconds of silence before the words that are typed are looked for


class ConceptField(QObject):
    """A line with completion: `line` is the widget, `chosen` tells which concept is meant."""

    #: The concept that was chosen.
    chosen = Signal(object)
    #: Enter was pressed on words that mean no concept.
    missed = Signal(str)
    #: Escape was pressed.
    left = Signal()

    def __init__(
        self,
        parent: QObject,
        shelf: Shelf,
        jobs: Jobs,
        placeholder: str,
        name: str,
        glyph: str = "",
    ) -> None:
        super().__init__(parent)
        self._shelf, self._jobs = shelf, jobs
        self._key = f"associations:{name}"
        #: The concepts that are offered for what is typed.
        self.offered: list[Concept] = []
        self._for = ""
        self._collection: str | None = None
        self.line = field(placeholder, name, glyph)
        self.line.setMaxLength(120)
        self._names = QStringListModel(self)
        self._completer = QCompleter(self._names, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._listed = drop_list(self._completer, tr("Matching concepts"))
        self._completer.activated.connect(self._picked)
        self._completer.setWidget(self.line)
        self._pause = delayed(self, self._search, _PAUSE)
        self.line.textEdited.connect(self._typed)
        self.line.returnPressed.connect(self._entered)
        on_key(self.line, Qt.Key.Key_Escape, self.left.emit)

    def set_collection(self, collection: str | None) -> None:
        """Offer what is named in a collection only."""
        self._collection = collection
        self.forget()

    def show_name(self, name: str) -> None:
        """Show what is chosen now."""
        self.line.setText(" ".join(name.split()))
        self.line.setCursorPosition(0)
        self.forget()

    def forget(self) -> None:
        """Offer nothing any more."""
        self._pause.stop()
        self._jobs.cancel(self._key)
        self.offered, self._for = [], ""
        self._listed.hide()

    def focus(self) -> None:
        """Ready to type another name."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def _typed(self) -> None:
        self._pause.start()

    @property
    def _words(self) -> str:
        return " ".join(self.line.text().split())

    def _search(self, *, entered: bool = False) -> None:
        library, typed = self._shelf.library, self._words
        if library is None or not typed:
            self.forget()
            return
        self._jobs.run(
            *(loading.offered, library, typed, self._collection),
            done=partial(self._loaded, typed, entered),
            failed=partial(self._failed, typed), key=self._key,
        )  # fmt: skip

    def _failed(self, typed: str, _error: WorkbenchError) -> None:
        self.missed.emit(typed)

    def _loaded(self, typed: str, entered: bool, concepts: list[Concept]) -> None:
        if typed != self._words:
            return
        self.offered, self._for = concepts, typed
        if entered:
            self._choose_first()
            return
        self._names.setStringList([_offer(item) for item in concepts])
        if concepts and self.line.hasFocus():
            self._completer.complete()
        else:
            self._listed.hide()

    def _picked(self, text: str) -> None:
        picked = next((item for item in self.offered if _offer(item) == text), None)
        if picked is not None:
            self._choose(picked)

    def _entered(self) -> None:
        self._pause.stop()
        if self._for == self._words and self._for:
            self._choose_first()
        else:
            self._search(entered=True)

    def _choose_first(self) -> None:
        if self.offered:
            self._choose(self.offered[0])
        else:
            self.missed.emit(self._words)

    def _choose(self, concept: Concept) -> None:
        self.show_name(concept.name)
        self.chosen.emit(concept)


def _offer(concept: Concept) -> str:
    name = words.short(" ".join(concept.name.split()), 60)
    return f"{name} – {inside(kinds.word(concept.type))}, {words.number(concept.mentions)}"
