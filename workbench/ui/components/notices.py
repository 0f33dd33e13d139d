"""Messages: inline, as toasts, and on empty pages."""

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
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QStackedWidget, QWidget

from workbench.errors import WorkbenchError
from workbench.ui import theme
from workbench.ui.components.boxes import Flow, card, clear, column, holder, row, scroll
from workbench.ui.components.controls import Call, Sign, button, delayed, quiet_button, tool
from workbench.ui.components.pointing import pointed
from workbench.ui.components.words import label, paragraph
from workbench.ui.language import tr

#: Milliseconds for which a toast is shown.
_TOAST_MILLISECONDS = 6000
_MOVES = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)
_SIGNS = {
    "error": ("alert", "danger"),
    "warn": ("alert", "emergent"),
    "done": ("check", "confirmed"),
    "info": ("info", "accent"),
}


def message(kind: str, title: str, reason: str = "", *actions: QPushButton) -> QFrame:
    """A message: what happened, why, what next. Kinds: error, warn, done, info."""
    glyph, role = _SIGNS[kind]
    title, reason = pointed(title), pointed(reason)
    body = column(paragraph(title, "strong"), gap=4)
    if reason:
        body.addWidget(paragraph(reason))
    if actions:
        body.addLayout(row(*actions, None, gap=12))
    box = row(margins=(14, 10, 12, 10), gap=12)
    box.addWidget(Sign(glyph, role, 20), 0, Qt.AlignmentFlag.AlignTop)
    box.addLayout(body, 1)
    return card(box, name=f"{title} {reason}".strip())


def request(address: str, *actions: QPushButton) -> QFrame:
    """A request to the network before it is made, with the buttons that send it or not."""
    address = address.replace("/", "/\u200b")
    return message("info", tr("Sends this one request, nothing else:"), address, *actions)


def error_message(error: WorkbenchError, *actions: QPushButton) -> QFrame:
    """An error as a message, with "Copy details" after other actions."""
    copy = quiet_button(
        tr("Copy details"), call=lambda: QApplication.clipboard().setText(details(error))
    )
    return message("error", error.message, error.hint, *actions, copy)


def details(error: WorkbenchError) -> str:
    """The text that "Copy details" copies."""
    cause = tr("\ncause: {cause!r}", cause=error.__cause__) if error.__cause__ is not None else ""
    return tr(
        "{message}\n{pointed}\ncode: {code}{cause}",
        message=error.message,
        pointed=pointed(error.hint),
        code=error.code,
        cause=cause,
    )


class Stack(QStackedWidget):
    """Pages of which one is shown; another widget can replace them."""

    def __init__(self, *pages: QWidget, name: str = "") -> None:
        super().__init__()
        self._name = name
        #: The widget that last replaced the pages.
        self.other: QWidget | None = None
        for page in pages:
            self.addWidget(page)

    def add_other(self, inner: QWidget) -> QWidget:
        """Add a widget to replace the pages, and delete the previous one."""
        previous, self.other = self.other, scroll(inner, self._name)
        self.addWidget(self.other)
        if previous is not None:
            if self.currentWidget() is previous:
                # Otherwise a page would be shown in between and load its data.
                self.setCurrentWidget(self.other)
            self.removeWidget(previous)
            previous.deleteLater()
        return self.other

    def show_other(self, inner: QWidget) -> None:
        """Replace the pages by a widget until one of them is shown again."""
        self.setCurrentWidget(self.add_other(inner))


def failed(error: WorkbenchError, retry: Call) -> QWidget:
    """An error page with a Retry button."""
    press = button(tr("Try again"), call=retry)
    return holder(column(error_message(error, press), None, margins=(16, 16, 16, 16)))


class EmptyState(QWidget):
    """An icon, a title, a sentence, and up to three actions, one of them primary."""

    def __init__(self, glyph: str, title: str, text: str, *actions: QWidget) -> None:
        super().__init__()
        self._text = paragraph(text, "muted")
        self._heading = paragraph(title, "page")
        for words in (self._heading, self._text):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        parts: list[QWidget | int] = []
        if actions:
            parts.append(12)
        self.setLayout(
            column(
                None,
                row(None, Sign(glyph, "accent", 44), None),
                8,
                self._heading,
                row(None, self._text, None),
                *parts,
                holder(Flow(actions, gap=8, centred=True)),
                None,
            )
        )
        theme.render(self, self._fit)

    def show_text(self, title: str, text: str) -> None:
        """Show another title and text."""
        self._heading.setText(title)
        self._text.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._text.setFixedWidth(max(1, min(theme.px(400), self.width() - theme.px(32))))


@dataclass(frozen=True, slots=True)
class Action:
    """The label and callback of a button; at most two per toast."""

    word: str
    call: Callable[[], object]


class Toasts(QFrame):
    """The toast of a window: a message with optional actions at the bottom centre of `host`.

    One at a time, for six seconds or as long as the mouse is over it; it takes no focus. It stays
    above the visible ones of the widgets `low`.
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
        self._timer.start(_TOAST_MILLISECONDS)

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
            self._timer.start(_TOAST_MILLISECONDS)
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            # The content was resized, as after zooming.
            self.adjustSize()
            self._slide.stop()
            self.move(self._place())
        return handled
