"""What a source is about, with questions that it answers: shown when it is to be asked alone."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workbench.recall.records import Introduction
from workbench.ui.ask.result import Holder, Result
from workbench.ui.components.boxes import column
from workbench.ui.components.controls import button
from workbench.ui.components.words import label


class IntroductionView(QWidget):
    """An overview of one source, and its questions as buttons above it."""

    #: One of the questions is to be asked.
    asked = Signal(str)

    def __init__(self, found: Introduction, authors: Mapping[int, str]) -> None:
        super().__init__()
        self.result: Result | None = None
        parts: list[QWidget | int | None] = []
        if found.questions:
            self.questions = [button(words, "ask") for words in found.questions]
            for made, words in zip(self.questions, found.questions, strict=True):
                made.clicked.connect(self._asking(words))
            parts += [label("Questions it answers", "head"), Holder(list(self.questions)), 12]
        if found.about is not None:
            self.result = Result(found.about, authors)
            parts.append(self.result)
        self.setLayout(column(*parts))

    def _asking(self, words: str) -> Callable[[], None]:
        return lambda: self.asked.emit(words)
