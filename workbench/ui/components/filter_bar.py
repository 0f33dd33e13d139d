"""The bar above a list: view switch, filter field and filter chips.

Chips that do not fit move to a menu, so that the bar never wraps and the list never moves. Only if
not even the field fits, as in a small window at 200 %, there are two lines.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget

from workbench.ui import theme
from workbench.ui.components.controls import chip, drop_menu, ticked
from workbench.ui.language import tr

_FIELD, _SMALL_FIELD, _MIN_FIELD, _GAP = 200, 140, 96, 6


class FilterBar(QWidget):
    """Lays out switch, field and chips; `more` is the menu of chips that do not fit."""

    def __init__(self, switch: QWidget, field: QLineEdit, chips: Sequence[QToolButton]) -> None:
        super().__init__()
        self._switch, self._field, self._chips = switch, field, tuple(chips)
        self._offered = set(chips)
        self.more = chip("", "more")
        self.more.setProperty("signed", False)
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._menu = QMenu(tr("More filters"), self.more)
        self._menu.aboutToShow.connect(self._fill)
        drop_menu(self.more, self._menu)
        self._name_more(None)
        for item in (switch, field, *chips, self.more):
            item.setParent(self)
        for press in chips:
            press.toggled.connect(self._place)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.watch(self, self._fit)

    def offer(self, press: QToolButton, available: bool) -> None:
        """Show a chip, or hide it if it would match nothing."""
        if available != (press in self._offered):
            (self._offered.add if available else self._offered.discard)(press)
            self._place()

    @property
    def offered(self) -> list[QToolButton]:
        """The available chips, in the bar or its menu."""
        return [item for item in self._chips if item in self._offered]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._high * 2 + _GAP if self._is_two(width) else self._high

    def sizeHint(self) -> QSize:
        chips = sum(item.sizeHint().width() + _GAP for item in self.offered)
        wide = self._switch.sizeHint().width() + _GAP + theme.px(_FIELD) + _GAP + chips
        return QSize(wide, self._high)

    def minimumSizeHint(self) -> QSize:
        field = theme.px(_MIN_FIELD) + _GAP + self.more.sizeHint().width()
        return QSize(max(self._switch.minimumSizeHint().width(), field), self._high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.LayoutDirectionChange):
            # A text may have grown: adapt the height.
            self.updateGeometry()
            self._place()
        return super().event(event)

    @property
    def _high(self) -> int:
        parts = (self._switch, self._field, *self._chips[:1], self.more)
        return max(part.sizeHint().height() for part in parts)

    def _is_two(self, width: int) -> bool:
        """Whether field and menu do not fit beside the switch."""
        remaining = theme.px(_MIN_FIELD) + 2 * _GAP + self.more.sizeHint().width()
        return self._switch.sizeHint().width() + remaining > width

    def _fit(self) -> None:
        self.updateGeometry()
        self._place()

    def _place(self) -> None:
        two, high = self._is_two(self.width()), self._high
        left = 0
        wide = self._switch.sizeHint().width()
        if two:
            self._set_geometry(self._switch, 0, 0, min(wide, self.width()))
        else:
            self._set_geometry(self._switch, 0, 0, wide)
            left = wide + _GAP
        top = high + _GAP if two else 0
        # The field shrinks a little before chips move, and to its minimum only for the menu.
        chips = sum(item.sizeHint().width() + _GAP for item in self.offered)
        room = self.width() - left
        field = min(theme.px(_FIELD), max(theme.px(_SMALL_FIELD), room - chips))
        field = min(field, room - _GAP - self.more.sizeHint().width())
        self._set_geometry(self._field, left, top, max(field, theme.px(_MIN_FIELD)))
        self._place_chips(left + max(field, theme.px(_MIN_FIELD)) + _GAP, top)

    def _place_chips(self, left: int, top: int) -> None:
        offered = self.offered
        room = self.width() - left + _GAP
        fitting = self._fitting(room)
        self._name_more(next((item for item in offered[fitting:] if item.isChecked()), None))
        for press in offered[:fitting]:
            wide = press.sizeHint().width()
            self._set_geometry(press, left, top, wide)
            left += wide + _GAP
        for press in self._chips:
            press.setVisible(press in offered[:fitting])
        self._set_geometry(self.more, left, top, self.more.sizeHint().width())
        self.more.setVisible(fitting < len(offered))

    def _fitting(self, room: int) -> int:
        """The number of chips that fit, leaving room for the menu if needed."""
        widths = [item.sizeHint().width() + _GAP for item in self.offered]
        fitting = len(widths)
        if sum(widths) > room:
            room -= self.more.sizeHint().width() + _GAP
            while fitting and sum(widths[:fitting]) > room:
                fitting -= 1
        return fitting

    def _set_geometry(self, part: QWidget, left: int, top: int, wide: int) -> None:
        high = min(part.sizeHint().height(), self._high)
        place = QRect(left, top + (self._high - high) // 2, wide, high)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            place.moveLeft(self.width() - left - wide)
        part.setGeometry(place)

    def _name_more(self, selected: QToolButton | None) -> None:
        """Mark the menu if the checked chip is in it, and name that chip."""
        name = selected.text().strip() if selected is not None else ""
        # Constant width: a label beside the icon would take the room of a chip.
        self.more.setChecked(bool(name))
        self.more.setToolTip(
            tr("More filters: {name} is chosen", name=name) if name else tr("More filters")
        )
        self.more.setAccessibleName(self.more.toolTip())

    def _fill(self) -> None:
        self._menu.clear()
        for press in self.offered:
            if press.isHidden():
                ticked(self._menu, press.text().strip(), press.click, on=press.isChecked())
