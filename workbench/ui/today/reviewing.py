"""Reviews in Today: one card at a time, with front, answer and rating."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from workbench.memory.kinds.records import GAP, Review
from workbench.ui.ask.quote import QuoteText, Span
from workbench.ui.components import (
    Elided,
    ShareBar,
    button,
    card,
    clear,
    column,
    flow,
    holder,
    label,
    on_key,
    paragraph,
    quiet_button,
    row,
    rule,
    words,
)
from workbench.ui.language import tr
from workbench.ui.memories.card_editor import CardEditor
from workbench.ui.today.requests import TodayRequests

#: Ratings in the order of their keys.
_RATINGS = {"again": tr("Again"), "hard": tr("Hard"), "good": tr("Good"), "easy": tr("Easy")}
_MAX_FRONT = 2000  # characters
_BLANK = "_" * 10


class ReviewCard(QWidget):
    """Shows the due reviews one at a time."""

    def __init__(self, reviews: Sequence[Review], requests: TodayRequests) -> None:
        super().__init__()
        self._requests, self._total = requests, len(reviews)
        self.left = [*reviews]
        self._state = ""
        self._body = column(gap=10)
        self.setLayout(self._body)
        self.first: QPushButton | None = None
        for key, rating in enumerate(_RATINGS, 1):
            on_key(self, str(key), partial(self._rate, rating), include_children=True)
        self.show_front()

    @property
    def review(self) -> Review | None:
        """The current review; None once all are rated."""
        return self.left[0] if self.left else None

    def settle(self, id: int, state: str) -> None:
        """Remove a rated or stopped review, show its result, and go to the next."""
        self.left = [review for review in self.left if review.id != id]
        self._state = state
        self.show_front()

    def restore(self, review: Review) -> None:
        """Put a review first after its rating was undone or its card edited."""
        self.left = [review, *(item for item in self.left if item.id != review.id)]
        self._state = ""
        self.show_front()

    def show_front(self) -> None:
        """Show the front of the current card, with a button for the answer."""
        review = self.review
        if review is None:
            self._show(None, paragraph(self._state))
            return
        show = button(tr("Show answer"), kind="primary", call=self.answer)
        skip = button(tr("Skip"), call=self._skip)
        skip.setEnabled(len(self.left) > 1)
        presses = flow(show, skip, self._later(review), gap=6)
        parts = [self._head(review), _front(review), presses]
        if self._state:
            parts.append(paragraph(self._state, "caption"))
        self._show(show, *parts)

    def answer(self) -> None:
        """Show the answer in context, and the ratings with their intervals."""
        review = self.review
        if review is None:
            return
        presses = {name: self._rating(review, name) for name in _RATINGS}
        actions = [
            quiet_button(tr("Edit card"), call=self._edit),
            self._later(review),
            quiet_button(tr("Stop asking"), call=partial(self._requests.stopped.emit, review)),
        ]
        parts = [self._head(review), _front(review), rule(), _back(review, self._requests)]
        self._show(presses["good"], *parts, flow(*presses.values(), gap=6), flow(*actions, gap=6))

    # -- widgets -----------------------------------------------------------------------------------

    def _head(self, review: Review) -> QWidget:
        location = " · ".join(dict.fromkeys(filter(None, (review.title, review.place))))
        place = tr("{at} of {all}", at=self._total - len(self.left) + 1, all=self._total)
        visible = Elided(location or review.collection or tr("You said"), "caption")
        times = words.count(review.times, "review") if review.times else tr("new")
        line = row(visible, label(f"{times} · {place}", "caption"), gap=8, wide=0)
        return holder(column(ShareBar(1 - len(self.left) / self._total, 0), line))

    def _later(self, review: Review) -> QPushButton:
        return quiet_button(
            tr("Not today"),
            tip=tr("Ask it again tomorrow"),
            call=partial(self._requests.rated.emit, review, "later"),
        )

    def _rating(self, review: Review, name: str) -> QPushButton:
        text = f"{_RATINGS[name]}, {interval(review.intervals[name])}"
        key = 1 + [*_RATINGS].index(name)
        created = button(text.replace(", ", " · "), name=text, tip=f"{_RATINGS[name]} ({key})")
        created.clicked.connect(partial(self._rate, name))
        return created

    def _show(self, first: QPushButton | None, *parts: QWidget) -> None:
        focused = QApplication.focusWidget()
        inside = focused is not None and self.isAncestorOf(focused)
        clear(self._body)
        for part in parts:
            self._body.addWidget(part)
        self.first = first
        self._rates = first is not None and first.text().startswith(_RATINGS["good"])
        if inside and first is not None:
            first.setFocus()

    # -- actions -----------------------------------------------------------------------------------

    def _rate(self, rating: str) -> None:
        if self._rates and self.review is not None:
            self._rates = False
            self._requests.rated.emit(self.review, rating)

    def _skip(self) -> None:
        self.left = [*self.left[1:], *self.left[:1]]
        self._state = ""
        self.show_front()

    def _edit(self) -> None:
        review = self.review
        if review is not None:
            editor = CardEditor(review, partial(self._requests.edited.emit, review.id), self.answer)
            self._show(None, self._head(review), editor)
            editor.front.setFocus()


def _front(review: Review) -> QWidget:
    return QuoteText(GAP.sub(_BLANK, words.short(review.front, _MAX_FRONT)))


def _back(review: Review, requests: TodayRequests) -> QWidget:
    """The answer, the words that contain it with their place, and their note."""
    text, spans = _filled(review)
    read = review.source is not None
    location = row(Elided(" · ".join(filter(None, (review.title, review.place))), "small"), gap=8)
    location.addWidget(quiet_button(tr("Open"), call=partial(requests.inspected.emit, review)))
    parts: list[QWidget] = [label(tr("Answer"), "head"), paragraph(review.answer, "section")]
    if read or review.answer != text:
        parts.append(
            card(column(QuoteText(text, spans, "body"), location, margins=(16, 10, 16, 8)))
        )
    else:
        parts.append(holder(location))
    if review.note and review.note != review.front:
        parts.append(paragraph(tr("Your note: {note}", note=words.plain(review.note))))
    return holder(column(*parts, gap=6))


def _filled(review: Review) -> tuple[str, list[Span]]:
    """The text of a card with its gaps filled, and their spans."""
    spans: list[Span] = []
    text, end = "", 0
    for gap in GAP.finditer(review.front):
        text += review.front[end : gap.start()]
        spans.append((len(text), len(text) + len(gap[1])))
        text, end = text + gap[1], gap.end()
    if spans:
        return text + review.front[end:], spans
    return review.text.removesuffix(review.note).strip() or review.text, []


def interval(days: float) -> str:
    """The time until the next review, as text."""
    if days >= 730:
        return words.count(round(days / 365), "year")
    if days >= 1:
        return words.count(round(days), "day")
    hours = days * 24
    return (
        words.count(round(hours), "hour")
        if hours >= 1
        else words.count(round(hours * 60), "minute")
    )
