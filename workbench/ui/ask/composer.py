"""Where a line is typed: the field, the scope it counts in, and the lines of before.

One field asks and tells. Which of the two Enter will do, its button says before one presses it; the
same with Alt does the other. So a statement is kept without a mode that one could forget, and words
to look for are never remembered by surprise.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget

from workbench.ui import theme
from workbench.ui.components.boxes import row
from workbench.ui.components.controls import button, chip
from workbench.ui.components.words import count, short

_SHOWN = 20
_LEAST_FIELD = 260
#: Letters that the field takes.
_LONGEST = 1_000_000
ASK_OR_TELL = "Ask a question, or tell me something to remember…"
_FOLLOW_UP = "Ask a follow-up…"
#: The word, the icon and the other way of what Enter does.
_WAYS = {
    "ask": ("Ask", "ask", "Alt+Enter saves it as a note"),
    "tell": ("Remember", "note", "Alt+Enter asks it as a question"),
    "talk": ("Say", "ask", "Alt+Enter asks it as a question"),
}


class Composer(QWidget):
    """The field and its scope; Enter or Ctrl+Enter says the line, Up brings old lines back."""

    #: (question, collection or None) is to be asked.
    asked = Signal(str, object)
    #: (line, collection or None) is to be taken as said: kept, reckoned or answered.
    said = Signal(str, object)
    #: The question under way is to be stopped.
    stopped = Signal()
    #: Another scope was chosen: a collection or None for everything.
    scoped = Signal(object)
    #: The source of this id and title alone is asked from now on.
    source_chosen = Signal(int, str)
    #: The question asked before at this index is to be shown again.
    recalled = Signal(int)
    #: Every question that is kept is to be seen.
    history_asked = Signal()
    #: Down was pressed with no later question to go to: on to the evidence.
    went_down = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._collections: tuple[str, ...] = ()
        self._scope: str | None = None
        #: The sources that are asked alone, and those that are offered: (ids, name).
        self._alone: tuple[tuple[int, ...], str] | None = None
        self._offered: tuple[tuple[int, ...], str] | None = None
        self._history: list[str] = []
        self._at: int | None = None
        self._draft = ""
        self._busy = self._kept = False
        self._intent = "ask"
        self.field = QLineEdit()
        # What is pasted is asked whole, and not cut where nobody sees it.
        self.field.setMaxLength(_LONGEST)
        self.field.setProperty("kind", "ask")
        self.field.setPlaceholderText(ASK_OR_TELL)
        self.field.setAccessibleName("Question, or something to remember")
        self.field.setAcceptDrops(False)
        self.field.setMinimumWidth(160)
        self.field.installEventFilter(self)
        self.field.returnPressed.connect(self.ask)
        self.field.textEdited.connect(self._edited)
        self.field.textChanged.connect(self._read)
        self._earlier = QAction(theme.icon("clock"), "Earlier questions", self)
        self._earlier.setEnabled(False)
        self._earlier.triggered.connect(self.show_history)
        self.field.addAction(self._earlier, QLineEdit.ActionPosition.TrailingPosition)
        for made in self.field.findChildren(QToolButton):
            made.setAccessibleName("Earlier questions")
        self.scope_button = chip("Everything", "library", checked=True)
        self.scope_button.setMaximumWidth(theme.px(190))
        self.scope_button.clicked.connect(self.choose_scope)
        self.ask_button = button("Ask", "ask", "primary", "Ask (Enter)")
        self.ask_button.clicked.connect(self._press)
        ways = row(self.scope_button, self.ask_button)
        ways.setAlignment(Qt.AlignmentFlag.AlignTrailing)
        self._line = row(self.field, ways, margins=(24, 10, 24, 12))
        self._line.setStretch(0, 1)
        self.setLayout(self._line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name_scope()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()  # the button has another word, the scope another name
        return done

    def _fit(self) -> None:
        """Where there is little room, the field has a line of its own."""
        scope = 0 if self.scope_button.isHidden() else self.scope_button.sizeHint().width()
        # As wide as its longest word, so that the field does not jump while one types.
        widest = max(self.ask_button.sizeHint().width(), theme.px(116))
        narrow = self.width() - scope - widest < theme.px(_LEAST_FIELD)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        way = down if narrow else across
        if self._line.direction() != way:
            self._line.setDirection(way)

    @property
    def ready(self) -> bool:
        """Whether there is anything to ask."""
        return self.field.isEnabled()

    @property
    def busy(self) -> bool:
        """Whether the button stops what is under way."""
        return self._busy

    def set_ready(self, ready: bool) -> None:
        """Let questions be typed, or say that there is nothing to ask yet."""
        self.setEnabled(ready)
        self.field.setPlaceholderText(ASK_OR_TELL if ready else "Add a source, then ask…")

    def follow(self, *, following: bool) -> None:
        """Whether the next question goes on from those before."""
        if self.isEnabled():
            self.field.setPlaceholderText(_FOLLOW_UP if following else ASK_OR_TELL)

    # -- scope -----------------------------------------------------------------------------------

    @property
    def scope(self) -> str | None:
        """The collection that questions are limited to, None for everything."""
        return self._scope

    def set_scope(self, collection: str | None) -> None:
        """Limit the next question to a collection, or to nothing."""
        alone, self._alone = self._alone, None
        if collection != self._scope:
            self._scope = collection
            self._name_scope()
            self.scoped.emit(collection)
        elif alone is not None:
            self._name_scope()

    @property
    def sources(self) -> tuple[int, ...] | None:
        """The sources that questions are limited to, None where there is no such limit."""
        return self._alone[0] if self._alone is not None else None

    def ask_sources(self, sources: Sequence[int], title: str) -> None:
        """Limit the next questions to these sources; `title` is that of the first."""
        self._alone = self._offered = _named(sources, title)
        self._name_scope()
        if len(sources) == 1:
            self.source_chosen.emit(sources[0], title)

    def offer_source(self, source: int, title: str) -> None:
        """Have the scopes offer one source, such as the one that is read."""
        self._offered = _named([source], title)
        self._name_scope()

    def forget_sources(self) -> None:
        """Another library: its sources are others."""
        self._alone = self._offered = None
        self._name_scope()

    def set_collections(self, names: Sequence[str]) -> None:
        """Offer these collections as scopes."""
        self._collections = tuple(names)
        if self._scope is not None and self._scope not in self._collections:
            self.set_scope(None)
        self._name_scope()

    def _name_scope(self) -> None:
        alone = self._alone
        name = alone[1] if alone is not None else self._scope or "Everything"
        glyph = "book" if alone is not None else "folder" if self._scope else "library"
        self.scope_button.setIcon(theme.icon(glyph))
        metrics = self.scope_button.fontMetrics()
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, theme.px(120))
        self.scope_button.setText(f" {shown}")
        self.scope_button.setChecked(True)
        self.scope_button.setAccessibleName(f"Scope: {name}")
        limited = alone is not None or self._scope is not None
        several = alone is not None and len(alone[0]) > 1
        self.scope_button.setToolTip(
            (f"Only “{name}” is searched" if not several else f"Only these {name} are searched")
            if limited
            else "All sources and notes are searched"
        )
        self.scope_button.setVisible(
            limited or bool(self._collections) or self._offered is not None
        )

    def choose_scope(self) -> None:
        """Offer everything and each collection, above the chip."""
        self.scope_button.setChecked(True)
        menu = self.scope_menu()
        corner = self.scope_button.mapToGlobal(self.scope_button.rect().topLeft())
        menu.exec(corner - QPoint(0, menu.sizeHint().height() + 4))
        menu.deleteLater()

    def scope_menu(self) -> QMenu:
        """The menu of scopes."""
        menu = QMenu(self)
        names: list[str | None] = [None, *self._collections]
        for name in names:
            text = (name or "Everything").replace("&", "&&")
            action = menu.addAction(theme.icon("folder" if name else "library"), text)
            action.setCheckable(True)
            action.setChecked(name == self._scope and self._alone is None)
            action.triggered.connect(lambda _on=False, chosen=name: self.set_scope(chosen))
        if self._offered is not None:
            sources, name = self._offered
            text = f"Only “{short(name, 50)}”" if len(sources) == 1 else f"Only {name}"
            action = menu.addAction(theme.icon("book"), text.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(self._alone == self._offered)
            action.triggered.connect(lambda: self.ask_sources(sources, name))
        return menu

    # -- asking ----------------------------------------------------------------------------------

    def ask(self) -> None:
        """Say what stands in the field, if anything does: asked or told, as the button says."""
        self._say(told=self._intent != "ask")

    def _say(self, *, told: bool) -> None:
        line = " ".join(self.field.text().split())
        if line:
            (self.said if told else self.asked).emit(line, self._scope)

    def _press(self) -> None:
        if self._busy:
            self.stopped.emit()
        else:
            self.ask()

    def _read(self, text: str) -> None:
        """See what the line is for."""
        # Not imported before something is typed: the window opens without the memory of facts.
        from workbench.memory.turn.intent import intent

        line = " ".join(text.split())
        self._intent = intent(line).value if line else "ask"
        self._name_button()

    def set_busy(self, busy: bool) -> None:
        """While a question is under way the button stops it; typing and Enter go on."""
        self._busy = busy
        self._name_button()

    def _name_button(self) -> None:
        word, glyph, other = _WAYS[self._intent]
        if self._busy:
            word, glyph, tip = "Stop", "close", "Stop (Esc)"
        else:
            tip = f"{word} (Enter)\n{other}"
        self.ask_button.setText(f" {word}")
        self.ask_button.setIcon(theme.icon(glyph, "on_accent"))
        self.ask_button.setAccessibleName(word)
        self.ask_button.setToolTip(tip)

    # -- history ---------------------------------------------------------------------------------

    def set_history(self, questions: Sequence[str]) -> None:
        """The questions of this run, oldest first."""
        self._history = list(questions)
        self._at = None
        self._earlier.setEnabled(self._kept or bool(self._history))

    def set_kept(self, *, kept: bool) -> None:
        """Whether questions of before this run can be looked through."""
        self._kept = kept
        self._earlier.setEnabled(kept or bool(self._history))

    def show_history(self) -> None:
        """Drop down the questions asked before, newest first; all, where this run has none."""
        if not self._history:
            self.history_asked.emit()
            return
        menu = self.history_menu()
        corner = self.field.mapToGlobal(self.field.rect().topRight())
        size = menu.sizeHint()
        menu.exec(corner - QPoint(size.width(), size.height() + 4))
        menu.deleteLater()

    def history_menu(self) -> QMenu:
        """The menu of questions asked before."""
        menu = QMenu(self)
        metrics = menu.fontMetrics()
        first = max(0, len(self._history) - _SHOWN)
        for index in range(len(self._history) - 1, first - 1, -1):
            text = metrics.elidedText(
                self._history[index], Qt.TextElideMode.ElideRight, theme.px(420)
            )
            action = menu.addAction(text.replace("&", "&&"))
            action.setToolTip(self._history[index])
            action.triggered.connect(lambda _on=False, at=index: self.recalled.emit(at))
        menu.addSeparator()
        menu.addAction("All Questions…").triggered.connect(
            lambda _on=False: self.history_asked.emit()
        )
        return menu

    def _edited(self) -> None:
        self._at = None

    def _step(self, by: int) -> None:
        if by > 0 and self._at is None:
            self.went_down.emit()
            return
        if not self._history:
            return
        if self._at is None:
            self._draft, self._at = self.field.text(), len(self._history)
        at = min(len(self._history), max(0, self._at + by))
        self.field.setText(self._draft if at == len(self._history) else self._history[at])
        self._at = at

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and event.key() == Qt.Key.Key_Up:
                self._step(-1)
                return True
            if plain and event.key() == Qt.Key.Key_Down:
                self._step(1)
                return True
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self._say(told=self._intent == "ask")
                return True
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.ask()
                return True
        return super().eventFilter(watched, event)


def _named(sources: Sequence[int], title: str) -> tuple[tuple[int, ...], str]:
    """Sources with what they are called together: one by its title, several by their number."""
    return tuple(sources), title if len(sources) == 1 else count(len(sources), "source")
