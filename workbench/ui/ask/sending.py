"""Asks whether a model server on another computer may be sent a question and its passages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from workbench.recall.records import Answer
from workbench.ui.components import button, column, paragraph, words
from workbench.ui.components.dialog import MARGINS, Dialog
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr

if TYPE_CHECKING:
    from workbench.library import Library


@dataclass(frozen=True, slots=True)
class Consent:
    """What the user decides for the answer of one line; `rewrite` generates it again."""

    parent: QWidget
    jobs: Jobs
    library: "Library | None"
    answer: Answer
    turns: Callable[[], Sequence[Answer]]
    rewrite: Callable[[], object]

    def show(self) -> None:
        """Show in full what would be sent, and ask."""
        if self.library is not None:
            self.jobs.run(
                _outgoing, self.library, self.answer, tuple(self.turns()), done=self._show_sheet
            )

    def _show_sheet(self, request: tuple[str, str, int]) -> None:
        host, text, passages = request
        SendingSheet(self.parent, host, text, passages, self.decide).show()

    def decide(self, state: str) -> None:
        """Allow or forbid sending for the library; what is allowed is written at once."""
        if self.library is not None:
            done = self._write if state == "allow" else None
            self.jobs.run(self.library.models.sending, state, done=done)

    def _write(self, _sending: object) -> None:
        self.rewrite()


def _outgoing(library: "Library", answer: Answer, turns: Sequence[Answer]) -> tuple[str, str, int]:
    """The computer that writes answers, what it would be sent, and the number of passages."""
    text = library.answers.outgoing(answer, turns=turns)
    return library.models.sending().host, text, len(answer.evidence)


class SendingSheet(Dialog):
    """The request in full; calls `decide` with "allow" or "never"."""

    def __init__(
        self, parent: QWidget, host: str, text: str, passages: int, decide: Callable[[str], object]
    ) -> None:
        super().__init__(parent, tr("What would be sent – Engram Workbench"))
        self.request = QPlainTextEdit(text)
        self.request.setReadOnly(True)
        self.request.setAccessibleName(tr("What would be sent"))
        self._decide = decide
        self.allow_button = button(tr("Allow for this library"), call=lambda: self._finish("allow"))
        self.never_button = button(tr("Never for this library"), call=lambda: self._finish("never"))
        self.later_button = button(tr("Not now"), kind="primary", call=self.close)
        for each in (self.allow_button, self.never_button):
            each.setAutoDefault(False)
        self.later_button.setDefault(True)
        body = column(
            paragraph(tr("“{host}” is another computer", host=host), "section"),
            paragraph(
                tr(
                    "With each written answer the question and its passages are sent there, here "
                    "{passages}. This is all of it:",
                    passages=words.count(passages, "passage"),
                )
            ),
            self.request,
            margins=MARGINS,
            gap=8,
        )
        inside = QWidget()
        inside.setLayout(body)
        self.arrange(inside, self.allow_button, self.never_button, None, self.later_button)
        self.fit(inside, 640)
        self.later_button.setFocus()

    def _finish(self, decision: str) -> None:
        self.close()
        self._decide(decision)
