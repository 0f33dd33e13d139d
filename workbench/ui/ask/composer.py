"""The input of Ask: a field, its scope, and the history of lines.

One field takes questions and statements. The button shows what Enter will do, and Alt+Enter does
the other, so there is no mode to forget and nothing is saved by surprise.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QMenu, QSizePolicy, QWidget

from workbench.ui import theme
from workbench.ui.ask.quote import QuoteText
from workbench.ui.components import (
    ENTER,
    Flow,
    button,
    chip,
    clear,
    column,
    count,
    holder,
    label,
    row,
    short,
    ticked,
    tool,
)
from workbench.ui.language import tr

_MAX_HISTORY = 20
#: Maximum length of a scope's name on its chip, and number of collections with a chip; others are
#: in a menu.
_NAME, _CHIPS = 24, 2
#: Maximum length of a line.
_LONGEST = 1_000_000
PLACEHOLDER = tr("Ask a question, or tell me something to remember…")
_FOLLOW_UP = tr("Ask a follow-up…")
#: Label and icon of the button, and a hint for Alt+Enter.
_INTENTS = {
    "ask": (tr("Ask"), "ask", tr("Alt+Enter saves it as a note")),
    "tell": (tr("Remember"), "note", tr("Alt+Enter asks it as a question")),
    "talk": (tr("Say"), "ask", tr("Alt+Enter asks it as a question")),
}


@dataclass(frozen=True, slots=True)
class _Scope:
    """A search scope: a collection, sources with a common name, or everything."""

    collection: str | None = None
    sources: tuple[int, ...] = ()
    title: str = ""

    @property
    def name(self) -> str:
        return self.title or self.collection or tr("Everything")

    @property
    def glyph(self) -> str:
        return "book" if self.sources else "folder" if self.collection else "library"

    @property
    def tip(self) -> str:
        if self.sources:
            single = len(self.sources) == 1
            return (
                tr("Only “{title}” is searched", title=self.title)
                if single
                else tr("Only these {title} are searched", title=self.title)
            )
        collection = tr("Only “{collection}” is searched", collection=self.collection)
        return collection if self.collection else tr("All sources and notes are searched")


class Composer(QWidget):
    """The field and its scope; Enter submits the line, Up recalls earlier ones."""

    #: (question, collection or None) to ask.
    asked = Signal(str, object)
    #: (line, collection or None) to process as a statement, calculation or remark.
    said = Signal(str, object)
    #: A request to stop the current question.
    stopped = Signal()
    #: (id, title) of the source selected as scope.
    source_selected = Signal(int, str)
    #: The index of an earlier question to show again.
    recalled = Signal(int)
    #: The scope changed.
    scope_changed = Signal()
    #: A request for the list of all saved questions.
    history_requested = Signal()
    #: Down was pressed at the latest question: move to the evidence.
    went_down = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._collections: tuple[str, ...] = ()
        self._scope: str | None = None
        #: The sources used as scope, and those offered: the one being read, and those selected in a
        #: list.
        self._alone: _Scope | None = None
        self._reading: _Scope | None = None
        self._chosen: _Scope | None = None
        self._shown: tuple[object, ...] = ()
        self._history: list[str] = []
        self._at: int | None = None
        self._draft = ""
        #: The quotation that the next question refers to.
        self.quotation = ""
        #: Whether the button stops the current question.
        self.busy = self._kept = False
        self._intent = "ask"
        self.field = QLineEdit(maxLength=_LONGEST, placeholderText=PLACEHOLDER)
        # Pasted text is asked in full.
        self.field.setProperty("kind", "ask")
        self.field.setAccessibleName(tr("Question, or something to remember"))
        self.field.setAcceptDrops(False)
        self.field.setMinimumWidth(160)
        self.field.installEventFilter(self)
        self.field.returnPressed.connect(self.ask)
        self.field.textEdited.connect(self._edited)
        self.field.textChanged.connect(self._read)
        # Not an action of the field, whose icons Qt fixes at 16 px.
        self._earlier = tool("clock", tr("Earlier questions"), call=self.show_history)
        self._earlier.setEnabled(False)
        self.ask_button = button(tr("Ask"), "ask", "primary", tr("Ask (Enter)"), call=self._press)
        line = row(self.field, self._earlier, self.ask_button, wide=0)
        self._quoted = column()
        self._flow = Flow()
        self.scopes = holder(self._flow, name=tr("Search in"))
        self._column = column(self._quoted, line, self.scopes, gap=6)
        self.set_edge(24)
        self.setLayout(self._column)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._show_scopes()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        completed = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()  # chips were added or resized
        return completed

    def _fit(self) -> None:
        """Set the height of the wrapped chips, so that the field keeps its own."""
        margins = self._column.contentsMargins()
        high = self._flow.heightForWidth(self.width() - margins.left() - margins.right())
        if high != self.scopes.minimumHeight():
            self.scopes.setFixedHeight(high)

    @property
    def ready(self) -> bool:
        """Whether the field is enabled."""
        return self.field.isEnabled()

    def set_ready(self, ready: bool) -> None:
        """Enable the field, or hint that the library has no sources."""
        self.setEnabled(ready)
        self.field.setPlaceholderText(PLACEHOLDER if ready else tr("Add a source, then ask…"))

    def follow(self, *, following: bool) -> None:
        """Set the placeholder for a follow-up or a first question."""
        if self.isEnabled():
            self.field.setPlaceholderText(_FOLLOW_UP if following else PLACEHOLDER)

    # -- scope -----------------------------------------------------------------------------------

    @property
    def scope(self) -> str | None:
        """The collection used as scope, None for everything."""
        return None if self._alone is not None else self._scope

    def set_scope(self, collection: str | None) -> None:
        """Limit the next question to a collection; None removes the limit."""
        self._alone, self._scope = None, collection
        self._show_scopes()

    @property
    def sources(self) -> tuple[int, ...] | None:
        """The sources used as scope, None if there is no such limit."""
        return self._alone.sources if self._alone is not None else None

    @property
    def scope_name(self) -> str:
        """The name of the scope on its chip."""
        return self._current.name

    @property
    def scope_names(self) -> list[str]:
        """The names of all scopes on offer."""
        return [item.name for item in self._offered()]

    @property
    def _current(self) -> _Scope:
        return self._alone or _Scope(self._scope)

    def ask_sources(self, sources: Sequence[int], title: str) -> None:
        """Limit the next questions to these sources; `title` is that of the first."""
        self._search(_sources(sources, title))

    def search_collection(self) -> None:
        """Search the collection, or everything, instead of single sources."""
        self.set_scope(self._scope)

    def search_source(self, source: int, title: str) -> None:
        """Limit the next questions to a source whose introduction is already visible."""
        self._alone = self._reading = _sources([source], title)
        self._show_scopes()

    def offer_source(self, source: int, title: str) -> None:
        """Offer the source being read as a scope."""
        self._reading = _sources([source], title)
        self._show_scopes()

    def offer_selection(self, sources: Sequence[int], title: str = "") -> None:
        """Offer the sources selected in a list as a scope."""
        selected = _sources(sources, title) if sources else None
        if selected != self._chosen:
            self._chosen = selected
            self._show_scopes()

    def forget_sources(self) -> None:
        """Drop all source scopes after the library was switched."""
        self._alone = self._reading = self._chosen = None
        self._show_scopes()

    def set_collections(self, names: Sequence[str]) -> None:
        """Offer these collections as scopes."""
        self._collections = tuple(names)
        if self._scope is not None and self._scope not in self._collections:
            self.set_scope(None)
        self._show_scopes()

    def _offered(self) -> list[_Scope]:
        """All scopes, the most specific first and everything last."""
        selected = [item for item in (self._reading, self._chosen, self._alone) if item is not None]
        names = list(self._collections)
        if self._scope in names[_CHIPS:]:
            names.sort(key=lambda name: name != self._scope)
        return list(dict.fromkeys([*selected, *map(_Scope, names), _Scope()]))

    def _show_scopes(self) -> None:
        """Show a chip per scope, with the current one checked."""
        offered = self._offered()
        left = [item for item in offered if item.collection][_CHIPS:]
        visible_scopes = [item for item in offered if item not in left]
        if (visible := (self._current, *visible_scopes, bool(left))) == self._shown:
            return
        self._shown = visible
        self.scope_changed.emit()
        focused = self.focusWidget()
        had_focus = focused is not None and self.scopes.isAncestorOf(focused)
        clear(self._flow)
        self._flow.addWidget(label(tr("Search in"), "small"))
        group = QButtonGroup(self.scopes)  # exclusive
        for item in visible_scopes:
            press = chip(
                short(item.name, _NAME),
                item.glyph,
                name=tr("Search in {name}", name=item.name),
            )
            press.setChecked(item == self._current)
            press.setToolTip(item.tip)
            press.clicked.connect(self._choosing(item))
            group.addButton(press)
            self._flow.addWidget(press)
            press.show()
            if had_focus and press.isChecked():
                press.setFocus()
        if left:
            more = chip(
                tr("More…"), "folder", checkable=False, name=tr("Search in another collection")
            )
            more.clicked.connect(lambda: self.choose_scope(more))
            self._flow.addWidget(more)
        self.scopes.setVisible(len(offered) > 1)

    def _choosing(self, scope: _Scope) -> Callable[[], None]:
        if scope.sources:
            return lambda: self._search(scope)
        return lambda: self.set_scope(scope.collection)

    def _search(self, sources: _Scope) -> None:
        self._alone = sources
        self._show_scopes()
        if len(sources.sources) == 1:
            self.source_selected.emit(sources.sources[0], sources.title)

    def choose_scope(self, anchor: QWidget) -> None:
        """Open the menu of scopes above a chip."""
        menu = self.scope_menu()
        corner = anchor.mapToGlobal(anchor.rect().topLeft())
        menu.exec(corner - QPoint(0, menu.sizeHint().height() + 4))
        menu.deleteLater()

    def scope_menu(self) -> QMenu:
        """The menu of scopes."""
        menu = QMenu(self)
        for item in self._offered():
            choose, sign = self._choosing(item), theme.icon(item.glyph)
            ticked(menu, item.name, choose, on=item == self._current, sign=sign)
        return menu

    # -- asking ----------------------------------------------------------------------------------

    def quote(self, words: str) -> None:
        """Attach a quotation to the next question; "" removes it."""
        clear(self._quoted)
        self.quotation = words
        if words:
            remove = tool("close", tr("Remove the quotation"), call=lambda: self.quote(""))
            line = row(QuoteText(words, size="body"), remove, margins=(12, 8, 4, 8), wide=0)
            self._quoted.addWidget(holder(line, "sunken", tr("Quotation: {words}", words=words)))
        self._read(self.field.text())

    @property
    def line(self) -> str:
        """The normalised text of the field, preceded by the quotation."""
        typed = " ".join(self.field.text().split())
        return f"“{self.quotation}” {typed}" if self.quotation and typed else typed

    def clear(self) -> None:
        """Clear the field and the quotation."""
        self.field.clear()
        self.quote("")

    def ask(self) -> None:
        """Submit the field's text as a question or statement, as the button says."""
        self._submit(as_statement=self._intent != "ask")

    def _submit(self, *, as_statement: bool) -> None:
        if self.line:
            (self.said if as_statement else self.asked).emit(self.line, self.scope)

    def _press(self) -> None:
        if self.busy:
            self.stopped.emit()
        else:
            self.ask()

    def _read(self, text: str) -> None:
        """Classify the line as question, statement or remark."""
        # Deferred, to keep these imports out of start-up.
        from workbench.memory.turn.intent import intent

        line = " ".join(text.split())
        # Text in quotation marks is searched for verbatim.
        is_quoted = bool(self.quotation) or (line.startswith("“") and line.endswith("”"))
        self._intent = intent(line).value if line and not is_quoted else "ask"
        self._name_button()

    def set_busy(self, busy: bool) -> None:
        """Turn the button into Stop during a question; typing and Enter still work."""
        self.busy = busy
        self._name_button()

    def _name_button(self) -> None:
        word, glyph, other = _INTENTS[self._intent]
        if self.busy:
            word, glyph, tip = tr("Stop"), "close", tr("Stop (Esc)")
        else:
            tip = tr("{word} (Enter)\n{other}", word=word, other=other)
        self.ask_button.setText(f" {word}")
        self.ask_button.setIcon(theme.icon(glyph, "on_accent"))
        self.ask_button.setAccessibleName(word)
        self.ask_button.setToolTip(tip)

    # -- history ---------------------------------------------------------------------------------

    def set_history(self, questions: Sequence[str]) -> None:
        """Set the questions of this session, oldest first."""
        self._history = list(questions)
        self._at = None
        self._earlier.setEnabled(self._kept or bool(self._history))

    def set_edge(self, pixels: int) -> None:
        """Set the left and right margins in pixels."""
        self._column.setContentsMargins(pixels, 10, pixels, 10)

    def set_history_available(self, *, available: bool) -> None:
        """Set whether questions of earlier sessions are available."""
        self._kept = available
        self._earlier.setEnabled(available or bool(self._history))

    def show_history(self) -> None:
        """Open the menu of this session's questions, or the saved ones if there are none."""
        if not self._history:
            self.history_requested.emit()
            return
        menu = self.history_menu()
        corner = self.field.mapToGlobal(self.field.rect().topRight())
        size = menu.sizeHint()
        menu.exec(corner - QPoint(size.width(), size.height() + 4))
        menu.deleteLater()

    def history_menu(self) -> QMenu:
        """The menu of this session's questions."""
        menu = QMenu(self)
        metrics = menu.fontMetrics()
        first = max(0, len(self._history) - _MAX_HISTORY)
        for index in range(len(self._history) - 1, first - 1, -1):
            text = metrics.elidedText(
                self._history[index], Qt.TextElideMode.ElideRight, theme.px(420)
            )
            action = menu.addAction(text.replace("&", "&&"), partial(self.recalled.emit, index))
            action.setToolTip(self._history[index])
        menu.addSeparator()
        menu.addAction(tr("All Questions…"), self.history_requested.emit)
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
            enter = event.key() in ENTER
            if enter and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self._submit(as_statement=self._intent == "ask")
                return True
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.ask()
                return True
        return super().eventFilter(watched, event)


def _sources(sources: Sequence[int], title: str) -> _Scope:
    """A scope of sources: a single one by its title, several by their number."""
    heading = title if len(sources) == 1 else count(len(sources), "source")
    return _Scope(sources=tuple(sources), title=heading)
