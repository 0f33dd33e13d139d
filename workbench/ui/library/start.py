"""The first page of an empty library: a well to drop things into, and three ways to begin."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from workbench.ui import theme
from workbench.ui.components.boxes import Beside, column, holder, row
from workbench.ui.components.controls import Sign
from workbench.ui.components.notices import EmptyState
from workbench.ui.components.words import label
from workbench.ui.language import tr

#: What the well says.
START = (
    tr("Drop books and papers here"),
    tr("PDF, EPUB, Word, web pages, recordings and pictures. Nothing leaves this computer."),
)
_HINTS = (
    ("book", tr("Books and papers"), tr("Drop files or folders anywhere in this window.")),
    ("video", tr("A YouTube link"), tr("Paste it under Add link… to search what is said.")),
    ("library", tr("The sample"), tr("A short history of memory research to look around in.")),
)
_WIDE, _HIGH, _NARROW = 640, 328, 520


class Well(EmptyState):
    """The dashed frame into which things are dropped, with what can be done about it."""

    def _fit(self) -> None:
        super()._fit()
        self.setContentsMargins(16, 12, 16, 12)
        self.setMaximumHeight(theme.px(_HIGH))
        self._text.setFixedWidth(max(1, min(theme.px(540), self.width() - 48)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour("edge"), 1.5)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.setBrush(theme.colour("canvas"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 12, 12)


class Start(QWidget):
    """The well, and below it three hints: side by side where there is room."""

    def __init__(self, *actions: QWidget) -> None:
        super().__init__()
        self.well = Well("reader", *START, *actions)
        hints = []
        for glyph, title, text in _HINTS:
            hint = row(gap=10)
            hint.addWidget(Sign(glyph), 0, Qt.AlignmentFlag.AlignTop)
            said = column(label(title, "strong"), label(text, "small", wrap=True), None, gap=2)
            hint.addLayout(said, 1)
            hints.append(holder(hint))
        whole = column(self.well, Beside(hints, _NARROW, 24), margins=(16, 0, 16, 0), gap=24)
        whole.setStretchFactor(self.well, 1)
        self.setLayout(whole)
        self._fit()
        theme.watch(self, self._fit)

    def _fit(self) -> None:
        self.setMaximumWidth(theme.px(_WIDE) + 32)
