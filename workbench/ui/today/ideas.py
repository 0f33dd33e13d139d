"""Ideas to connect: links proposed by sleep with their paths, to accept or reject in place."""

from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from workbench.sleep.records import Proposal
from workbench.ui.associations.lines import line_icon
from workbench.ui.components import (
    Flow,
    Sign,
    button,
    card,
    clear,
    column,
    flow,
    holder,
    label,
    paragraph,
    quiet_button,
    row,
    words,
)
from workbench.ui.language import tr
from workbench.ui.today.requests import TodayRequests

_PASSAGE = 240
_SHORT = 120
_STATE_TEXTS = {
    "accepted": tr("Accepted."),
    "rejected": tr("Rejected. It won't be suggested again."),
}


class Idea(QWidget):
    """A proposed link; once decided it shows the result, with Undo."""

    def __init__(self, proposal: Proposal, requests: TodayRequests, more: int = 0) -> None:
        super().__init__()
        self.proposal, self._requests = proposal, requests
        head, tail = words.short(proposal.head, _SHORT), words.short(proposal.tail, _SHORT)
        self._actions = column()
        tag = row(
            Sign(line_icon("emergent"), size=24, high=14),
            label(tr("Suggested"), "warn"),
            None,
            label(tr("found during sleep"), "caption"),
        )
        between = Flow(
            [
                label(tr("Do you see a connection between"), "muted"), label(head, "strong"),
                label(tr("and"), "muted"), label(f"{tail}?", "strong"),
            ]
        )  # fmt: skip
        self._path = paragraph(tr("The path: {path}", path=" → ".join(proposal.path)))
        self._path.hide()
        reason = paragraph(tr("No passage says this. {why}", why=proposal.why))
        quotes = [
            paragraph(words.quoted(words.short(passage, _PASSAGE))) for passage in proposal.passages
        ]
        remainder = [label(tr("{more} more", more=words.number(more)), "caption")] if more else []
        inside = column(
            tag, holder(between), *quotes, reason, self._path,
            row(holder(self._actions), *remainder),
            margins=(16, 12, 16, 12), gap=6,
        )  # fmt: skip
        self.setLayout(
            column(
                card(inside, name=tr("Idea to connect: {head} and {tail}", head=head, tail=tail))
            )
        )
        self.open()

    def open(self) -> None:
        """Offer the actions, initially or again."""
        clear(self._actions)
        of = tr(
            "{head} and {tail}",
            head=words.short(self.proposal.head, 40),
            tail=words.short(self.proposal.tail, 40),
        )
        decided = self._requests.decided.emit
        accept = button(tr("Accept"), "check", call=partial(decided, self.proposal, True))
        reject = button(tr("Reject"), call=partial(decided, self.proposal, False))
        show = quiet_button(tr("Show path"))
        show.clicked.connect(lambda: self._turn(show))
        for press in (accept, reject, show):
            press.setAccessibleName(f"{press.text().strip()}: {of}")
        if not self.proposal.path:
            show.hide()
        self._actions.addWidget(flow(accept, reject, show))

    def settle(self, state: str) -> None:
        """Show the state "accepted" or "rejected", or offer the actions for "open"."""
        if state not in _STATE_TEXTS:
            self.open()
            return
        clear(self._actions)
        reopen = partial(self._requests.undecided.emit, self.proposal)
        undo = quiet_button(tr("Undo"), "undo", call=reopen)
        self._actions.addWidget(flow(label(_STATE_TEXTS[state], "small"), undo))

    def _turn(self, press: QPushButton) -> None:
        visible = self._path.isHidden()
        self._path.setVisible(visible)
        press.setText(tr("Hide path") if visible else tr("Show path"))
