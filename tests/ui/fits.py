"""What of a window is cut off: texts wider than their place, controls outside of their parents."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QHeaderView,
    QLabel,
    QMenu,
    QTabBar,
    QToolButton,
    QWidget,
)

from workbench.ui.components.words import Elided


def clipped(window: QWidget) -> list[str]:
    """Every place where a text does not fit, as a sentence for the test's report."""
    found: list[str] = []
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and not isinstance(widget, QMenu):
            found += _cut(widget)
            found += _outside(widget)
    return found


def _cut(widget: QWidget) -> list[str]:
    found: list[str] = []
    if isinstance(widget, QLabel) and not isinstance(widget, Elided) and widget.text():
        room = widget.contentsRect()
        if widget.wordWrap():
            if widget.heightForWidth(widget.width()) > widget.height() + 1:
                found.append(f"label “{widget.text()}”: too low ({widget.height()})")
        elif _wide(widget.font(), widget.text()) > room.width():
            found.append(f"label “{widget.text()}”: {room.width()} wide")
    elif isinstance(widget, QAbstractButton) and _says_its_text(widget):
        # A chip or the pill may cut a long text; it says the whole of it in its tooltip.
        needs = widget.sizeHint().width() if _must_fit(widget) else 0
        if needs > widget.width() or widget.sizeHint().height() > widget.height():
            found.append(f"button “{widget.text()}”: {widget.size()} for {widget.sizeHint()}")
        if _wide(widget.font(), widget.text()) > widget.width() and _must_fit(widget):
            found.append(f"button “{widget.text()}”: {widget.width()} wide")
    elif isinstance(widget, QTabBar):
        for at in range(widget.count()):
            if not widget.isTabVisible(at):
                continue
            bold = QFont(widget.font())
            bold.setWeight(QFont.Weight.DemiBold)
            needs = _wide(bold, widget.tabText(at)) + widget.iconSize().width()
            rect = widget.tabRect(at)
            if needs + 16 > rect.width() or not widget.rect().contains(rect):
                found.append(f"tab “{widget.tabText(at)}”: {rect} for {needs}")
    elif isinstance(widget, QHeaderView) and widget.model() is not None:
        if widget.length() > widget.viewport().width():
            found.append(f"columns: {widget.length()} in {widget.viewport().width()}")
        for at in range(widget.count()):
            text = str(widget.model().headerData(at, widget.orientation()) or "")
            if not widget.isSectionHidden(at) and _wide(widget.font(), text) > widget.sectionSize(
                at
            ):
                found.append(f"column “{text}”: {widget.sectionSize(at)} wide")
    return found


def _says_its_text(widget: QAbstractButton) -> bool:
    if isinstance(widget, QToolButton):
        only_sign = widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
        return bool(widget.text()) and not only_sign
    return bool(widget.text())


def _must_fit(widget: QAbstractButton) -> bool:
    if not isinstance(widget, QToolButton):
        return True
    pill = widget.property("kind") == "status" and bool(widget.minimumWidth())
    return not (widget.property("kind") == "chip" or pill)


def _outside(widget: QWidget) -> list[str]:
    parent = widget.parentWidget()
    if parent is None or isinstance(parent, QAbstractScrollArea) or _scrolls(parent):
        return []
    if isinstance(widget, QLabel | QAbstractButton):
        if widget.size().isEmpty() and not widget.text():
            # Qt's own button for what a bar has no room for is there before it is laid out.
            return []
        rect = QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
        rect = rect.intersected(QRect(rect.topLeft(), widget.size()))
        name = widget.text() or widget.accessibleName()
        if not parent.rect().contains(rect):
            return [f"“{name}” stands outside of its place: {rect} in {parent.rect()}"]
    return []


def _scrolls(widget: QWidget) -> bool:
    above: QWidget | None = widget
    while above is not None and not above.isWindow():
        if isinstance(above.parentWidget(), QAbstractScrollArea):
            return True
        above = above.parentWidget()
    return False


def _wide(font: QFont, text: str) -> int:
    return max(QFontMetrics(font).horizontalAdvance(line) for line in text.split("\n"))
