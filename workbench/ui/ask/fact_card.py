"""The card of a fact that answers: text with the value marked, origin and date.

It is separate from the evidence, as a fact has no page to open and no citation.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy

from workbench.memory.facts.records import Fact
from workbench.ui.ask.quote import QuoteText, Span
from workbench.ui.components import (
    ENTER,
    Sign,
    column,
    flow,
    label,
    paragraph,
    quiet_button,
    row,
    words,
)
from workbench.ui.language import tr
from workbench.ui.shelf.wanted import Wanted

#: Characters of a fact shown on a card; it may have ten million.
_MAX_CHARACTERS = 2000


class StatementCard(QFrame):
    """A fact; Enter or a double click opens it in the Library. `buttons` are at the bottom."""

    def __init__(
        self,
        fact: Fact,
        requests: Wanted,
        marks: Sequence[Span] = (),
        buttons: Sequence[QPushButton] = (),
    ) -> None:
        super().__init__()
        self.fact = fact
        self._open = partial(requests.statement.emit, fact.id)
        self.setProperty("card", "true")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Note, {provenance}", provenance=provenance(fact)))
        self.setAccessibleDescription(words.short(fact.text, _MAX_CHARACTERS))
        by = paragraph(tr("Said by {teller}", teller=teller(fact)), "strong")
        date = label(
            words.day(fact.at, year=True),
            "small",
            tip=tr("Added {told}", told=words.day(fact.told, year=True)),
        )
        head = row(Sign("note", size=16), by, date, wide=1)
        self.quote = QuoteText(*_excerpt(fact.text, [span for span in marks if span[0] < span[1]]))
        self.open_button = quiet_button(
            tr("Show in Library"),
            call=self._open,
            name=tr("Show in Library: {text}", text=fact.text[:80]),
        )
        status = paragraph(status_line(fact), "caption")
        foot = flow(*buttons, self.open_button, gap=12)
        self.setLayout(column(head, self.quote, status, foot, margins=(15, 11, 11, 7), gap=6))
        status.setVisible(bool(status.text()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self._open()
        else:
            super().keyPressEvent(event)


def _excerpt(text: str, marks: Sequence[Span]) -> tuple[str, list[Span]]:
    """An excerpt of a long text around its first mark, with the marks shifted."""
    if len(text) <= _MAX_CHARACTERS:
        return text, list(marks)
    start = max(0, marks[0][0] - _MAX_CHARACTERS // 2) if marks else 0
    end, previous = start + _MAX_CHARACTERS, "… " if start else ""
    after = " …" if end < len(text) else ""
    shifted = [(a - start + len(previous), b - start + len(previous)) for a, b in marks if b <= end]
    return f"{previous}{text[start:end]}{after}", shifted


def teller(fact: Fact) -> str:
    """Who stated a fact, for use within a sentence."""
    return ", ".join(fact.sources) if fact.sources else tr("you")


def status_line(fact: Fact) -> str:
    """The collection of a fact, and whether it was replaced or archived; "" if neither applies."""
    parts = [tr("In “{collection}”", collection=fact.collection)] if fact.collection else []
    if not fact.current:
        parts.append(tr("Replaced by a newer note"))
    if fact.archived:
        parts.append(tr("Archived"))
    return " · ".join(parts)


def provenance(fact: Fact) -> str:
    """Who stated a fact, where and when, in one line."""
    location = tr(" in {collection}", collection=fact.collection) if fact.collection else ""
    return tr(
        "said by {teller}{where}, {at}",
        teller=teller(fact),
        where=location,
        at=words.day(fact.at, year=True),
    )
