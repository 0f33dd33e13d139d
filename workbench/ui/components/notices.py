"""Inline messages, and placeholders of empty pages."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QStackedWidget, QWidget

from workbench.errors import WorkbenchError
from workbench.ui import theme
from workbench.ui.components.boxes import Flow, card, column, holder, row, scroll
from workbench.ui.components.controls import Call, Sign, button, quiet_button
from workbench.ui.components.pointing import pointed
from workbench.ui.components.words import paragraph
from workbench.ui.language import tr

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
        self._fit()
        theme.watch(self, self._fit)

    def show_text(self, title: str, text: str) -> None:
        """Show another title and text."""
        self._heading.setText(title)
        self._text.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._text.setFixedWidth(max(1, min(theme.px(400), self.width() - theme.px(32))))
