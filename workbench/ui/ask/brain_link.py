"""The simulation's associations below an answer, added when they are ready.

Nothing above moves: the answer and its quotes do not depend on it, and the part can be switched
off.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from workbench.errors import WorkbenchError
from workbench.recall.records import Answer, Brought
from workbench.ui.components import (
    chip,
    clear,
    column,
    holder,
    label,
    lines,
    quiet_button,
    short,
)
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.shelf.wanted import Wanted

if TYPE_CHECKING:
    from workbench.library import Library

_JOB = "ask:brain"
_LONGEST = 30
#: Tool tips of tags.
_TAGS = {
    "confirmed": tr("Connected by statements, and activated"),
    "explicit": tr("Connected by statements; not activated"),
    "emergent": tr("A hypothesis: no statement says this"),
    "predicted": tr("Often follows in the text"),
}


class AssociationPart(QWidget):
    """Shows associations with the quotes that mention them, a switch, and a Watch button."""

    #: The answer with or without the associations.
    completed = Signal(object)
    #: Whether associations are shown from now on.
    switched = Signal(bool)

    def __init__(
        self, jobs: Jobs, library: "Library", answer: Answer, requests: Wanted, *, on: bool
    ) -> None:
        super().__init__()
        self._jobs, self._library, self._answer = jobs, library, answer
        self._wanted = requests
        self.answer: Answer | None = None
        self.switch = chip(tr("Include simulation"), "brain")
        self.switch.setChecked(on)
        self.switch.setToolTip(tr("Quotes and their order do not change"))
        self.watch = quiet_button(
            tr("Watch the recall"), "play", tip=tr("Replay it step by step in the Lab")
        )
        self.buttons: list[QPushButton] = []
        self._parts = column(gap=6)
        head = lines([label(tr("Suggested by association"), "head"), self.switch, self.watch])
        self._body = holder(self._parts)
        self.setLayout(column(10, head, self._body, gap=6))
        self.watch.clicked.connect(requests.watched)
        self.switch.toggled.connect(self._toggled)
        self._show()
        if on:
            self._request()

    def _request(self) -> None:
        self._jobs.run(
            self._library.brain.beside_answer,
            self._answer,
            done=self._show_answer,
            failed=self._failed,
            key=_JOB,
        )

    def _toggled(self, on: bool) -> None:
        self.switched.emit(on)
        if on and self.answer is None:
            self._request()
        self._show()
        self.completed.emit(self.answer if on and self.answer is not None else self._answer)

    def _show_answer(self, answer: Answer) -> None:
        self.answer = answer
        self._show()
        if self.switch.isChecked():
            self.completed.emit(answer)

    def _failed(self, _error: WorkbenchError) -> None:
        # The answer is complete without it; the Brain tab reports the error.
        self.answer = self._answer
        self._show()

    def _show(self) -> None:
        on, enriched = self.switch.isChecked(), self.answer
        clear(self._parts)
        self.buttons = []
        self.watch.setVisible(on and bool(enriched and enriched.brought))
        self._body.setVisible(on)
        if not on:
            return
        if enriched is None:
            self._parts.addWidget(label(tr("Loading…"), "caption"))
        elif not enriched.brought:
            self._parts.addWidget(label(tr("No associations."), "caption"))
        else:
            self.buttons = [self._suggestion_button(item, enriched) for item in enriched.brought]
            self._parts.addWidget(lines(self.buttons, gap=6))

    def _suggestion_button(self, suggestion: Brought, answer: Answer) -> QPushButton:
        activation = tr("“{name}” was activated", name=suggestion.name)
        quoted = [
            f"[{item.n}]" for item in answer.evidence
            if any(activation in reason for reason in item.reasons)
        ]  # fmt: skip
        words = f"{short(suggestion.name, _LONGEST)} · {suggestion.tag}{' · ' if quoted else ''}"
        words += "".join(quoted)
        created = quiet_button(
            words.replace("&", "&&"), name=f"{suggestion.name}, {suggestion.tag}"
        )
        path = suggestion.path or " → ".join(suggestion.trail)
        existing = _TAGS.get(suggestion.tag, "")
        if suggestion.odds:
            existing = tr(
                "{known}; {odds} such links was later found in the text",
                known=existing,
                odds=suggestion.odds,
            )
        created.setToolTip(f"{path}\n{existing}".strip())
        created.setAccessibleDescription(path)
        created.clicked.connect(lambda: self._wanted.explored.emit(suggestion.concept))
        return created
