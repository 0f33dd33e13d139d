"""The start of a thread: what a source is about, with questions that it answers."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workbench.recall.records import Introduction
from workbench.ui.ask.result import Result
from workbench.ui.components.boxes import column, lines
from workbench.ui.components.controls import button
from workbench.ui.components.words import label, short
from workbench.ui.language import tr
from workbench.ui.wanted import Wanted

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
        wanted: Wanted,
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
                made.clicked.connect(partial(self.asked.emit, words))
            parts += [label(tr("Questions it answers"), "head"), lines(self.questions), 12]
        if found.about is not None:
            self.result = Result(found.about, authors, wanted)
            parts.append(self.result)
        if others:
            presses = [button(short(name, _TITLE), "book", "quiet") for _, name in others]
            for press, (id, name) in zip(presses, others, strict=True):
                press.setToolTip(tr("What “{name}” is about, and questions it answers", name=name))
                press.clicked.connect(partial(self.other_asked.emit, id, name))
            parts += [16, label(tr("Other sources"), "head"), lines(presses)]
        self.setLayout(column(*parts))
