"""All Settings pages: imported on first use, and each created when shown."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import (
    QObject,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QWidget,
)

from workbench.ui import theme
from workbench.ui.components import (
    cells,
    choice,
    column,
    fill,
    holder,
    label,
    on_key,
    on_paper,
    quiet_button,
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


_LIST, _MIN_LIST_WIDTH, _ROW, _SIGN = 196, 700, 30, 18


class SettingsPlace(QWidget):
    """Shows one page at a time; `nested` ones are reached from their parent page.

    `make` creates a page on first use.
    """

    closed = Signal()

    def __init__(
        self,
        kinds: Sequence[type[Page]],
        nested: Mapping[type[Page], type[Page]],
        make: Callable[[type[Page]], Page],
    ) -> None:
        super().__init__()
        self.kinds = tuple(kinds)
        self._behind, self._make = nested, make
        self._made: dict[type[Page], Page] = {}
        #: The kinds in the list.
        self.tops = tuple(entry for entry in self.kinds if entry not in nested)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Pages of the settings"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setItemDelegate(cells.Row(self.list, _ROW))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.choice = choice(tr("Page of the settings"))
        self._stack = QStackedWidget()
        for entry in self.tops:
            sign = theme.icon(entry.title.glyph)
            self.list.addItem(QListWidgetItem(sign, entry.title.name))
            self.choice.addItem(sign, entry.title.name)
        self.list.setCurrentRow(0)
        self._back = tool("left", tr("Back (Esc)"), call=self.closed)
        self._side = holder(
            column(
                row(self._back, label(tr("Settings"), "page"), None, gap=4), 8, self.list,
                margins=(12, 20, 8, 12), gap=4,
            ),
            "canvas",
        )  # fmt: skip
        back = tool("left", tr("Back (Esc)"), call=self.closed)
        self._head = holder(
            row(back, label(tr("Settings"), "section"), None, self.choice, margins=(12, 8, 12, 8)),
            "canvas",
        )
        self._line = QFrame()
        self._line.setProperty("card", "vrule")
        box = row(self._side, self._line, self._stack, gap=0, wide=2)
        fill(self, column(self._head, box, gap=0), name=tr("Settings"))
        self.list.currentRowChanged.connect(self._to_row)
        # A click on the current row returns from a nested page.
        self.list.itemClicked.connect(lambda item: self._to_row(self.list.row(item)))
        self.list.itemActivated.connect(lambda item: self._to_row(self.list.row(item)))
        self.choice.activated.connect(self._to_row)
        on_key(self, Qt.Key.Key_Escape, self.closed, include_children=True)
        theme.dress(self, self._stack)
        theme.render(self, self._fit)

    def of(self, kind: type[Page]) -> Page:
        """The page of a kind, created on first use."""
        page = self._made.get(kind)
        if page is None:
            page = self._made[kind] = self._make(kind)
            if kind in self._behind:
                above = self._behind[kind]
                up = quiet_button(above.title.name, "left", call=partial(self._return, above))
                page.lead(up)
            on_paper(page, "surface")
            self._stack.addWidget(page)
        return page

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
        return visible if isinstance(visible, Page) else self.of(self.tops[0])

    def choose(self, kind: type[Page]) -> None:
        """Switch to a page and refresh it."""
        page, at = self.of(kind), self.tops.index(self._behind.get(kind, kind))
        with QSignalBlocker(self.list):
            self.list.setCurrentRow(at)
        self.choice.setCurrentIndex(at)
        self._stack.setCurrentWidget(page)
        if self.isVisible():
            page.refresh()

    def _to_row(self, at: int) -> None:
        self.choose(self.tops[at])

    def _return(self, kind: type[Page]) -> None:
        self.choose(kind)
        self.page.focus_first()

    def focus_first(self) -> None:
        """Focus the list of pages."""
        visible = self.list if self._side.isVisibleTo(self) else self.choice
        visible.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._beside != (self.width() >= theme.px(_MIN_LIST_WIDTH)):
            self._fit()

    def _fit(self) -> None:
        """In a narrow window a box above the page replaces the list."""
        for listing in (self.choice, self.list):
            listing.setIconSize(QSize(theme.px(_SIGN), theme.px(_SIGN)))
        self.list.doItemsLayout()
        self._side.setFixedWidth(theme.px(_LIST + 20))
        self._beside = has_list = self.width() >= theme.px(_MIN_LIST_WIDTH)
        for visible in (self._side, self._line):
            visible.setVisible(has_list)
        self._head.setVisible(not has_list)
        self.setFocusProxy(self.list if has_list else self.choice)


_Kind = TypeVar("_Kind", bound=Page)

#: Pages nested in the first one, with rarely changed settings.
_MORE: Final = (ShortcutsPage, SleepSettingsPage)


class SettingsPages(QObject):
    """Creates the pages and their container; `works` runs their actions."""

    #: A `Page` was created, but not shown yet.
    page_created = Signal(object)

    def __init__(self, context: "Context", works: "Preferences") -> None:
        super().__init__(works)
        shelf, actions = context.library, context.actions
        choices = context.settings
        makers: Mapping[type[Page], Callable[[], Page]] = {
            AppearancePage: lambda: AppearancePage(choices, works, _MORE, self.place.choose),
            ShortcutsPage: lambda: ShortcutsPage(choices, actions, works.rekey),
            SleepSettingsPage: SleepSettingsPage,
            ModelsPage: lambda: ModelsPage(shelf, works.works),
            LibraryPage: lambda: LibraryPage(shelf, actions),
            ConnectionsPage: lambda: ConnectionsPage(shelf),
            PrivacyPage: lambda: PrivacyPage(shelf, actions["stored"].trigger),
        }

        def make(kind: type[Page]) -> Page:
            page = makers[kind]()
            self.page_created.emit(page)
            return page

        #: Five pages in the list, the others nested.
        self.place = SettingsPlace(tuple(makers), dict.fromkeys(_MORE, AppearancePage), make)

    def of(self, kind: type[_Kind]) -> _Kind:
        """The page of a kind, created on first use."""
        page = self.place.of(kind)
        assert isinstance(page, kind)
        return page
