"""Asks what to do about files that were added before and have changed.

The safe answer stands first and has the focus: both are kept. The rest of what was added is on the
queue already; nothing waits for the answer, and a question that is never answered adds nothing.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
)

from workbench.ui import theme
from workbench.ui.components import words
from workbench.ui.components.boxes import Flow, card, column, fill, holder, row
from workbench.ui.components.choices import choice
from workbench.ui.components.controls import Sign, button
from workbench.ui.components.words import Elided, label
from workbench.ui.language import tr
from workbench.ui.window.context import Context, Part

if TYPE_CHECKING:
    from workbench.intake.again import Changed

CHANGED = "changed"
KEEP, REPLACE, LEAVE = range(3)
_ANSWERS = (tr("Keep both"), tr("Replace"), tr("Leave out"))
_TIPS = (
    tr("Keep the old version and add the new one"),
    tr("Replace the old version; citations follow their words"),
    tr("Keep only the old version"),
)

Answered = Callable[[int, "Sequence[Changed]"], object]


class ChangedFiles(Part):
    """Asks, one bar for all files that are not decided yet."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._open: dict[str, tuple[Changed, str | None]] = {}
        context.library.changed_found.connect(self._ask)
        context.library.switched.connect(self._forget)

    def _ask(self, changed: "Sequence[Changed]", collection: str | None) -> None:
        self._open.update({each.path: (each, collection) for each in changed})
        shown = ChangedBar([each for each, _collection in self._open.values()], self._answer)
        self._views.bars.put(CHANGED, shown)
        typing = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
        if not typing:
            shown.answers[KEEP].setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer(self, answer: int, files: "Sequence[Changed]") -> None:
        by_collection: dict[str | None, list[Changed]] = {}
        for each in files:
            _changed, collection = self._open.pop(each.path, (each, None))
            by_collection.setdefault(collection, []).append(each)
        if answer != LEAVE:
            for collection, some in by_collection.items():
                self._shelf.add_changed(some, collection, replace=answer == REPLACE)
        if not self._open:
            self._views.bars.take(CHANGED)
            self._views.library.focus_first()

    def _forget(self) -> None:
        self._open.clear()
        self._views.bars.take(CHANGED)


class ChangedBar(QFrame):
    """The question, an answer for all, and on request an answer for each."""

    def __init__(self, changed: "Sequence[Changed]", answered: Answered) -> None:
        super().__init__()
        self._changed, self._answered = tuple(changed), answered
        names = [Path(each.path).name for each in changed]
        one = len(names) == 1
        if one:
            title = tr("“{names}” has changed since it was added.", names=names[0])
        else:
            title = tr(
                "{names} files have changed since they were added.", names=words.number(len(names))
            )
        self.answers = [button(text, tip=tip) for text, tip in zip(_ANSWERS, _TIPS, strict=True)]
        self.answers[KEEP].setProperty("kind", "primary")
        for answer, press in enumerate(self.answers):
            # Enter answers what has the focus.
            press.setAutoDefault(True)
            press.setAccessibleDescription(_TIPS[answer])
            press.clicked.connect(lambda _on=False, chosen=answer: self._all(chosen))
        self.each = button(tr("Choose for each…"), kind="quiet", call=self._choose_each)
        if one:
            self.each.hide()
        self.choices: list[QComboBox] = []
        self.go_on = button(tr("Go on"), kind="primary", call=self._one_by_one)
        self.go_on.setAutoDefault(True)
        self._list = column(gap=4)
        self._all_row = holder(Flow([*self.answers, self.each], gap=10))
        body = column(label(title, "strong", wrap=True), gap=4)
        if not one:
            body.addWidget(label(words.names(names, 4), "small", wrap=True))
        body.addWidget(
            label(
                tr("Replacing moves citations to the same words; it cannot be undone."),
                "small",
                wrap=True,
            )
        )
        body.addLayout(self._list)
        body.addWidget(self._all_row)
        box = row(margins=(14, 10, 12, 10), gap=12)
        box.addWidget(Sign("info", "accent", 20), 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(body, 1)
        inner = card(box, name=title)
        fill(self, column(inner), name=title)

    def _all(self, answer: int) -> None:
        self._answered(answer, self._changed)

    def _choose_each(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(12)
        for at, each in enumerate(self._changed):
            name = Path(each.path).name
            entries = [(answer, None) for answer in _ANSWERS]
            box = choice(tr("{name}: what becomes of it", name=name), entries)
            shown = Elided(name, mode=Qt.TextElideMode.ElideMiddle)
            shown.setToolTip(each.path)
            grid.setRowMinimumHeight(at, theme.px(32))
            grid.addWidget(shown, at, 0)
            grid.addWidget(box, at, 1)
            self.choices.append(box)
        grid.setColumnStretch(0, 1)
        self._list.addWidget(holder(grid))
        self._list.addLayout(row(self.go_on, None))
        self._all_row.hide()
        self.choices[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _one_by_one(self) -> None:
        answers = [box.currentIndex() for box in self.choices]
        for answer in (KEEP, REPLACE, LEAVE):
            chosen = [
                each for each, own in zip(self._changed, answers, strict=True) if own == answer
            ]
            if chosen:
                self._answered(answer, chosen)
