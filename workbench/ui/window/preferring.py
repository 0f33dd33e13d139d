"""Settings in the window: where they stand, what leads there and back, what their pages do."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from workbench.ui.settings.reading import Reading
from workbench.ui.settings.work import Work

if TYPE_CHECKING:
    from workbench.ui.settings.page import Page
    from workbench.ui.settings.pages import SettingsPages
    from workbench.ui.window.main import MainWindow


class Preferences(QObject):
    """Shows Settings in the place of the tabs, with the whole width; both sides give way.

    The pages are made when somebody goes there first: nine of them would be a third of what the
    window costs at its start. The long work that they begin outlives them on the screen, and is
    here from the beginning.
    """

    #: The pages are there, not yet shown.
    made = Signal()

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._before: QWidget | None = None
        self._pages: SettingsPages | None = None
        self.shown = False
        jobs, tasks = window.jobs, window.activity.tasks
        #: A model that reads the library.
        self.reading = Reading(window.shelf, jobs, tasks, self)
        #: A language model that is being fetched.
        self.fetching = Work(jobs, tasks, "language model", self)
        #: A speech model that is being loaded.
        self.loading = Work(jobs, tasks, "speech model", self)
        #: Loops that are being compiled, or a step that is timed.
        self.compiling = Work(jobs, tasks, "brain", self)
        #: An image model that looks at pictures.
        self.looking = Work(jobs, tasks, "image model", self)
        window.tabs.gone_to.connect(self._gone)
        works = (self.reading, self.fetching, self.loading, self.looking, self.compiling)
        for work in works:
            window.closing.connect(work.stop)

    @property
    def pages(self) -> "SettingsPages":
        """The pages, made now where nobody went there before."""
        if self._pages is None:
            self._pages = self._make()
            self.made.emit()
        return self._pages

    @property
    def are_made(self) -> bool:
        """Whether somebody went there before."""
        return self._pages is not None

    def _make(self) -> "SettingsPages":
        window = self._window
        from workbench.ui.settings.pages import made_for

        made = made_for(window, self)
        place = made.place
        place.setProperty("paper", "surface")
        place.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        window.take_in(place)
        place.closed.connect(self._back)
        made.appearance.theme_chosen.connect(window.set_theme)
        made.appearance.size_chosen.connect(window.set_zoom)
        made.appearance.style_chosen.connect(window.citing.choose)
        made.privacy.stored_requested.connect(window.actions_by_name["stored"].trigger)
        return made

    def show(self, page: "Page | None" = None) -> None:
        """Go to Settings: to a page, the focus on what it sets; else to the page of last time."""
        window, place = self._window, self.pages.place
        if not self.shown:
            self._before = QApplication.focusWidget()
            self.shown = window.docks.aside = True
            window.pages.setCurrentWidget(place)
            window.arrange()
            window.settle()
            window.refresh_actions()
        place.choose(page or place.page)
        if page is None:
            place.focus_first()
        else:
            page.focus_first()

    def leave(self) -> None:
        """Show the tabs again."""
        window = self._window
        if self.shown:
            self.shown = window.docks.aside = False
            window.pages.setCurrentIndex(window.tabs.currentIndex())
            window.arrange()
            window.settle()
            window.refresh_actions()

    def _gone(self, _tab: int) -> None:
        self.leave()

    def _back(self) -> None:
        """Back to where one was, the focus where it was."""
        self.leave()
        before = self._before
        if before is not None and isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._window.show_tab(self._window.tabs.currentIndex())
