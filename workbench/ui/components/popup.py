"""The completion popup below a field."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCompleter, QListView

from workbench.ui import theme
from workbench.ui.components import cells

_WIDE, _ROW, _ROWS = 320, 28, 8


class PopupList(QListView):
    """Rows on a raised background, at least 320 px wide regardless of the field, elided."""

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
        self.setMinimumWidth(theme.px(_WIDE))
        room = self.screen().availableGeometry()
        wide = max(self.width(), self.minimumWidth())
        left = max(room.left(), min(self.x(), room.right() + 1 - wide))
        self.setGeometry(left, self.y(), wide, self.height())
        super().showEvent(event)


def drop_list(completer: QCompleter, name: str) -> PopupList:
    """Give a completer its popup, with an accessible name."""
    listing = PopupList(name)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setMaxVisibleItems(_ROWS)
    completer.setPopup(listing)
    # After `setPopup`, which installs a delegate of its own.
    listing.setItemDelegate(cells.Row(listing, _ROW))
    return listing
