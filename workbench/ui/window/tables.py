"""Opens the views of tables, differences and timeline, created on first use."""

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from workbench.ui.memories.switch import TABLES, THREADS, TIMELINE
from workbench.ui.window.context import Context, Part
from workbench.ui.window.exporting import Exporting
from workbench.ui.window.tabs import ASK

if TYPE_CHECKING:
    from workbench.ui.tables.differences import DifferencesPage
    from workbench.ui.tables.page import TablesPage
    from workbench.ui.tables.timeline import TimelinePage

_Page = TypeVar("_Page", "TablesPage", "DifferencesPage", "TimelinePage")


class TableActions(Part):
    """Shows the tables, and creates one from the selected sources."""

    def __init__(self, context: Context, exporting: Exporting) -> None:
        super().__init__(context)
        self._exporting = exporting
        context.views.ask.switch.selected.connect(self._show_view)
        context.actions.bind(tables=self.show, ask_table=self.create_from_selection)

    @cached_property
    def page(self) -> "TablesPage":
        """The Tables page."""
        from workbench.ui.tables.page import TablesPage

        return self._take_in(TablesPage(self._context, self._exporting))

    @cached_property
    def differences(self) -> "DifferencesPage":
        """The list of differences between sources."""
        from workbench.ui.tables.differences import DifferencesPage

        return self._take_in(DifferencesPage(self._context))

    @cached_property
    def timeline(self) -> "TimelinePage":
        """The timeline of dated statements."""
        from workbench.ui.tables.timeline import TimelinePage

        return self._take_in(TimelinePage(self._context, self._exporting))

    def _take_in(self, page: "_Page") -> "_Page":
        page.switch.selected.connect(self._show_view)
        self._navigate.take_in(page)
        return page

    def show(self) -> None:
        """Show the last table, or the introduction."""
        self._navigate.show_of_ask(self.page)
        self.page.setFocus()

    def create_from_selection(self) -> None:
        """Create a table of the selected sources."""
        rows = self._navigate.chosen
        self.show()
        self.page.begin([row.id for row in rows])

    def _show_view(self, name: str) -> None:
        if name == THREADS:
            self._navigate.show_tab(ASK)
        elif name == TABLES:
            self.show()
        else:
            page = self.timeline if name == TIMELINE else self.differences
            self._navigate.show_of_ask(page)
            page.setFocus()
