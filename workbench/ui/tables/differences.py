"""Differences between sources: a list, and the two sides of one with their passages."""

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from workbench.recall.records import Evidence, SourceDifference
from workbench.ui.ask.quote import QuoteText
from workbench.ui.ask.wording import place_words
from workbench.ui.components import (
    CellStyle,
    Column,
    DetailPane,
    EmptyState,
    ResponsiveRow,
    button,
    card,
    column,
    flow,
    label,
    paragraph,
    quiet_button,
    row,
    segment,
    show_details,
    words,
)
from workbench.ui.language import tr
from workbench.ui.library.list_page import View
from workbench.ui.memories.switch import DIFFERENCES
from workbench.ui.shelf.shelf import Shelf
from workbench.ui.tables.ask_page import AskPage
from workbench.ui.window.context import Context

#: Maximum differences that are listed.
_MOST = 200
#: Pixels: the width of the list, and that below which the sides stand one below the other.
_LIST, _NARROW = 360, 620
#: Maximum characters of a value in a button, and of one that is shown large.
_IN_BUTTON, _LARGE = 28, 60
#: The states that are listed by the segments, with their names.
_STATES = {"open": tr("Not settled"), "settled": tr("Settled"), "dismissed": tr("Dismissed")}
_NO_VALUE = "–"


def _value(evidence: Evidence) -> str:
    return " … ".join(evidence.quote[start:end] for start, end in evidence.highlights) or _NO_VALUE


def _topic(difference: SourceDifference) -> str:
    first, second = _value(difference.first), _value(difference.second)
    if first == _NO_VALUE:
        return tr("Added: {sentence}", sentence=second)
    if second == _NO_VALUE:
        return tr("Left out: {sentence}", sentence=first)
    return f"{first}  ≠  {second}"


def _titles(difference: SourceDifference) -> str:
    return f"{difference.first.source.title} · {difference.second.source.title}"


_COLUMNS = (
    Column(
        "topic", tr("Difference"), _topic, tip=lambda d: f"{_topic(d)}\n{_titles(d)}",
        style=lambda _d: CellStyle("text"), subtitle=_titles,
    ),
)  # fmt: skip


_VIEW: View[SourceDifference] = View(
    *(tr("Differences"), "differences:read", _COLUMNS),
    lambda d: f"{d.first.source.title}: {d.first.quote} {d.second.source.title}: {d.second.quote}",
    lambda d: (d.first.engram, d.second.engram), sortable=False, high=56,
)  # fmt: skip


class DifferenceDetail(DetailPane):
    """The two sides of a difference, who says what and when, and which holds."""

    #: The `Evidence` to open.
    open_requested = Signal(object)
    #: The new state of the difference.
    settled = Signal(str)

    def __init__(self, shelf: Shelf) -> None:
        super().__init__(tr("Difference"))
        self._shelf = shelf
        self._shown: SourceDifference | None = None
        self.buttons: dict[str, QPushButton] = {}

    def show_difference(self, difference: SourceDifference | None) -> None:
        """Show a difference; None for none."""
        if difference != self._shown:
            self._shown = difference
            self._rebuild()

    def _rebuild(self) -> None:
        shown = self._shown
        self.buttons = {}
        if shown is None:
            show_details(self._area, paragraph(tr("Select a difference."), "muted"))
            return
        sides = ResponsiveRow([self._side(shown.first), self._side(shown.second)], _NARROW, 14)
        show_details(
            self._area,
            paragraph(_reason(shown), "muted"),
            6,
            sides,
            10,
            label(tr("Which holds?") if shown.kind == "value" else tr("Is it settled?"), "head"),
            flow(*self._choices(shown)),
            *([paragraph(said, "caption")] if (said := _state_words(shown)) else []),
            top=20,
        )

    def _side(self, evidence: Evidence) -> QWidget:
        value = _value(evidence)
        large = label(value, "page" if len(value) <= _LARGE else "section", wrap=True)
        place = place_words(evidence.locator, evidence.source)
        title = evidence.source.title
        open_it = quiet_button(
            tr("Open"),
            name=tr("Open {title}", title=title),
            call=lambda: self.open_requested.emit(evidence),
        )
        said = self._said_by(evidence)
        head = [large] if value != _NO_VALUE else []
        head += [paragraph(said, "small")] if said else []
        where = paragraph(f"{title}, {place}" if place else title, "caption")
        quote = QuoteText(evidence.quote, evidence.highlights)
        body = column(
            *head, quote, row(where, open_it, wide=0), None, margins=(16, 14, 16, 12), gap=8
        )
        return card(body, name=f"{value}, {title}")

    def _said_by(self, evidence: Evidence) -> str:
        """The author and the date of a source, as far as known."""
        id = evidence.source.id
        source = next((item for item in self._shelf.sources if item.id == id), None)
        if source is None:
            return ""
        return ", ".join(filter(None, (source.author, words.date(source.date))))

    def _choices(self, shown: SourceDifference) -> list[QWidget]:
        names = {"dismissed": tr("Not a difference")}
        if shown.kind == "value":
            first, second = (
                words.short(_value(side), _IN_BUTTON) for side in (shown.first, shown.second)
            )
            names = {
                "first": tr("{value} holds", value=first),
                "second": tr("{value} holds", value=second),
                "settled": tr("Both hold"),
                **names,
            }
        else:
            names = {"settled": tr("Settled"), **names}
        if shown.state != "open":
            names = {"open": tr("Open again")}
        self.buttons = {
            state: button(name, call=partial(self.settled.emit, state))
            for state, name in names.items()
        }
        return list(self.buttons.values())


def _reason(difference: SourceDifference) -> str:
    return {
        "value": tr("Two sources disagree about one thing."),
        "wording": tr("Two editions of one text word this sentence differently."),
        "added": tr("Only the second edition has this sentence. It is missing here in the first:"),
        "removed": tr(
            "Only the first edition has this sentence. It is missing here in the second:"
        ),
    }[difference.kind]


def _state_words(difference: SourceDifference) -> str:
    holding = {"first": difference.first, "second": difference.second}.get(difference.state)
    if holding is not None:
        return tr("You said that {value} holds.", value=_value(holding))
    return {
        "settled": tr("You settled it."),
        "dismissed": tr("You said that it is no difference."),
    }.get(difference.state, "")


class DifferencesPage(AskPage[SourceDifference]):
    """Lists the differences of the current collection, with the two sides beside."""

    def __init__(self, context: Context) -> None:
        self.states = {name: self._segment(name, text) for name, text in _STATES.items()}
        self.state = "open"
        super().__init__(context, _VIEW, DIFFERENCES, *self.states.values())
        self.table.horizontalHeader().hide()
        self._navigate = context.navigate
        self.detail = DifferenceDetail(context.library)
        self.detail.open_requested.connect(self._open_at)
        self.detail.settled.connect(lambda state: self._call_selected(partial(self._settle, state)))
        self.selection_changed.connect(self.detail.show_difference)
        self.divide(self.detail, _LIST)
        key = Qt.Key
        self.add_actions(
            (tr("Open the first"), lambda d: self._open_at(d.first), (key.Key_Return,)),
            (tr("Open the second"), lambda d: self._open_at(d.second), (key.Key_Space,)),
            (tr("Settled"), partial(self._settle, "settled"), (key.Key_S,)),
            (tr("Not a difference"), partial(self._settle, "dismissed"), (key.Key_D,)),
        )

    def _segment(self, name: str, text: str) -> QToolButton:
        press = segment(text, call=partial(self.show_state, name))
        press.setChecked(name == "open")
        press.setAutoExclusive(True)
        return press

    def show_state(self, name: str) -> None:
        """List the "open", "settled" or "dismissed" differences."""
        self.states[name].setChecked(True)
        if name != self.state:
            self.state = name
            self.detail.show_difference(None)
            self.reload()

    def _open_at(self, evidence: Evidence) -> None:
        place = evidence.locator
        self._navigate.read_at(evidence.source.id, place.start, place.end)

    def _settle(self, state: str, difference: SourceDifference) -> None:
        pair = difference.first.engram, difference.second.engram
        self._shelf.act(
            tr("Settle a difference"),
            lambda library: library.differences.settle(*pair, state=state),
            show=lambda _is_done: self.reload(),
        )

    def _read(self) -> None:
        collection, state = self._scope.collection, self.state
        self._load_long(
            lambda library, report, cancel: library.differences.list(
                collection, state=state, limit=_MOST + 1, report=report, cancel=cancel
            ),
            *(self._show, self.count, tr("Comparing…")),
        )

    def _show(self, rows: list[SourceDifference]) -> None:
        self.model.show_rows(rows[:_MOST])
        if rows and self.selected() is None:
            self.table.setCurrentIndex(self.model.index(0, 0, QModelIndex()))
        self.detail.show_difference(self.selected() if rows else None)
        count = words.count(len(self.model.rows), "difference")
        if len(rows) > _MOST:
            count = tr("The first {shown}", shown=count)
        self.count.setText(count if rows else "")
        self.stack.setCurrentIndex(0)
        if not rows:
            self.stack.show_other(_empty(self.state))


def _empty(state: str) -> EmptyState:
    if state == "open":
        text = tr(
            "Two editions of one text are compared sentence by sentence, and other sources by the "
            "dates and numbers that they give for the same thing. Add another source on it, or ask "
            "about it."
        )
        return EmptyState("table", tr("No differences found"), text)
    if state == "settled":
        text = tr("Say of an open difference which side holds; it then stands here.")
        return EmptyState("table", tr("Nothing is settled yet"), text)
    text = tr("What you say is no difference stands here, and can be opened again.")
    return EmptyState("table", tr("Nothing is dismissed"), text)
