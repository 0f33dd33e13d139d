"""Rows of lists: the base of all item delegates, and the popup of completions."""

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QShowEvent
from PySide6.QtWidgets import (
    QCompleter,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from workbench.ui import theme

_State = QStyle.StateFlag
Index = QModelIndex | QPersistentModelIndex


class Painted(QStyledItemDelegate):
    """Paints the ground of a row, its content by `draw`, and a bar at the leading edge if focused.

    `margins` of the ground and the `radius` of its corners are in pixels.
    """

    margins, radius, has_focus_bar = (0, 0, 0, 0), 0, True

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        ground = QRectF(option.rect).adjusted(*map(theme.px, self.margins))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Text has its own direction regardless of the window's.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        if index.flags() & Qt.ItemFlag.ItemIsSelectable:
            self.fill(painter, ground, option.state)
        self.draw(painter, option, index)
        painter.restore()
        if self.has_focus_bar and option.state & _State.State_HasFocus and not index.column():
            bar = theme.px(3)
            side = ground.right() - bar + 1 if is_mirrored(option) else ground.left()
            place = QRectF(side, ground.top(), bar, ground.height())
            corner = theme.px(self.radius)
            painter.fillRect(place.adjusted(0, corner, 0, -corner), theme.colour("accent"))

    def fill(self, painter: QPainter, rect: QRectF, state: Any) -> None:
        """Fill the ground of a selected or hovered row; `state` is that of a style option."""
        selected = state & _State.State_Selected
        if selected or state & _State.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft" if selected else "hover"))
            painter.drawRoundedRect(rect, theme.px(self.radius), theme.px(self.radius))

    def draw(self, painter: QPainter, option: Any, index: Index) -> None:
        """Paint the content; by default, as Qt does."""
        super().paint(painter, option, index)


class Row(Painted):
    """A delegate with rows of `high` pixels and a bar at the leading edge of the focused one.

    It elides text at the width of the list, or with `wide` is as wide as its text.
    """

    def __init__(self, parent: QObject, high: int, *, wide: bool = False) -> None:
        super().__init__(parent)
        self._high, self._wide = high, wide

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        wide = super().sizeHint(option, index).width() + theme.px(6) if self._wide else 0
        return QSize(wide, theme.px(self._high))

    def fill(self, painter: QPainter, rect: QRectF, state: Any) -> None:
        """Leave the ground to Qt."""


def is_mirrored(option: Any) -> bool:
    """Whether a style option is that of a right-to-left window."""
    return bool(option.direction == Qt.LayoutDirection.RightToLeft)


def write(painter: QPainter, box: QRectF, text: str, align: Qt.AlignmentFlag) -> None:
    """Paint one elided line; `align` ignores the layout direction."""
    mode = Qt.TextElideMode.ElideRight
    visible = painter.fontMetrics().elidedText(text, mode, int(box.width()))
    alignment = align | Qt.AlignmentFlag.AlignAbsolute
    painter.drawText(box, alignment.value | Qt.TextFlag.TextSingleLine.value, visible)


def disc(painter: QPainter, box: QRectF, colour: str) -> None:
    """Paint a disc in the colour of a highlighter."""
    painter.setPen(QPen(theme.colour(f"{colour}_edge"), 1.5))
    painter.setBrush(theme.colour(colour))
    painter.drawEllipse(box)


def leading(mirrored: bool) -> Qt.AlignmentFlag:
    """The alignment of the leading edge."""
    side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


_POPUP_WIDTH, _POPUP_ROW, _POPUP_ROWS = 320, 28, 8


class PopupList(QListView):
    """The completion popup of a field: elided rows, at least 320 px wide regardless of it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("kind", "popup")
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)

    def showEvent(self, event: QShowEvent) -> None:
        # A top-level window inherits no style sheet.
        theme.wear(self)
        # A completer sets width and position of the popup before showing it.
        self.setMinimumWidth(theme.px(_POPUP_WIDTH))
        room = self.screen().availableGeometry()
        wide = max(self.width(), self.minimumWidth())
        left = max(room.left(), min(self.x(), room.right() + 1 - wide))
        self.setGeometry(left, self.y(), wide, self.height())
        super().showEvent(event)


def drop_list(completer: QCompleter, name: str) -> PopupList:
    """Give a completer its popup, with an accessible name."""
    listing = PopupList(name)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setMaxVisibleItems(_POPUP_ROWS)
    completer.setPopup(listing)
    # After `setPopup`, which installs a delegate of its own.
    listing.setItemDelegate(Row(listing, _POPUP_ROW))
    return listing
