"""The view of a written answer: its words as they arrive, the switch to quotes, its note."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from workbench.recall.records import Answer
from workbench.ui.ask.answer_view import AnswerView
from workbench.ui.components import button, chip, column, fill, holder, label, message, row
from workbench.ui.language import known, tr

if TYPE_CHECKING:
    from workbench.recall.writing.writing import Draft

WRITTEN, QUOTES = "written", "quotes"
_WRITING = tr("Writing from these quotes…")


class ModeSwitch(QWidget):
    """The switch between the model's sentences and the sources' own words."""

    #: `WRITTEN` or `QUOTES` was chosen.
    mode_selected = Signal(str)

    def __init__(self, mode: str) -> None:
        super().__init__()
        tips = {
            WRITTEN: (
                tr("Written by a model from these quotes; every sentence is checked against them")
            ),
            QUOTES: tr("Quoted word for word; no model is involved"),
        }
        self.buttons = {option: chip(known(option.capitalize())) for option in (WRITTEN, QUOTES)}
        for name, created in self.buttons.items():
            created.setToolTip(tips[name])
            created.clicked.connect(lambda _on=False, name=name: self._choose(name))
        fill(self, row(*self.buttons.values(), gap=4), name=tr("How the answer is given"))
        self.show_mode(mode)

    def show_mode(self, mode: str) -> None:
        """Mark the way that is on the page."""
        self.way = mode
        for name, created in self.buttons.items():
            created.setChecked(name == mode)

    def _choose(self, mode: str) -> None:
        changed = mode != self.way
        self.show_mode(mode)
        if changed:
            self.mode_selected.emit(mode)


class DraftView(QWidget):
    """An answer while it is written, above the quotes that it is written from."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.view = AnswerView(answer, {}, drafted=True)
        self.view.hide()
        self.state = label(_WRITING, "muted", wrap=True)
        self.stop_button = button(
            tr("Stop"), kind="quiet", tip=tr("Stop, and keep what is written (Esc)")
        )
        line = row(self.state, self.stop_button, wide=0)
        fill(self, column(self.view, holder(line), gap=6), name=tr("Answer being written"))

    def show_draft(self, draft: "Draft") -> None:
        """Show what there is by now."""
        self.view.show_draft(draft.sentences, draft.tail)
        self.view.setVisible(bool(draft.sentences or draft.tail))


def noted(answer: Answer, rewrite: Callable[[], object]) -> QFrame | None:
    """What went otherwise than wished with an answer, or None; `rewrite` writes it once more."""
    if not answer.note:
        return None
    from workbench.recall.writing.writing import STOPPED

    actions = []
    if answer.hint or answer.note == STOPPED:
        retry = button(tr("Write it again"), "retry", call=rewrite)
        actions.append(retry)
    kind = "warn" if answer.hint or answer.cut else "info"
    return message(kind, answer.note, answer.hint, *actions)
