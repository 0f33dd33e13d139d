"""The Today tab: question field, and sections that are hidden while empty.

The content is stable while in use: handled entries show their result in place, and news is
announced by a button, to be shown on request or at the next visit.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QPushButton,
    QScrollArea,
    QWidget,
)

from workbench.errors import WorkbenchError
from workbench.memory.facts.records import Fact
from workbench.memory.kinds.records import Conflict, Review
from workbench.memory.vital.records import Alert, Health
from workbench.sleep.records import Proposal, Slept
from workbench.store.records import SourceRow
from workbench.ui import theme
from workbench.ui.ask.composer import Composer
from workbench.ui.components import (
    Elided,
    EmptyState,
    ResponsiveRow,
    ShareBar,
    Sign,
    Stack,
    button,
    card,
    centred,
    clear,
    column,
    delayed,
    error_message,
    fill,
    flow,
    holder,
    label,
    message,
    paragraph,
    pointed,
    quiet_button,
    row,
    scroll,
    tool,
    words,
)
from workbench.ui.language import tr
from workbench.ui.library.covers import Cover, CoverCache
from workbench.ui.memories.rows import teller
from workbench.ui.shelf.shelf import Shelf
from workbench.ui.sleep import wording
from workbench.ui.sleep.page import SleepPage
from workbench.ui.today.fading import FadingRows
from workbench.ui.today.gathering import MAX_REVIEWS, Gathered, Key, Rested, date, gather
from workbench.ui.today.ideas import Idea
from workbench.ui.today.requests import TodayRequests
from workbench.ui.today.reviewing import ReviewCard

_CONTRADICTIONS = 600  # characters
RESOLUTIONS = (
    ("newer", tr("Keep newer")),
    ("older", tr("Keep older")),
    ("both", tr("Both are true")),
)
_RESOLVED_TEXTS = {
    "newer": tr("Kept the newer one."),
    "older": tr("Kept the older one."),
    "both": tr("Kept both."),
}


class ConflictRow(QWidget):
    """Two contradictory facts; once resolved it shows the result, with Undo."""

    def __init__(self, conflict: Conflict, requests: TodayRequests) -> None:
        super().__init__()
        self.conflict, self._requests = conflict, requests
        self._actions = column()
        content = column(
            self._side(tr("Newer"), conflict.newer), self._side(tr("Older"), conflict.older),
            holder(self._actions), margins=(16, 12, 16, 12), gap=8,
        )  # fmt: skip
        name = tr("Contradiction: {text}", text=words.short(conflict.newer.text, 120))
        self.setLayout(column(card(content, name=name)))
        self.open()

    def _side(self, title: str, fact: Fact) -> QWidget:
        text = paragraph(" ".join(words.short(fact.text, _CONTRADICTIONS).split()), "")
        date = words.day(fact.at, year=True)
        show = quiet_button(
            tr("Show"),
            call=partial(self._requests.fact.emit, fact.id),
            name=tr("Show: {text}", text=words.short(fact.text, 80)),
        )
        details = f"{title} · {date} · {teller(fact.sources)}"
        if fact.collection:
            details += f" · {fact.collection}"
        return holder(column(text, row(Elided(details, "caption"), show, gap=8), gap=0))

    def open(self) -> None:
        """Offer the resolutions, initially or again."""
        clear(self._actions)
        presses = (
            button(
                word,
                call=partial(self._requests.resolved.emit, self.conflict, resolution),
                name=f"{word}: {words.short(self.conflict.newer.text, 60)}",
            )
            for resolution, word in RESOLUTIONS
        )
        self._actions.addWidget(flow(*presses))

    def show_resolved(self, resolution: str) -> None:
        """Show the resolution."""
        clear(self._actions)
        reopen = partial(self._requests.unresolved.emit, self.conflict)
        undo = quiet_button(tr("Undo"), "undo", call=reopen)
        self._actions.addLayout(row(label(_RESOLVED_TEXTS[resolution], "small"), undo, None))


def sleep_summary(slept: Slept, page: SleepPage) -> QWidget:
    """A summary of the last sleep, with Report and Undo."""
    text = paragraph(f"{wording.heading(slept)}: {wording.summary(slept)}", "")
    report = quiet_button(
        tr("Report"),
        call=partial(page.report_requested.emit, slept),
        name=tr("Report of the last sleep"),
    )
    line = row(Sign("sleep"), text, report, gap=10, wide=1)
    if slept.state == "done" and slept.run is not None:
        undo = quiet_button(
            tr("Undo"),
            "undo",
            name=tr("Undo the last sleep"),
            call=partial(page.undo_requested.emit, slept),
        )
        line.addWidget(undo)
    return holder(line)


def interrupted(page: SleepPage) -> QWidget:
    """A message about an interrupted sleep, which can be resumed."""
    go = button(tr("Sleep now"), "sleep", call=page.sleep_requested)
    reason = tr("Nothing was lost. It will continue where it stopped.")
    return holder(column(message("warn", tr("Sleep was interrupted"), reason, go)))


def section(
    title: str,
    *parts: QWidget,
    note: str = "",
    framed: bool = False,
    action: QWidget | None = None,
) -> QWidget:
    """A heading and its content, in a card if `framed`."""
    head = row(label(title, "head"), None)
    if note:
        head.addWidget(label(note, "caption"))
    if action is not None:
        head.addWidget(action)
    inside = column(*parts, gap=12 if framed else 4)
    if framed:
        inside.setContentsMargins(16, 12, 16, 12)
        return holder(column(head, card(inside, name=title), gap=6))
    return holder(column(head, inside, gap=4))


_READING = "today:read"
_DELAY = 250  # milliseconds
_COLUMN, _NARROW = 864, 560


@dataclass(frozen=True, slots=True)
class Line:
    """A line of Today: icon, text, note, and an action with its label.

    For a `source`, `share` is the part that was read, from 0 to 1, and `is_started` whether it was
    opened.
    """

    glyph: str
    role: str
    text: str
    note: str
    action: str
    call: Callable[[], object]
    share: float | None = None
    author: str = ""
    is_started: bool = False
    source: SourceRow | None = None


class TodayTab(QWidget):
    """Shows what is due; actions are emitted by `requests`."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf
        self.requests = TodayRequests(self)
        self._own_covers = CoverCache(shelf, self)
        self.gathered: Gathered | None = None
        self._pending: Gathered | None = None
        self._error: WorkbenchError | None = None
        self._handled: set[Key] = set()
        self._needs: Callable[[], Sequence[Line]] = tuple
        self._places: Callable[[], Sequence[Line]] = tuple
        self._shown_lines: tuple[tuple[str, str], ...] = ()
        self._stale, self._entered = True, False
        self._delay = delayed(self, self._gather, _DELAY)
        self.reviews: ReviewCard | None = None
        self.conflicts: list[ConflictRow] = []
        #: Widgets of alerts by id.
        self.alerts: dict[int, QWidget] = {}
        self.fading: FadingRows | None = None
        self.ideas: list[Idea] = []
        self.sleep_page = SleepPage()
        self.composer = Composer()
        box = self.composer.layout()
        if box is not None:
            box.setContentsMargins(0, 0, 0, 0)
        #: Whether reviews fill the page.
        self._alone = False
        #: Cards that are tried before they are due.
        self._tried: tuple[Review, ...] = ()
        self._date, self._title = label(date(), "small"), label(tr("Today"), "display")
        self._back = tool("left", tr("Back to Today"), call=self._leave_reviews)
        self._back.hide()
        self._news = quiet_button(tr("Show what is new"), "retry", call=self.renew)
        self._news.hide()
        self._body = column(gap=20)
        inner = column(
            self._date, row(self._back, self._title, None), 6, self.composer,
            row(self._news, None), 14, self._body, None, margins=(32, 28, 32, 24), gap=4,
        )  # fmt: skip
        page = holder(inner, "surface")
        page.setMaximumWidth(theme.px(_COLUMN))
        self._page = page
        self._scroll: QScrollArea = scroll(holder(centred(page), "surface"), tr("Today"))
        self._pages = Stack(self._scroll, self.sleep_page)
        fill(self, column(self._pages), name=tr("Today"))
        shelf.facts_changed.connect(self.refresh)
        shelf.sources_changed.connect(self.refresh)
        shelf.queue_changed.connect(self._queue_changed)
        shelf.switched.connect(self._forget)
        shelf.opening.connect(self._opening)
        shelf.open_failed.connect(self._not_read)
        theme.watch(self, self._restyle)

    # -- public API --------------------------------------------------------------------------------

    def set_line_sources(
        self, needs: Callable[[], Sequence[Line]], places: Callable[[], Sequence[Line]]
    ) -> None:
        """Set the providers of lines that need attention, and of recently read sources."""
        self._needs, self._places = needs, places

    def show_sleep(self) -> None:
        """Show the page of sleep."""
        self._pages.setCurrentWidget(self.sleep_page)

    def show_today(self) -> None:
        """Show the page of Today."""
        self._pages.setCurrentWidget(self._scroll)

    def review_alone(self) -> None:
        """Show only the reviews, one card at a time."""
        self._alone = True
        self._rebuild()
        if self.reviews is not None and self.reviews.first is not None:
            self.reviews.first.setFocus()

    def try_cards(self, reviews: Sequence[Review]) -> None:
        """Show only these cards, though none is due yet."""
        self._tried = tuple(reviews)
        self.review_alone()

    def _leave_reviews(self) -> None:
        if self._alone:
            self._alone, self._tried = False, ()
            self._handled.clear()
            self._rebuild()
            self.refresh()
            self.focus_first()

    def focus_first(self) -> None:
        """Focus the field, or the first button until questions are possible."""
        if self.composer.ready:
            self.composer.field.setFocus()
            return
        offered = self._page.findChildren(type(self._news))
        for press in offered:
            if press.isVisibleTo(self) and press.isEnabled() and press is not self._news:
                press.setFocus()
                return

    def refresh(self) -> None:
        """Reload: soon if visible, else when shown.

        At start-up the library's lists are loaded first.
        """
        self._stale = True
        if self.isVisible() and not self._delay.isActive():
            self._delay.start()

    def _gather(self) -> None:
        library = self._shelf.library
        if library is None or not self._shelf.loaded:
            if self._shelf.loaded:
                self._show(Gathered())
            return
        self._stale = False
        self._shelf.jobs.run(
            *(gather, library), done=self._receive, failed=self._not_read, key=_READING,
        )  # fmt: skip

    def renew(self) -> None:
        """Show the news."""
        if self._pending is not None:
            self._handled.clear()
            self._show(self._pending)
            self.focus_first()

    def review_answered(self, id: int, text: str) -> None:
        """Show that a review was rated or stopped, and go to the next."""
        self._handled.add(("review", id, 0))
        if self.reviews is not None:
            self.reviews.settle(id, text)

    def review_restored(self, reviews: Sequence[Review]) -> None:
        """Show reviews whose rating was undone or whose card was edited."""
        for review in reviews:
            if self.reviews is not None and review.due is not None:
                self._handled.discard(("review", review.id, 0))
                self.reviews.restore(review)

    def conflict_resolved(self, conflict: Conflict, resolution: str | None) -> None:
        """Show how a contradiction was resolved; None reopens it."""
        self._handled.add(("conflict", conflict.older.id, conflict.newer.id))
        for item in self.conflicts:
            same = item.conflict.older.id == conflict.older.id
            if same and item.conflict.newer.id == conflict.newer.id:
                if resolution is None:
                    item.open()
                else:
                    item.show_resolved(resolution)

    # -- loading -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if event.spontaneous():
            return
        self._date.setText(date())
        # A new visit shows the news.
        if self._pending is not None:
            self._handled.clear()
            self._show(self._pending)
        else:
            self._show_lines()
        if self._stale or self._handled:
            self._entered = True
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._delay.stop()

    def _receive(self, result: Gathered) -> None:
        self._error = None
        if self._entered or self.gathered is None or not self._reading():
            self._entered = False
            self._handled.clear()
            self._show(result)
            return
        self._pending = result
        previous = self.gathered.keys() | self._handled
        self._news.setVisible(not result.keys() <= previous)

    def _reading(self) -> bool:
        """Whether the user is busy with content that must not move."""
        focused = QApplication.focusWidget()
        inside = focused is not None and self._page.isAncestorOf(focused)
        typing = focused is self.composer.field and not self._scroll.verticalScrollBar().value()
        return bool(self._handled) or (inside and not typing)

    def _opening(self) -> None:
        self._error = None
        if self.gathered is None:
            # Keep the field, which may be in use.
            clear(self._body)
            self._body.addWidget(_looking())

    def _not_read(self, error: WorkbenchError) -> None:
        self._error = error
        self._rebuild()

    def _queue_changed(self) -> None:
        if self.isVisible() and not self._reading():
            self._show_lines()

    def _lines(self) -> tuple[tuple[str, str], ...]:
        return tuple((item.text, item.note) for item in (*self._needs(), *self._places()))

    def _show_lines(self) -> None:
        if not self._tried and self._lines() != self._shown_lines:
            self._rebuild()

    def _forget(self) -> None:
        self._shelf.jobs.cancel(_READING)
        self._delay.stop()
        self.gathered = self._pending = self._error = None
        self._tried = ()
        self._handled.clear()
        self._stale = True
        self._rebuild()

    # -- widgets -----------------------------------------------------------------------------------

    def _show(self, result: Gathered) -> None:
        same = result == self.gathered and not self._handled
        self.gathered, self._pending = result, None
        self._news.hide()
        if same or self._tried:
            self._show_lines()
        else:
            self._rebuild()

    def _restyle(self) -> None:
        self._page.setMaximumWidth(theme.px(_COLUMN))
        self._rebuild()

    def _rebuild(self) -> None:
        clear(self._body)
        self.reviews, self.conflicts, self.alerts = None, [], {}
        self.fading, self.ideas = None, []
        result = self.gathered or Gathered()
        self._shown_lines = self._lines()
        alone = self._alone = self._alone and bool(self._tried or result.reviews)
        self._date.setHidden(alone)
        self.composer.setHidden(alone)
        self._back.setVisible(alone)
        self._title.setText(tr("Review") if alone else tr("Today"))
        if alone:
            self._body.addWidget(self._due(result))
            return
        self.composer.set_ready(self._shelf.library is not None)
        parts = list(self._parts(result))
        if result.health is not None and parts:
            parts.append(_health(result.health))
        if not parts:
            parts.append(self._empty_state() if self._is_loaded else _looking())
        for part in parts:
            self._body.addWidget(part)

    def _parts(self, result: Gathered) -> Iterator[QWidget]:
        """Yield the sections, most urgent first."""
        if self._error is not None:
            ready = self._shelf.library is not None
            call = self.refresh if ready else self._shelf.start
            yield error_message(self._error, button(tr("Try again"), call=call))
        rest = result.rested
        slept = rest.sleep
        if slept is not None and slept.interrupted is not None and not slept.asleep:
            yield interrupted(self.sleep_page)
        if places := self._places():
            yield _reading(places, self._own_covers)
        if result.reviews:
            yield self._due(result)
        lines = [*map(_line, self._needs()), *map(self._alert, result.alerts)]
        if lines:
            yield section(tr("Needs attention"), *lines)
        if slept is not None and slept.last is not None:
            yield section(tr("Last sleep"), sleep_summary(slept.last, self.sleep_page))
        later: tuple[tuple[object, Callable[[], QWidget]], ...] = (
            (result.conflicts, partial(self._contradictions, result)),
            (rest.ideas, partial(self._ideas, rest)),
            (rest.fading, partial(self._fades, rest)),
        )
        yield from (build() for content, build in later if content)

    @property
    def _is_loaded(self) -> bool:
        """Whether the contents are known; no placeholder is shown before."""
        shelf = self._shelf
        return shelf.loaded and (shelf.library is None or self.gathered is not None)

    def _alert(self, alert: Alert) -> QWidget:
        """An alert with its advice and a button to acknowledge it."""
        text = paragraph(alert.message, "")
        press = quiet_button(
            tr("Acknowledge"),
            call=partial(self.requests.acknowledged.emit, alert),
            name=tr("Acknowledge: {message}", message=alert.message),
        )
        press.setEnabled(alert.id > 0)
        ink = "danger" if alert.severity == "critical" else "emergent"
        sign = Sign("info" if alert.severity == "info" else "alert", ink)
        created = holder(
            column(
                text,
                paragraph(pointed(alert.advice)),
                row(press, None),
                gap=2,
            )
        )
        line = row(sign, created, gap=10, wide=1)
        line.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        entire = self.alerts[alert.id] = holder(line)
        return entire

    def alert_acknowledged(self, alert: Alert) -> None:
        """Show in place that an alert was acknowledged."""
        self._handled.add(("alert", alert.id, 0))
        visible = self.alerts.get(alert.id)
        if visible is not None:
            for press in visible.findChildren(QPushButton):
                press.setEnabled(False)
                press.setText(tr("Acknowledged"))
                press.setAccessibleName(tr("Acknowledged: {message}", message=alert.message))

    def _due(self, result: Gathered) -> QWidget:
        self.reviews = ReviewCard(self._tried or result.reviews, self.requests)
        note = tr("{reviews} due", reviews=len(result.reviews))
        if self._tried:
            note = tr("tried before they are due")
        elif len(result.reviews) >= MAX_REVIEWS:
            note = tr("the first {reviews}", reviews=len(result.reviews))
        deck = quiet_button(tr("Export to Anki…"), call=self.requests.deck)
        presses = [deck]
        if not self._alone:
            presses.insert(0, quiet_button(tr("Full page"), call=self.review_alone))
        actions = holder(row(*presses, gap=16))
        return section(tr("Review"), self.reviews, note=note, framed=True, action=actions)

    def _contradictions(self, result: Gathered) -> QWidget:
        self.conflicts = [ConflictRow(conflict, self.requests) for conflict in result.conflicts]
        remainder = tr("and {more} more", more=words.number(result.more)) if result.more else ""
        return section(tr("Contradictions"), *self.conflicts, note=remainder)

    def _ideas(self, rested: Rested) -> QWidget:
        for at, idea in enumerate(rested.ideas):
            is_end = at == len(rested.ideas) - 1
            more = rested.ideas_total - len(rested.ideas) if is_end else 0
            self.ideas.append(Idea(idea, self.requests, more))
        return section(tr("Ideas to connect"), *self.ideas)

    def idea_decided(self, idea: Proposal) -> None:
        """Show in place that an idea was decided or reopened."""
        self._handled.add(("idea", idea.id, 0))
        for item in self.ideas:
            if item.proposal.id == idea.id:
                item.settle(idea.state)

    def _fades(self, rested: Rested) -> QWidget:
        self.fading = FadingRows(
            rested.fading, rested.fading_total, self.requests, is_complete=rested.complete
        )
        return section(tr("Fading"), self.fading, framed=True)

    def fading_archived(self, engrams: Sequence[int], is_archived: bool) -> None:
        """Show that memories were archived or restored."""
        visible = self.fading
        if visible is not None and {item.engram for item in visible.items} <= {*engrams}:
            self._handled.update(("fading", item.engram, 0) for item in visible.items)
            visible.settle(is_archived=is_archived)
        elif self.isVisible():
            self.refresh()

    def _empty_state(self) -> QWidget:
        add = button(tr("Add files…"), "add", call=self._shelf.wanted.files)
        sample = quiet_button(tr("Try with a sample"), call=self._shelf.wanted.sample)
        text = tr("Drop a book or paper here to start.")
        return EmptyState("today", tr("Nothing to read yet"), text, add, sample)


def _looking() -> QWidget:
    return label(tr("Opening your library…"), "muted")


def _reading(places: Sequence[Line], covers: CoverCache) -> QWidget:
    """Recently read sources as cards with progress, and recent answers below."""
    books = [item for item in places if item.share is not None]
    answers = [_line(item) for item in places if item.share is None]
    started = bool(answers) or any(item.is_started for item in books)
    title = tr("Continue reading") if started else tr("Start reading")
    cards = [ResponsiveRow([_card(item, covers) for item in books], _NARROW, 16)] if books else []
    return section(title, *cards, *answers)


def _card(item: Line, covers: CoverCache) -> QWidget:
    read = row(ShareBar(item.share or 0.0), label(item.note, "caption"), None, _press(item))
    text = column(Elided(item.text, "strong"), Elided(item.author, "small"), read, gap=2)
    inside = row(Cover(item.glyph, item.source, covers), text, margins=(16, 12, 12, 10), gap=16)
    inside.setStretch(1, 1)
    return card(inside, name=item.text)


def _line(item: Line) -> QWidget:
    note = [label(item.note, "caption")] if item.note else []
    text = Elided(" ".join(item.text.split()))
    return holder(row(Sign(item.glyph, item.role), text, *note, _press(item), gap=10, wide=1))


def _press(item: Line) -> QPushButton:
    """The button of a line; its accessible name includes the line's text."""
    name = f"{item.action} {words.short(item.text, 120)}"
    return quiet_button(item.action, call=lambda: item.call(), name=name)


def _health(health: Health) -> QWidget:
    """The health of the library in one line, with the most important advice."""
    parts = [part for part in health.parts if part.value is not None and part.advice]
    worst = max(parts, key=lambda part: part.weight * (1 - (part.value or 0.0)), default=None)
    text = tr("Health of the library: {grade}.", grade=health.grade)
    if worst is not None:
        text += f" {worst.told} {pointed(worst.advice)}"
    return paragraph(text)
