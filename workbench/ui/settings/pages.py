"""All Settings pages: imported on first use, and each created when shown."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from workbench.ui import theme
from workbench.ui.components import (
    cells,
    column,
    fill,
    holder,
    label,
    on_key,
    on_paper,
    row,
    tool,
)
from workbench.ui.language import tr
from workbench.ui.settings.appearance import AppearancePage, ShortcutsPage, SleepSettingsPage
from workbench.ui.settings.library import ConnectionsPage, LibraryPage, PrivacyPage
from workbench.ui.settings.models import ModelsPage
from workbench.ui.settings.page import Page

if TYPE_CHECKING:
    from workbench.ui.window.context import Context
    from workbench.ui.window.preferring import Preferences


_LIST, _ROW, _SIGN = 216, 30, 18
_Kind = TypeVar("_Kind", bound=Page)


class SettingsPages(QWidget):
    """The list of pages and the chosen one; `works` does what they ask for."""

    closed = Signal()
    #: A `Page` was created, but not shown yet.
    page_created = Signal(object)

    def __init__(self, context: "Context", works: "Preferences") -> None:
        super().__init__()
        shelf, choices = context.library, context.settings
        self._makers: Mapping[type[Page], Callable[[], Page]] = {
            AppearancePage: lambda: AppearancePage(choices, works),
            ModelsPage: lambda: ModelsPage(shelf, works.works),
            LibraryPage: lambda: LibraryPage(shelf, context.actions),
            ConnectionsPage: lambda: ConnectionsPage(shelf),
            PrivacyPage: lambda: PrivacyPage(shelf),
            SleepSettingsPage: SleepSettingsPage,
            ShortcutsPage: lambda: ShortcutsPage(choices, context.actions, works.rekey),
        }
        self.kinds = tuple(self._makers)
        self._made: dict[type[Page], Page] = {}
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Pages of the settings"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setItemDelegate(cells.Row(self.list, _ROW))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for kind in self.kinds:
            sign = theme.icon(kind.title.glyph)
            self.list.addItem(QListWidgetItem(sign, kind.title.name))
        self._stack = QStackedWidget()
        back = tool("left", tr("Back (Esc)"), call=self.closed)
        head = row(back, label(tr("Settings"), "page"), None, gap=4)
        listing = column(head, 8, self.list, margins=(12, 20, 8, 12), gap=4)
        self._side, line = holder(listing, "canvas"), QFrame()
        line.setProperty("card", "vrule")
        fill(self, row(self._side, line, self._stack, gap=0, wide=2), name=tr("Settings"))
        self.setFocusProxy(self.list)
        self.list.setCurrentRow(0)
        self.list.currentRowChanged.connect(lambda at: self.choose(self.kinds[at]))
        on_key(self, Qt.Key.Key_Escape, self.closed, include_children=True)
        theme.dress(self, self._stack)
        theme.render(self, self._fit)

    def of(self, kind: type[_Kind]) -> _Kind:
        """The page of a kind, created on first use."""
        if kind not in self._made:
            page = self._made[kind] = self._makers[kind]()
            self.page_created.emit(page)
            on_paper(page, "surface")
            self._stack.addWidget(page)
        made = self._made[kind]
        assert isinstance(made, kind)
        return made

    @property
    def empty(self) -> bool:
        """Whether no page was created yet."""
        return not self._made

    @property
    def pages(self) -> tuple[Page, ...]:
        """All pages, creating missing ones."""
        return tuple(map(self.of, self.kinds))

    @property
    def page(self) -> Page:
        """The current page."""
        visible = self._stack.currentWidget()
        return visible if isinstance(visible, Page) else self.of(AppearancePage)

    def choose(self, kind: type[Page]) -> None:
        """Switch to a page and refresh it."""
        page = self.of(kind)
        with QSignalBlocker(self.list):
            self.list.setCurrentRow(self.kinds.index(kind))
        self._stack.setCurrentWidget(page)
        if self.isVisible():
            page.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Scale with the text size; in a narrow window the page keeps most of the width."""
        self.list.setIconSize(QSize(theme.px(_SIGN), theme.px(_SIGN)))
        self.list.doItemsLayout()
        self._side.setFixedWidth(min(theme.px(_LIST), self.width() // 3))
