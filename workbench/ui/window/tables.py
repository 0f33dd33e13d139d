"""Opens the views of tables, differences and timeline, created on first use."""

from typing import TYPE_CHECKING

from workbench.ui.memories.switch import TABLES, THREADS, TIMELINE
from workbench.ui.window.context import Context, Part
from workbench.ui.window.exporting import Exporting
from workbench.ui.window.tabs import ASK

if TYPE_CHECKING:
    from workbench.ui.tables.differences import DifferencesPage
    from workbench.ui.tables.page import TablesPage
    from workbench.ui.tables.timeline import TimelinePage


class TableActions(Part):
    """Shows the tables, and creates one from the selected sources."""

    def __init__(self, context: Context, exporting: Exporting) -> None:
        super().__init__(context)
        self._exporting = exporting
        self._page: TablesPage | None = None
        self._differences: DifferencesPage | None = None
        self._timeline: TimelinePage | None = None
        context.views.ask.switch.selected.connect(self._show_view)
        context.actions.bind(tables=self.show)
        navigate = context.navigate
        context.actions.bind(
            lambda: bool(navigate.chosen) and not navigate.in_trash,
            ask_table=self.create_from_selection,
        )

    @property
    def page(self) -> "TablesPage":
        """The Tables page."""
        if self._page is None:
            from workbench.ui.tables.page import TablesPage

            self._page = TablesPage(self._context, self._exporting)
            self._page.switch.selected.connect(self._show_view)
            self._navigate.take_in(self._page)
        return self._page

    @property
    def differences(self) -> "DifferencesPage":
        """The list of differences between sources."""
        if self._differences is None:
            from workbench.ui.tables.differences import DifferencesPage

            self._differences = DifferencesPage(self._context)
            self._differences.set_scope(self._views.library.scope)
            self._differences.switch.selected.connect(self._show_view)
            self._navigate.take_in(self._differences)
        return self._differences

    @property
    def timeline(self) -> "TimelinePage":
        """The timeline of dated statements."""
        if self._timeline is None:
            from workbench.ui.tables.timeline import TimelinePage

            self._timeline = TimelinePage(self._context, self._exporting)
            self._timeline.set_scope(self._views.library.scope)
            self._timeline.switch.selected.connect(self._show_view)
            self._navigate.take_in(self._timeline)
        return self._timeline

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
