"""Toasts: a message with optional actions at the bottom centre, for six seconds, without focus.

One at a time; the next replaces it. It stays while the mouse is over it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QObject,
    QPoint,
    QPropertyAnimation,
    Qt,
)
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from workbench.ui import theme
from workbench.ui.components.boxes import clear, row
from workbench.ui.components.controls import Sign, delayed, quiet_button, tool
from workbench.ui.components.words import label
from workbench.ui.language import tr

_STAYS = 6000  # milliseconds
_MOVES = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)
_SIGNS = {
    "done": ("check", "confirmed"),
    "warn": ("alert", "emergent"),
    "error": ("alert", "danger"),
}


@dataclass(frozen=True, slots=True)
class Action:
    """The label and callback of a button; at most two per toast."""

    word: str
    call: Callable[[], object]


class Toasts(QFrame):
    """The toast of a window, at the bottom of `host`.

    It stays above the visible ones of the widgets `low`.
    """

    def __init__(self, window: QWidget, host: QWidget, low: Sequence[QWidget] = ()) -> None:
        super().__init__(window)
        self._host = host
        self._low = tuple(low)
        self._box = row(margins=(14, 6, 6, 6), gap=6)
        self.setLayout(self._box)
        self.setProperty("card", "toast")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._timer = delayed(self, self.hide)
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.text = ""
        self.offers: tuple[Action, ...] = ()
        for watched in (host, *self._low):
            watched.installEventFilter(self)
        theme.watch(self, self._fit)
        self.hide()

    def _fit(self) -> None:
        """Scale widths with the text size."""
        if self.isVisible():
            for words in self.findChildren(QLabel):
                words.setMaximumWidth(theme.px(520))

    def say(self, text: str, *actions: Action, kind: str = "done") -> None:
        """Show a toast. Kinds: done, warn, error."""
        self.text, self.offers = text, actions[:2]
        again = self.isVisible()
        # New children of a visible widget count as hidden until the next event loop iteration, so
        # the toast would be laid out without them.
        self.hide()
        clear(self._box)
        self._box.addWidget(Sign(*_SIGNS[kind], 18))
        words = label(text)
        words.setMaximumWidth(theme.px(520))
        words.setWordWrap(words.sizeHint().width() > theme.px(520))
        self._box.addWidget(words)
        self._box.addSpacing(8)
        for action in self.offers:
            press = quiet_button(action.word)
            press.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            press.clicked.connect(lambda _=False, chosen=action: self._take(chosen))
            self._box.addWidget(press)
            self._box.addSpacing(4)
        dismiss = tool("close", tr("Dismiss"), call=self.hide)
        dismiss.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._box.addWidget(dismiss)
        self.setAccessibleName(text)
        self._box.activate()
        self.adjustSize()
        self._appear(slide=not again)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
        self._timer.start(_STAYS)

    def _take(self, action: Action) -> None:
        self.hide()
        action.call()

    def _appear(self, *, slide: bool) -> None:
        place = self._place()
        self.show()
        self.raise_()
        if not slide or theme.reduced_motion():
            self.move(place)
            return
        self._slide.stop()
        self._slide.setDuration(theme.MOTION["toast"])
        self._slide.setStartValue(place + QPoint(0, theme.px(16)))
        self._slide.setEndValue(place)
        self._slide.start()

    def _place(self) -> QPoint:
        corner = self._host.mapTo(self.window(), QPoint(0, 0))
        tops = [item.mapTo(self._host, QPoint(0, 0)).y() for item in self._low if item.isVisible()]
        bottom = min(tops, default=self._host.height())
        return QPoint(
            corner.x() + (self._host.width() - self.width()) // 2,
            corner.y() + bottom - self.height() - theme.px(16),
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES and self.isVisible():
            self._slide.stop()
            self.move(self._place())
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Enter:
            self._timer.stop()
        elif event.type() == QEvent.Type.Leave:
            self._timer.start(_STAYS)
        told = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            # The content was resized, as after zooming.
            self.adjustSize()
            self._slide.stop()
            self.move(self._place())
        return told
