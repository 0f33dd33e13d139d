"""The margin beside the page, with a card for each highlight at the height of its words.

Cards only move down to avoid overlap, and scroll with the page.
"""

from collections.abc import Callable, Sequence
from textwrap import shorten
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from workbench.ui import theme
from workbench.ui.components import (
    ENTER,
    button,
    column,
    day,
    label,
    markdown,
    on_paper,
    paragraph,
    quoted,
    row,
)
from workbench.ui.language import tr

if TYPE_CHECKING:
    from workbench.memory.notes.records import Highlight

WIDE, NARROW = 320, 264
#: Cards are created within this distance of the viewport in pixels, as a book may have thousands.
REACH = 2000
_GAP, _ABOVE, _EDGE = 8, 8, 12
_QUOTED, _QUOTED_NOTED = 160, 90
_LINES = 4


class NoteField(QPlainTextEdit):
    """The editor of a note: Ctrl+Enter or losing focus saves, Esc discards changes."""

    done = Signal(str)
    dropped = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._over = False
        self.setAccessibleName(tr("Note"))
        self.setPlaceholderText(tr("Write a note…"))
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES + theme.px(16))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self._end(None)
        elif control and event.key() in ENTER:
            self._end(self.toPlainText())
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._end(self.toPlainText())

    def _end(self, text: str | None) -> None:
        if self._over:
            return
        self._over = True
        if text is None:
            self.dropped.emit()
        else:
            self.done.emit(text.strip())


class Card(QFrame):
    """A highlight with its note; Enter or a click goes to its words, N edits, Delete removes."""

    chosen = Signal(int)
    noted = Signal(int, str)
    removed = Signal(int)
    #: The address of a clicked link in the note.
    followed = Signal(str)
    #: Editing of the note has ended.
    ended = Signal()
    #: The height may have changed.
    grew = Signal()

    def __init__(self, highlight: "Highlight", parent: QWidget) -> None:
        super().__init__(parent)
        self.highlight = highlight
        self.active = False
        self.field: NoteField | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("card", "margin")
        self._box = column(margins=(12, 9, 11, 11), gap=4)
        strip = QFrame()
        strip.setProperty("card", "strip")
        strip.setProperty("pen", highlight.colour)
        self._line = row(strip, self._box, margins=(1, 1, 1, 1), gap=0, wide=1)
        self.setLayout(self._line)
        self._fill()

    def _fill(self) -> None:
        item = self.highlight
        kind = tr("Note") if item.note else tr("Highlight")
        head = row(label(kind, "head"), None, label(day(item.changed), "caption"), gap=4)
        self._box.addLayout(head)
        maximum = _QUOTED_NOTED if item.note else _QUOTED
        quote = paragraph(
            quoted(shorten(item.quote, maximum, placeholder="…")), "muted" if item.note else ""
        )
        quote.setFont(theme.font("body", serif=True))
        self._box.addWidget(quote)
        if item.note:
            self._box.addWidget(markdown(item.note, self.followed))
        if item.lost:
            missing = paragraph(tr("These words are no longer in the text."), "warn")
            remove = button(tr("Remove"), "trash", "quiet", call=lambda: self.removed.emit(item.id))
            self._box.addWidget(missing)
            self._box.addLayout(row(remove, None))
        text = f"{kind}, {item.colour}: {item.quote}"
        self.setAccessibleName(f"{text}. {item.note}" if item.note else text)
        self.setToolTip(item.quote if len(item.quote) > maximum else "")

    def set_active(self, active: bool) -> None:
        """Mark the card as the active one."""
        self.active = active
        self.setProperty("active", active)
        self.style().polish(self)

    def write(self) -> None:
        """Edit the note in the card."""
        if self.field is not None:
            self.field.setFocus()
            return
        self.field = NoteField(self.highlight.note)
        self.field.done.connect(self._finished)
        self.field.dropped.connect(self._close)
        self._box.addWidget(self.field)
        self.field.show()
        self.grew.emit()
        self.field.setFocus()

    def _finished(self, text: str) -> None:
        self._close()
        if text != self.highlight.note:
            self.noted.emit(self.highlight.id, text)

    def _close(self) -> None:
        if self.field is not None:
            field, self.field = self.field, None
            had = field.hasFocus()
            field.hide()
            field.deleteLater()
            if had:
                self.setFocus()
            self.grew.emit()
            self.ended.emit()

    def height_at(self, width: int) -> int:
        """The height of the card for a width."""
        self._line.activate()
        high = self._line.heightForWidth(width)
        return high if high > 0 else self._line.sizeHint().height()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self.highlight.id)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.write()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.chosen.emit(self.highlight.id)
        elif event.key() == Qt.Key.Key_N:
            self.write()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit(self.highlight.id)
        else:
            super().keyPressEvent(event)


class Margin(QWidget):
    """The margin's cards; `place` returns the y coordinate of a highlight, None if out of reach."""

    chosen = Signal(int)
    noted = Signal(int, str)
    removed = Signal(int)
    followed = Signal(str)

    def __init__(self, place: "Callable[[Highlight], float | None]") -> None:
        super().__init__()
        self._place = place
        self.cards: list[Card] = []
        #: Shown while there are no highlights.
        self.hint = paragraph(tr("Select words to highlight them or to write a note."), "caption")
        self.hint.setParent(self)
        self.setAccessibleName(tr("Highlights and notes"))
        on_paper(self, "canvas")
        theme.watch(self, self._renew)
        self.hide()

    def show_highlights(self, highlights: "Sequence[Highlight]", active: int | None) -> None:
        """Show cards for highlights close to the viewport; cards being edited are kept."""
        retained = {card.highlight.id: card for card in self.cards}
        self.cards = []
        for item in filter(self._distance, highlights):
            card = retained.get(item.id)
            if card is not None and (card.highlight == item or card.field is not None):
                del retained[item.id]
            else:
                card = self._create(item)
            card.set_active(item.id == active)
            self.cards.append(card)
        for old in retained.values():
            if old.field is None:
                old.hide()
                old.deleteLater()
            else:
                self.cards.append(old)
        self.arrange()

    def _distance(self, item: "Highlight") -> bool:
        place = self._place(item)
        return place is not None and -REACH < place < self.height() + REACH

    def _create(self, item: "Highlight") -> Card:
        card = Card(item, self)
        card.chosen.connect(self.chosen)
        card.noted.connect(self.noted)
        card.removed.connect(self.removed)
        card.followed.connect(self.followed)
        card.grew.connect(self.arrange)
        return card

    def _renew(self) -> None:
        """Recreate cards to apply a new theme, except those being edited."""
        visible = [card.highlight for card in self.cards if card.field is None]
        active = next((card.highlight.id for card in self.cards if card.active), None)
        for card in self.cards:
            if card.field is None:
                card.hide()
                card.deleteLater()
        self.cards = [card for card in self.cards if card.field is not None]
        self.show_highlights([*visible, *(card.highlight for card in self.cards)], active)

    def card(self, id: int) -> Card | None:
        """The card of a highlight, None if it has none."""
        return next((card for card in self.cards if card.highlight.id == id), None)

    def arrange(self) -> None:
        """Move each card beside its words, or below the previous card."""
        width = self.width() - _EDGE - _GAP
        self.hint.setGeometry(_GAP * 2, _EDGE, width - _GAP, self.hint.heightForWidth(width - _GAP))
        positions = [(self._place(card.highlight), card) for card in self.cards]
        bottom: float | None = None
        present = ((place, card) for place, card in positions if place is not None)
        for place, card in sorted(present, key=lambda pair: (pair[0], pair[1].highlight.start)):
            top = place - _ABOVE if bottom is None else max(place - _ABOVE, bottom)
            high = card.height_at(width)
            card.setGeometry(_GAP, round(top), width, high)
            card.show()
            bottom = top + high + _GAP
        for tops, card in positions:
            if tops is None:
                card.hide()

    def scroll_by(self, down: int) -> None:
        """Move the cards along with a page scrolled down by so many pixels."""
        for card in self.cards:
            card.move(card.x(), card.y() - down)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(WIDE), 0)
