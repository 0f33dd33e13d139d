"""Settings in the window: where they stand, what leads there and back, what their pages do."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from workbench.ui.settings.appearance import AppearancePage
from workbench.ui.settings.brain import BrainPage
from workbench.ui.settings.language import LanguagePage
from workbench.ui.settings.library import LibraryPage
from workbench.ui.settings.meaning import MeaningPage
from workbench.ui.settings.page import Page
from workbench.ui.settings.pictures import PicturesPage
from workbench.ui.settings.place import SettingsPlace
from workbench.ui.settings.privacy import PrivacyPage
from workbench.ui.settings.reading import Reading
from workbench.ui.settings.sleep import SleepSettingsPage
from workbench.ui.settings.speech import SpeechPage
from workbench.ui.settings.work import Work
from workbench.ui.window.originals import link

if TYPE_CHECKING:
    from workbench.ui.window.main import MainWindow


class Preferences(QObject):
    """Shows Settings in the place of the tabs, with the whole width; both sides give way."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._before: QWidget | None = None
        self.shown = False
        shelf, jobs, actions = window.shelf, window.jobs, window.actions_by_name
        #: A model that reads the library.
        self.reading = Reading(shelf, jobs, window.activity.tasks, self)
        self.meaning = MeaningPage(shelf, jobs, self.reading)
        #: A language model that is being fetched.
        self.fetching = Work(jobs, window.activity.tasks, "language model", self)
        self.language = LanguagePage(shelf, jobs, self.fetching)
        #: A speech model that is being loaded.
        self.loading = Work(jobs, window.activity.tasks, "speech model", self)
        self.speech = SpeechPage(shelf, jobs, self.loading)
        #: Loops that are being compiled, or a step that is timed.
        self.compiling: Work = Work(jobs, window.activity.tasks, "brain", self)
        self.brain: BrainPage = BrainPage(
            shelf, jobs, self.compiling, lambda: window.settings.brain_scale
        )
        #: An image model that looks at pictures.
        self.looking = Work(jobs, window.activity.tasks, "image model", self)
        self.pictures = PicturesPage(shelf, jobs, self.looking)
        self.sleep = SleepSettingsPage()
        self.appearance = AppearancePage(lambda: window.settings)
        self.library = LibraryPage(shelf, jobs, actions)
        self.privacy = PrivacyPage(shelf, jobs, self._links)
        self.place = SettingsPlace(
            (
                self.meaning, self.language, self.speech, self.pictures, self.brain, self.sleep,
                self.appearance, self.library, self.privacy,
            )
        )  # fmt: skip
        self.place.setProperty("paper", "surface")
        self.place.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        window.pages.addWidget(self.place)
        self.place.closed.connect(self._back)
        self.appearance.theme_chosen.connect(window.set_theme)
        self.appearance.size_chosen.connect(window.set_zoom)
        self.privacy.stored_requested.connect(actions["stored"].trigger)
        window.tabs.gone_to.connect(self._gone)
        works = (self.reading, self.fetching, self.loading, self.looking, self.compiling)
        for work in works:
            window.closing.connect(work.stop)

    def show(self, page: Page | None = None) -> None:
        """Go to Settings: to a page, the focus on what it sets; else to the page of last time."""
        window = self._window
        if not self.shown:
            self._before = QApplication.focusWidget()
            self.shown = window.docks.aside = True
            window.tab_bar.hide()
            window.pages.setCurrentWidget(self.place)
            window.settle()
            window.refresh_actions()
        self.place.choose(page or self.place.page)
        if page is None:
            self.place.focus_first()
        else:
            page.focus_first()

    def leave(self) -> None:
        """Show the tabs again."""
        window = self._window
        if self.shown:
            self.shown = window.docks.aside = False
            window.tab_bar.show()
            window.pages.setCurrentIndex(window.tabs.currentIndex())
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

    def _links(self) -> list[int]:
        shelf = self._window.shelf
        return [row.id for row in (*shelf.sources, *shelf.trashed) if link(row) is not None]
