"""Checks of a window: contrast in its picture, names for screen readers.

The paper of a piece is its commonest colour, its ink the one that stands out most.
"""

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QAbstractListModel, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QMenu,
    QTextEdit,
    QToolButton,
    QWidget,
)

from tests.ui.contrast import contrast

#: Smaller pieces than this are what scrolling left of one, not words.
_LEAST = 8


def unnamed(root: QWidget) -> list[str]:
    """Visible widgets that take the focus and say nothing of themselves to a screen reader."""
    found = []
    for widget in root.findChildren(QWidget):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or not widget.isVisible():
            continue
        spoken = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        if not spoken:
            parent = type(widget.parentWidget()).__name__
            found.append(f"{type(widget).__name__} {widget.objectName()} in {parent}")
    return found


def legibility(picture: QImage, piece: QRect | None = None) -> tuple[str, float]:
    """The paper of a picture, or of a piece of it, and the contrast of its strongest ink.

    What is see-through counts as black, which is what a desktop shows below it.
    """
    shown = picture.copy(piece) if piece is not None else picture
    shown = shown.convertToFormat(QImage.Format.Format_ARGB32)
    lines = np.frombuffer(shown.constBits(), np.uint32).reshape(shown.height(), -1)
    pixels = lines[:, : shown.width()].ravel()
    pixels = np.where(pixels >> 24 == 255, pixels & 0xFFFFFF, 0)
    colours, counts = np.unique(pixels, return_counts=True)
    names = [f"#{int(each):06x}" for each in colours]
    paper = names[int(counts.argmax())]
    return paper, max(contrast(ink, paper) for ink in names)


def written(root: QWidget) -> Iterator[tuple[str, QRect]]:
    """Each piece of `root` in which words can be seen and used, with its place in `root`."""
    if isinstance(root, QMenu):
        for action in root.actions():
            if action.isVisible() and action.isEnabled() and action.text():
                yield f"menu “{action.text()}”", root.actionGeometry(action)
        return
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisible() or not widget.isEnabled() or widget.window() is not root.window():
            continue
        if _is_covered(root, widget):
            continue
        name = f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        if isinstance(widget, QAbstractItemView):
            for said, place in _cells(widget):
                seen = place.intersected(widget.viewport().visibleRegion().boundingRect())
                if seen.height() >= min(place.height(), 3 * widget.fontMetrics().height()):
                    yield f"{name} “{said}”", _in(root, widget.viewport(), seen)
        elif said := _words(widget):
            seen = widget.visibleRegion().boundingRect()
            # Of a line that is scrolled partly out only its margin may be left.
            if seen.height() >= min(widget.height(), 3 * widget.fontMetrics().height()):
                yield f"{name} “{said}”", _in(root, widget, seen)


def contrasts(root: QWidget) -> list[tuple[float, str]]:
    """The contrast of each such piece of `root` on its picture, the lowest first."""
    picture = root.grab().toImage()
    scale = picture.devicePixelRatio()
    found = []
    for name, place in written(root):
        whole = QRect(place.topLeft() * scale, place.size() * scale)
        piece = whole.intersected(picture.rect())
        if min(place.width(), place.height()) >= _LEAST and not piece.isEmpty():
            found.append((legibility(picture, piece)[1], name))
    return sorted(found)


def _is_covered(root: QWidget, widget: QWidget) -> bool:
    """Whether a panel lies over the begin, the middle or the end of a widget."""
    area = _in(root, widget, widget.visibleRegion().boundingRect())
    for x in (area.left() + 2, area.center().x(), area.right() - 2):
        above = root.childAt(QPoint(x, area.center().y()))
        if above is None or above is widget:
            continue
        if not (above.isAncestorOf(widget) or widget.isAncestorOf(above)):
            return True
    return False


def _in(root: QWidget, widget: QWidget, place: QRect) -> QRect:
    return QRect(widget.mapTo(root, QPoint(0, 0)) + place.topLeft(), place.size())


def _words(widget: QWidget) -> str:
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    if isinstance(widget, QTextEdit):
        return widget.toPlainText()[:40]
    if isinstance(widget, QToolButton):
        only_sign = widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
        return "" if only_sign and not widget.icon().isNull() else widget.text()
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text().strip()[:40]
    return ""


def _cells(view: QAbstractItemView) -> Iterator[tuple[str, QRect]]:
    model, root = view.model(), view.rootIndex()
    area = view.viewport().rect()
    # Of a model that is a list alone, Qt keeps the number of columns to itself.
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(root)
    for row in range(model.rowCount(root)):
        for column in range(columns):
            index = model.index(row, column, root)
            place = view.visualRect(index)
            usable = index.flags() & Qt.ItemFlag.ItemIsEnabled
            if usable and index.data() and area.intersects(place):
                yield str(index.data())[:40], place
        if row and place.top() > area.bottom():
            return
