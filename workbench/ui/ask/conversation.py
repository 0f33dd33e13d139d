"""The result of a conversational line, part by part, with Undo for each.

Every part is shown: rejected statements with the reason, refused ones with a way to save them,
questions without a matching fact with a way to ask the sources.
"""

from collections.abc import Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from workbench.ui.ask.fact_card import StatementCard
from workbench.ui.ask.saying import QUESTION_KINDS, LineOutcome
from workbench.ui.ask.wording import title_of
from workbench.ui.components import (
    Sign,
    button,
    column,
    fill,
    holder,
    label,
    message,
    paragraph,
    quiet_button,
    row,
    short,
)
from workbench.ui.language import known, tr
from workbench.ui.memories.line import reasons
from workbench.ui.shelf.wanted import Wanted

_TITLE = 400  # characters of a line to repeat

if TYPE_CHECKING:
    from workbench.memory.turn.conversation import Reply


class TurnView(QWidget):
    """The replies to one line; `said.answer` is shown separately below."""

    #: The words to ask, or to save, after all.
    ask_requested = Signal(str)
    #: (ids, words): delete the facts, then ask the words.
    instead_requested = Signal(object, str)
    tell_requested = Signal(str)

    def __init__(
        self, outcome: LineOutcome, requests: Wanted, undone: Collection[int] = ()
    ) -> None:
        super().__init__()
        self._said, self._wanted = outcome, requests
        self._stored: list[tuple[frozenset[int], QWidget, QWidget]] = []
        title = title_of(outcome.line, short(outcome.line, _TITLE), "page")
        parts: list[QWidget | int | None] = [title, 8]
        turn = outcome.turn
        for reply in turn.replies if turn is not None else ():
            parts += self._reply(reply)
        fill(
            self, column(*parts, gap=8), name=known(turn.text) if turn is not None else outcome.line
        )
        self.mark_undone(undone)

    def mark_undone(self, facts: Collection[int]) -> None:
        """Show which facts were deleted."""
        for ids, visible, removed in self._stored:
            is_gone = ids <= set(facts)
            visible.setHidden(is_gone)
            removed.setHidden(not is_gone)

    # -- parts ------------------------------------------------------------------------------------

    def _reply(self, reply: "Reply") -> list[QWidget | int | None]:
        if reply.kind == "stored":
            return self._stored_parts(reply)
        if reply.kind == "math":
            return self._sum(reply)
        if reply.kind == "refused":
            return [
                message("info", tr("Nothing to do"), reply.text, *self._reply_buttons(reply.said))
            ]
        if reply.left:
            ask_button = self._reply_buttons(reply.said)[0]
            return [message("warn", tr("Not saved"), reasons(reply.left), ask_button)]
        if reply.kind in QUESTION_KINDS:
            return self._question_parts(reply)
        return [paragraph(known(reply.text), "")]

    def _question_parts(self, reply: "Reply") -> list[QWidget | int | None]:
        """A question; the last one is answered below, from facts and sources."""
        if self._said.answer is not None and self._said.answer.question == reply.said:
            return []
        ask_button = button(
            tr("Ask your sources"), call=partial(self.ask_requested.emit, reply.said)
        )
        if reply.fact is None:
            return [message("info", short(reply.said, _TITLE), reply.text, ask_button)]
        card = StatementCard(reply.fact, self._wanted, buttons=[ask_button])
        return [
            paragraph(short(reply.said, _TITLE), "head"),
            label(reply.value or "", "page"),
            card,
        ]

    def _stored_parts(self, reply: "Reply") -> list[QWidget | int | None]:
        created: list[QWidget | int | None] = []
        for ids, word, glyph in (
            (reply.new, tr("Remembered"), "check"),
            (reply.known, tr("Already saved"), "info"),
        ):
            facts = [self._said.facts[id] for id in ids if id in self._said.facts]
            if not facts:
                continue
            role = "confirmed" if glyph == "check" else "accent"
            heading = row(Sign(glyph, role, 18), label(word, "strong"), None)
            buttons: list[QPushButton] = []
            if glyph == "check":
                undo = button(
                    tr("Undo"), "undo", "quiet", call=partial(self._wanted.untold.emit, tuple(ids))
                )
                other = quiet_button(
                    tr("Ask it as a question"),
                    call=partial(self.instead_requested.emit, tuple(ids), reply.said),
                )
                buttons = [undo, other]
            cards = [
                StatementCard(fact, self._wanted, buttons=buttons if at == len(facts) - 1 else ())
                for at, fact in enumerate(facts)
            ]
            visible = holder(column(heading, *cards))
            created.append(visible)
            if glyph == "check":
                removed = self._undone_message(reply.said)
                removed.hide()
                self._stored.append((frozenset(ids), visible, removed))
                created.append(removed)
        if reply.left:
            created.append(message("warn", tr("Not saved"), reasons(reply.left)))
        return created

    def _undone_message(self, words: str) -> QFrame:
        restore = button(tr("Save it again"), call=partial(self.tell_requested.emit, words))
        return message(
            "info", tr("Undone"), tr("“{said}” was removed.", said=short(words, _TITLE)), restore
        )

    def _sum(self, reply: "Reply") -> list[QWidget | int | None]:
        if reply.value is None:
            return [message("info", tr("Can't calculate this"), reply.text)]
        value = paragraph(reply.value, "display", selectable=True)
        value.setAccessibleName(tr("Result: {value}", value=reply.value))
        return [value, paragraph(reply.text, "muted")]

    def _reply_buttons(self, words: str) -> Sequence[QPushButton]:
        ask_button = button(tr("Ask your sources"), call=partial(self.ask_requested.emit, words))
        save = quiet_button(tr("Save it as a note"), call=partial(self.tell_requested.emit, words))
        return [ask_button, save]
