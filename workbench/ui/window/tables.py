"""Opens the tables of questions and sources, which are made by the first who goes there."""

from typing import TYPE_CHECKING

from workbench.ui.memories.switch import THREADS
from workbench.ui.window.context import Context, Part
from workbench.ui.window.exporting import Exporting
from workbench.ui.window.tabs import ASK

if TYPE_CHECKING:
    from workbench.ui.tables.page import TablesPage


class TableActions(Part):
    """Goes to the tables, and asks the chosen sources in a new one."""

    def __init__(self, context: Context, exporting: Exporting) -> None:
        super().__init__(context)
        self._exporting = exporting
        self._page: TablesPage | None = None
        context.views.ask.switch.selected.connect(lambda _name: self.show())
        context.actions.bind(tables=self.show)
        navigate = context.navigate
        context.actions.bind(
            lambda: bool(navigate.chosen) and not navigate.in_trash,
            ask_table=self.create_from_selection,
        )

    @property
    def page(self) -> "TablesPage":
        """The view of the tables."""
        if self._page is None:
            from workbench.ui.tables.page import TablesPage

            self._page = TablesPage(self._context, self._exporting)
            self._page.switch.selected.connect(self._leave)
            self._navigate.take_in(self._page)
        return self._page

    def show(self) -> None:
        """Go to the table that was seen last, or to what says how one is made."""
        self._navigate.show_of_ask(self.page)
        self.page.setFocus()

    def create_from_selection(self) -> None:
        """Ask the sources that are chosen in the library in a new table."""
        rows = self._navigate.chosen
        self.show()
        self.page.begin([row.id for row in rows])

    def _leave(self, view: str) -> None:
        if view == THREADS:
            self._navigate.show_tab(ASK)
