"""The start of a thread: what a source is about, with questions that it answers."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workbench.recall.records import Introduction
from workbench.ui.ask.result import Holder, Result
from workbench.ui.components.boxes import column
from workbench.ui.components.controls import button
from workbench.ui.components.words import label, short
from workbench.ui.language import tr

_TITLE = 40  # letters of a title on a button


class IntroductionView(QWidget):
    """An overview of one source, and its questions as buttons above it."""

    #: One of the questions is to be asked; another source (id, title) is to be introduced.
    asked = Signal(str)
    other_asked = Signal(int, str)

    def __init__(
        self,
        found: Introduction,
        authors: Mapping[int, str],
        title: str = "",
        others: Sequence[tuple[int, str]] = (),
    ) -> None:
        super().__init__()
        self.result: Result | None = None
        parts: list[QWidget | int | None] = []
        if title:
            parts += [label(title, "page", wrap=True), 8]
        if found.questions:
            self.questions = [button(words, "ask") for words in found.questions]
            for made, words in zip(self.questions, found.questions, strict=True):
                made.clicked.connect(self._asking(words))
            parts += [label(tr("Questions it answers"), "head"), Holder(list(self.questions)), 12]
        if found.about is not None:
            self.result = Result(found.about, authors)
            parts.append(self.result)
        if others:
            presses = [button(short(name, _TITLE), "book", "quiet") for _, name in others]
            for press, (id, name) in zip(presses, others, strict=True):
                press.setToolTip(tr("What “{name}” is about, and questions it answers", name=name))
                press.clicked.connect(self._choosing(id, name))
            parts += [16, label(tr("Other sources"), "head"), Holder(list(presses))]
        self.setLayout(column(*parts))

    def _choosing(self, id: int, title: str) -> Callable[[], None]:
        return lambda: self.other_asked.emit(id, title)

    def _asking(self, words: str) -> Callable[[], None]:
        return lambda: self.asked.emit(words)
