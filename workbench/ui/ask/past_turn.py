"""A turn of a thread that is not the one being read: question, answer, and the way back to it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from workbench.ui.ask.answer_view import AnswerView
from workbench.ui.ask.saying import Said
from workbench.ui.ask.wording import heading_of, place_words, reads_right_to_left, shown_evidence
from workbench.ui.components.boxes import column, row
from workbench.ui.components.controls import button
from workbench.ui.components.words import Elided, count, label
from workbench.ui.language import tr


class PastTurn(QWidget):
    """What was said, and what came of it, in a few lines."""

    #: The turn is to be read again, with its evidence.
    chosen = Signal()
    #: The citation of this number is to be opened.
    opened = Signal(int)

    def __init__(self, said: Said) -> None:
        super().__init__()
        title = label(heading_of(said.line), "section", wrap=True, selectable=True)
        if reads_right_to_left(said.line):
            title.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        parts: list[QWidget | int | None] = [title]
        answer = said.shown
        if said.turn is not None and (answer is None or said.turn.text):
            parts.append(label(said.turn.text, "muted", wrap=True))
        if answer is not None:
            if answer.value:
                parts.append(label(answer.value, "page", wrap=True))
            if answer.abstained:
                parts.append(label(tr("No answer found"), "muted"))
            elif answer.sentences:
                view = AnswerView(answer, {})
                view.cited.connect(self.opened)
                parts.append(view)
        parts.append(self._foot(said))
        self.setLayout(column(*parts, margins=(0, 14, 0, 10), gap=6))
        self.setAccessibleName(
            tr("Earlier in this thread: {heading_of}", heading_of=heading_of(said.line))
        )

    def _foot(self, said: Said) -> QWidget:
        answer = said.shown
        cited = [n for each in answer.sentences for n in each.citations] if answer else []
        found = [each for each in answer.evidence if each.n in cited[:1]] if answer else []
        where = "".join(
            f"{each.source.title}, {place_words(each.locator, each.source.kind)}" for each in found
        )
        pieces = len(shown_evidence(answer)) if answer is not None else 0
        words = tr("Show {passages}", passages=count(pieces, "passage")) if pieces else tr("Show")
        back = button(words, kind="quiet", call=self.chosen)
        back.setAccessibleName(f"{words}: {heading_of(said.line)}")
        line = row(Elided(where, "small"), back, wide=0)
        shown = QWidget()
        shown.setLayout(line)
        return shown
