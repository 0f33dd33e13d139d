"""Edits a review card in place: a front with a gap, or a question and its answer."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from workbench.memory.kinds.records import GAP, Review
from workbench.ui import theme
from workbench.ui.components import (
    button,
    column,
    flow,
    on_key,
    paragraph,
    quiet_button,
)
from workbench.ui.language import tr


class CardEditor(QWidget):
    """The two sides of a card; calls `save(front, answer)` or `leave()`."""

    def __init__(
        self, card: Review, save: Callable[[str, str], object], leave: Callable[[], object]
    ) -> None:
        super().__init__()
        self._save = save
        self.front = QPlainTextEdit(card.front, tabChangesFocus=True)
        self.front.setAccessibleName(tr("Front of the card"))
        self.front.setAcceptDrops(False)
        self.front.setFixedHeight(theme.px(96))
        self.answer = QLineEdit("" if GAP.search(card.front) else card.answer)
        self.answer.setAccessibleName(tr("Answer"))
        self.answer.setPlaceholderText(tr("Answer to the question"))
        self.front.textChanged.connect(self._fit)
        hint = tr("Words in {{double braces}} are the gap. Without any, the front is a question.")
        ways = [
            button(tr("Save"), tip=tr("Save (Ctrl+Enter)"), call=self.save),
            quiet_button(tr("Cancel"), call=lambda: leave()),
        ]
        parts = (self.front, self.answer, paragraph(hint, "caption"), flow(*ways, gap=6))
        self.setLayout(column(*parts, gap=6))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            on_key(self, keys, self.save, include_children=True)
        on_key(self, "Escape", leave, include_children=True)
        self._fit()

    def save(self) -> None:
        """Save both sides; an empty front restores the proposed one."""
        question = not GAP.search(self.front.toPlainText())
        self._save(self.front.toPlainText(), self.answer.text() if question else "")

    def _fit(self) -> None:
        self.answer.setVisible(not GAP.search(self.front.toPlainText()))
