"""The page of Ask: the current turn of a thread between earlier and later ones.

The current turn stays at the top of the viewport until the reader scrolls.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QLayout, QScrollArea, QSizePolicy, QWidget

from workbench.ui import theme
from workbench.ui.ask.answer_view import AnswerView
from workbench.ui.ask.composer import Composer
from workbench.ui.ask.saying import STOPPED, LineOutcome
from workbench.ui.ask.thread import Numbered
from workbench.ui.ask.wording import (
    displayed_evidence,
    heading_of,
    place_words,
    title_of,
)
from workbench.ui.components import (
    Elided,
    clear,
    column,
    count,
    holder,
    label,
    paragraph,
    quiet_button,
    row,
    rule,
    scroll,
)
from workbench.ui.language import tr


class PastTurn(QWidget):
    """A summary of a line and its outcome."""

    #: A request to show the turn in full.
    selected = Signal()
    #: The number of the citation to open.
    opened = Signal(int)

    def __init__(self, outcome: LineOutcome) -> None:
        super().__init__()
        title = title_of(outcome.line, heading_of(outcome.line), "section")
        parts: list[QWidget | int | None] = [title]
        answer = outcome.displayed
        if outcome.turn is not None and (answer is None or outcome.turn.text):
            parts.append(paragraph(outcome.turn.text, "muted"))
        if answer is not None:
            if answer.value and outcome.read and not answer.possible:
                parts.append(paragraph(answer.value, "page"))
            if answer.abstained:
                parts.append(label(tr("Not in your sources") if outcome.read else STOPPED, "muted"))
            elif answer.possible and answer.mode == "quotes":
                parts.append(label(tr("May answer"), "muted"))
            elif answer.sentences:
                view = AnswerView(answer, {})
                view.cited.connect(self.opened)
                parts.append(view)
        parts.append(self._foot(outcome))
        self.setLayout(column(*parts, margins=(0, 14, 0, 10), gap=6))
        self.setAccessibleName(
            tr("Earlier in this thread: {heading_of}", heading_of=heading_of(outcome.line))
        )

    def _foot(self, outcome: LineOutcome) -> QWidget:
        answer = outcome.displayed
        cited = [n for item in answer.sentences for n in item.citations] if answer else []
        results = [item for item in answer.evidence if item.n in cited[:1]] if answer else []
        location = "".join(
            f"{item.source.title}, {place_words(item.locator, item.source)}" for item in results
        )
        pieces = len(displayed_evidence(answer)) if answer is not None else 0
        words = tr("Show {passages}", passages=count(pieces, "passage")) if pieces else tr("Show")
        back = quiet_button(words, call=self.selected, name=f"{words}: {heading_of(outcome.line)}")
        line = row(Elided(location, "small"), back, wide=0)
        visible = QWidget()
        visible.setLayout(line)
        return visible


#: Readable width in pixels.
_WIDTH = 800
#: Outer and inner margin of the composer, minimum width in line heights for them, and the narrow
#: margin.
_MARGIN, _EDGE, _ROOMY, _NARROW_EDGE = 8, 24, 24, 14
_NO_LIMIT = 16_777_215  # QWIDGETSIZE_MAX


class ThreadPage(QObject):
    """The contents of the scroll `area`; `show_turn` replaces the current turn."""

    #: The number of an earlier or later turn to show.
    turn_selected = Signal(int)
    #: (answer, number): evidence of another turn to open in the Reader.
    evidence_opened = Signal(object, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        # One permanent page, since reparented widgets would be styled again.
        self._body = column()
        self.inside = holder(self._body)
        policy = QSizePolicy.Policy
        self.inside.setSizePolicy(policy.Expanding, policy.Preferred)
        # From the left, so that nothing moves when a page comes beside the answer.
        margins = row(self.inside, None, margins=(32, 22, 32, 20), wide=0)
        margins.setStretch(0, 1000)
        self.area: QScrollArea = scroll(holder(margins), tr("Answer and evidence"))
        self._bar = self.area.verticalScrollBar()
        self._now: QWidget | None = None
        self._bar.rangeChanged.connect(self._scroll_to_current)
        self._bar.actionTriggered.connect(self._scrolled)

    def show_turn(
        self,
        content: QWidget | QLayout,
        previous: Sequence[Numbered] = (),
        after: Sequence[Numbered] = (),
        *,
        full_width: bool = False,
    ) -> None:
        """Show a turn at a readable width, or at `full_width`.

        The turns `previous` and `after` are shown above and below it.
        """
        clear(self._body)
        self.inside.setMaximumWidth(_NO_LIMIT if full_width else theme.px(_WIDTH))
        current = content if isinstance(content, QWidget) else holder(content)
        above = [self._past(*item) for item in previous]
        for turn in above:
            self._body.addWidget(turn)
            self._body.addWidget(rule())
        self._body.addWidget(current)
        for item in after:
            self._body.addWidget(rule())
            self._body.addWidget(self._past(*item))
        self._now = current if above else None
        self._bar.setValue(0)
        QTimer.singleShot(0, self, self._scroll_to_current)

    def _past(self, number: int, outcome: LineOutcome) -> PastTurn:
        turn = PastTurn(outcome)
        turn.selected.connect(partial(self.turn_selected.emit, number))
        turn.opened.connect(partial(self.evidence_opened.emit, outcome.displayed))
        return turn

    def see(self, part: QWidget) -> None:
        """Scroll to make a widget visible."""
        self._now = None
        self.area.ensureWidgetVisible(part, 0, theme.px(16))

    @property
    def place(self) -> int | None:
        """The scroll position in pixels; None while the page follows the current turn."""
        return None if self._now is not None else self._bar.value()

    def go_to(self, place: int | None) -> None:
        """Restore a scroll position once the layout is complete."""
        if place is not None:
            self._now = None
            QTimer.singleShot(0, self, partial(self._bar.setValue, place))

    def _scroll_to_current(self) -> None:
        self._body.activate()
        if self._now is not None:
            self._bar.setValue(self._now.y())

    def _scrolled(self) -> None:
        self._now = None


class Foot(QWidget):
    """The composer below the page, aligned with it despite the scroll bar."""

    def __init__(self, composer: Composer, area: QScrollArea) -> None:
        super().__init__()
        self._composer, self._area = composer, area
        self._beside_bar = QWidget()
        self._box = row(composer, None, self._beside_bar, gap=0)
        self._box.setStretch(0, 1000)
        self.setLayout(self._box)
        area.viewport().installEventFilter(self)

    def fit(self) -> None:
        """Set the maximum width to that of the page."""
        self._composer.setMaximumWidth(theme.px(_WIDTH) + 48)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            # In a narrow window the field takes the whole width.
            roomy = self._area.width() >= _ROOMY * self.fontMetrics().height()
            bar_width = self._area.width() - self._area.viewport().width()
            self._box.setContentsMargins(_MARGIN * roomy, 0, _MARGIN * roomy, 0)
            self._composer.set_edge(_EDGE if roomy else _NARROW_EDGE)
            self._beside_bar.setFixedWidth(bar_width * roomy)
        return super().eventFilter(watched, event)
