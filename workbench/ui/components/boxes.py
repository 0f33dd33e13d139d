"""Shorthands for layouts: columns, rows, cards, rules, and a flow of chips that wraps."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from workbench.ui import theme
from workbench.ui.components.words import label

Item = QWidget | QLayout | int | None
Margins = tuple[int, int, int, int]
Widget = TypeVar("Widget", bound=QWidget)


def column(
    *items: Item, margins: Margins = (0, 0, 0, 0), gap: int = 8, wide: int | None = None
) -> QVBoxLayout:
    """Create a vertical layout of widgets and layouts; an int is space in pixels, None is stretch.

    Item number `wide` (negative from the end) takes the remaining space.
    """
    box = QVBoxLayout()
    _fill_box(box, items, margins, gap, wide)
    return box


def row(
    *items: Item, margins: Margins = (0, 0, 0, 0), gap: int = 8, wide: int | None = None
) -> QHBoxLayout:
    """Create a horizontal layout, as `column` does."""
    box = QHBoxLayout()
    _fill_box(box, items, margins, gap, wide)
    return box


def _fill_box(
    box: QBoxLayout, items: Iterable[Item], margins: Margins, gap: int, wide: int | None
) -> None:
    box.setContentsMargins(*margins)
    box.setSpacing(gap)
    for item in items:
        if item is None:
            box.addStretch(1)
        elif isinstance(item, int):
            box.addSpacing(item)
        elif isinstance(item, QWidget):
            box.addWidget(item)
        else:
            box.addLayout(item)
    if wide is not None:
        box.setStretch(wide % box.count(), 1)


def holder(layout: QLayout, paper: str = "", name: str = "") -> QWidget:
    """A widget around a layout, with the background of a token (canvas, surface, sunken)."""
    return fill(QWidget(), layout, paper, name)


def fill(widget: Widget, layout: QLayout, paper: str = "", name: str = "") -> Widget:
    """Give a widget a layout, the background of a token, and an accessible name."""
    widget.setLayout(layout)
    if paper:
        on_paper(widget, paper)
    if name:
        widget.setAccessibleName(name)
    return widget


def on_paper(widget: QWidget, paper: str) -> None:
    """Paint the background of a token (canvas, surface, sunken) behind a widget."""
    widget.setProperty("paper", paper)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


def veil(widget: QWidget, colour: Callable[[], QColor]) -> None:
    """Paint a translucent colour behind a widget."""

    def fit() -> None:
        palette = widget.palette()
        palette.setColor(QPalette.ColorRole.Window, colour())
        widget.setPalette(palette)

    widget.setAutoFillBackground(True)
    theme.watch(widget, fit)
    fit()


def card(layout: QLayout, kind: str = "true", name: str = "") -> QFrame:
    """A frame with a thin border and round corners."""
    frame = QFrame()
    frame.setProperty("card", kind)
    frame.setLayout(layout)
    frame.setAccessibleName(name)
    return frame


def rule() -> QFrame:
    """A horizontal rule."""
    frame = QFrame()
    frame.setProperty("card", "rule")
    return frame


def as_bar(widget: QWidget, line: QLayout) -> None:
    """Make a widget a bar across its place: a line above a rule."""
    widget.setLayout(column(line, rule(), gap=0))
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


def headed(title: str, *parts: QWidget | int) -> list[QWidget | int]:
    """A rule, a heading and its content, for a column."""
    return [6, rule(), 6, label(title, "head"), *parts]


def scroll(widget: QWidget, name: str = "") -> QScrollArea:
    """A frameless area that scrolls `widget` vertically."""
    area = QScrollArea(widgetResizable=True)
    area.setWidget(widget)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    return area


def show_details(area: QScrollArea, *parts: Item, top: int = 14) -> None:
    """Show the parts of a detail pane; the scroll position stays."""
    at = area.verticalScrollBar().value()
    box = column(*parts, None, margins=(16, top, 16, 12), gap=6)
    area.setWidget(holder(box, "canvas"))
    area.verticalScrollBar().setValue(at)


class DetailPane(QWidget):
    """Details below one another in a scrolling area, made anew by `_rebuild`."""

    def __init__(self, name: str, *above: QWidget) -> None:
        super().__init__()
        self._area = scroll(QWidget(), name)
        fill(self, column(*above, self._area, gap=0), "canvas", name)
        theme.watch(self, self._rebuild)

    def _rebuild(self) -> None:
        raise NotImplementedError


def divided(*parts: QWidget, down: bool = False, wide: int = 0) -> QSplitter:
    """A splitter of parts side by side, or one below the other with `down`.

    Part number `wide` takes spare room; -1 shares it among all.
    """
    orientation = Qt.Orientation.Vertical if down else Qt.Orientation.Horizontal
    created = QSplitter(orientation, childrenCollapsible=False, handleWidth=1)
    for part in parts:
        created.addWidget(part)
    created.setStretchFactor(wide, 1)
    return created


class SidePanel(QSplitter):
    """A widget with a panel beside it, or below it in a place narrower than `narrow` pixels."""

    def __init__(self, main: QWidget, side: QWidget, narrow: int, width: int) -> None:
        super().__init__(Qt.Orientation.Vertical, childrenCollapsible=False, handleWidth=1)
        for part in (main, side):
            self.addWidget(part)
        self.setStretchFactor(0, 1)
        self._narrow, self._side, self._sized = narrow, width, False

    def arrange(self, width: int) -> None:
        """Fit it to the width of its place, in pixels."""
        narrow = width < theme.px(self._narrow)
        orientation = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self.orientation() != orientation:
            self._sized = False
            self.setOrientation(orientation)
        if not narrow and not self._sized and self.isVisible():
            self._sized = True
            self.setSizes([width - theme.px(self._side), theme.px(self._side)])


def grid(across: int, down: int, wide: int) -> QGridLayout:
    """An empty grid without margins; its column `wide` takes spare room."""
    created = QGridLayout()
    created.setHorizontalSpacing(across)
    created.setVerticalSpacing(down)
    created.setContentsMargins(0, 0, 0, 0)
    created.setColumnStretch(wide, 1)
    return created


def stretch() -> QWidget:
    """A spacer for tool bars."""
    widget = QWidget()
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return widget


def centred(widget: QWidget) -> QHBoxLayout:
    """A centred widget, up to its maximum width."""
    box = row(gap=0)
    box.addStretch(1)
    box.addWidget(widget, 1000)
    box.addStretch(1)
    return box


class ResponsiveRow(QWidget):
    """Widgets of equal width in a row, or in a column below `narrow` pixels."""

    def __init__(self, widgets: Sequence[QWidget], narrow: int, gap: int) -> None:
        super().__init__()
        self._narrow = narrow
        self._box = row(*widgets, gap=gap)
        for widget in widgets:
            self._box.setStretchFactor(widget, 1)
        self.setLayout(self._box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        narrow = self.width() < theme.px(self._narrow)
        self._box.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)


def clear(layout: QLayout) -> None:
    """Remove everything from a layout and delete its widgets."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            clear(inner)
        elif widget is not None:
            widget.hide()
            widget.deleteLater()


class Flow(QLayout):
    """A layout that wraps, so that nothing is hidden in a narrow window or at 200 %."""

    def __init__(
        self,
        items: Sequence[QWidget] = (),
        margins: Margins = (0, 0, 0, 0),
        gap: int = 6,
        *,
        centred: bool = False,
    ) -> None:
        super().__init__()
        self._centred = centred
        self._items: list[QLayoutItem] = []
        self._gap = gap
        #: Heights by width until invalidated, since Qt asks hundreds of times.
        self._heights: dict[int, int] = {}
        self.setContentsMargins(*margins)
        for widget in items:
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        existing = self._heights.get(width)
        if existing is None:
            existing = self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return existing

    def minimumSize(self) -> QSize:
        margins = self.contentsMargins()
        widths = [item.minimumSize().width() for item in self._items]
        heights = [item.minimumSize().height() for item in self._items]
        return QSize(
            max(widths, default=0) + margins.left() + margins.right(),
            max(heights, default=0) + margins.top() + margins.bottom(),
        )

    def sizeHint(self) -> QSize:
        margins = self.contentsMargins()
        widths = [item.sizeHint().width() + self._gap for item in self._items]
        return QSize(sum(widths) + margins.left() + margins.right(), self.minimumSize().height())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Break the items into lines, vertically centred; return the height in pixels."""
        margins = self.contentsMargins()
        inner = rect.marginsRemoved(margins)
        x, y = inner.x(), inner.y()
        line: list[tuple[QLayoutItem, QRect]] = []
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            size = item.sizeHint()
            if size.width() > inner.width() and item.hasHeightForWidth():
                # An item that wraps itself, such as a nested flow, gets a whole line.
                size = QSize(inner.width(), item.heightForWidth(inner.width()))
            if line and x + size.width() > inner.right() + 1:
                y += self._set(line, inner, move=move) + self._gap
                x, line = inner.x(), []
            line.append((item, QRect(QPoint(x, y), size)))
            x += size.width() + self._gap
        y += self._set(line, inner, move=move)
        return y + margins.bottom() - rect.y()

    def _set(self, line: list[tuple[QLayoutItem, QRect]], inner: QRect, *, move: bool) -> int:
        height = max((place.height() for _item, place in line), default=0)
        parent = self.parentWidget()
        mirrored = parent is not None and parent.isRightToLeft()
        left = inner.right() - line[-1][1].right() if line and self._centred else 0
        for item, place in line if move else ():
            place.translate(left // 2, (height - place.height()) // 2)
            if mirrored:
                place.moveLeft(inner.left() + inner.right() - place.right())
            item.setGeometry(place)
        return height


def flow(*parts: QWidget, gap: int = 8) -> QWidget:
    """Widgets in a wrapping flow."""
    return holder(Flow(parts, gap=gap))


def lines(parts: Sequence[QWidget], gap: int = 10) -> QWidget:
    """Widgets in a wrapping flow, each at least as high as a chip."""
    for part in parts:
        part.setMinimumHeight(theme.px(24))
    return flow(*parts, gap=gap)
