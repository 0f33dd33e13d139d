"""Settings within the window: where they are shown, and what their pages do."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from workbench.settings import Settings
from workbench.ui.components.delay import delayed
from workbench.ui.components.toast import Action
from workbench.ui.language import tr
from workbench.ui.settings.work import Work
from workbench.ui.window import keys

if TYPE_CHECKING:
    from workbench.ui.settings.page import Page
    from workbench.ui.settings.pages import SettingsPages
    from workbench.ui.window.main import MainWindow


#: Milliseconds from the listing of the sources until Settings, Lab and the picture are loaded.
_LOAD = 2000


class Preferences(QObject):
    """Shows Settings in the place of the tabs, with the whole width; both sides give way.

    A page is made when somebody goes there first: all of them would be a third of what the window
    costs at its start. The long work that they begin outlives them on the screen, and is here from
    the beginning.
    """

    #: A `Page` was made, not yet shown.
    made = Signal(object)

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._before: QWidget | None = None
        self._pages: SettingsPages | None = None
        self.shown = False
        jobs, tasks = window.jobs, window.activity.tasks
        #: A model that reads the library.
        self.reading = Work(jobs, tasks, "embeddings", self)
        window.shelf.switched.connect(self.reading.forget)
        #: A language model that is being fetched.
        self.fetching = Work(jobs, tasks, tr("language model"), self)
        #: A speech model that is being loaded.
        self.loading = Work(jobs, tasks, tr("speech model"), self)
        #: Loops that are being compiled, or a step that is timed.
        self.compiling = Work(jobs, tasks, "brain", self)
        #: An image model that looks at pictures.
        self.looking = Work(jobs, tasks, tr("image model"), self)
        window.tabs.gone_to.connect(self._gone)
        self._first = delayed(self, self._go_on)
        # What pages, Lab and Explore's picture are made of a worker loads, unless one is faster.
        self._soon = delayed(self, lambda: jobs.run(_load), _LOAD)
        window.shelf.listed.connect(self._soon.start)
        window.closing.connect(self._soon.stop)
        works = (self.reading, self.fetching, self.loading, self.looking, self.compiling)
        for work in works:
            window.closing.connect(work.stop)

    @property
    def pages(self) -> "SettingsPages":
        """The pages, loaded now where nobody went there before."""
        if self._pages is None:
            from workbench.ui.settings.pages import SettingsPages

            window = self._window
            self._pages = SettingsPages(window, self)
            self._pages.made.connect(self._made)
            place = self._pages.place
            place.closed.connect(self._back)
            window.take_in(place)
        return self._pages

    def _made(self, page: "Page") -> None:
        """Do what a page wants done."""
        from workbench.ui.settings.appearance import AppearancePage
        from workbench.ui.settings.privacy import PrivacyPage
        from workbench.ui.settings.shortcuts import ShortcutsPage

        window = self._window
        window.look.take_up(page)
        if isinstance(page, AppearancePage):
            page.theme_chosen.connect(window.look.set_theme)
            page.size_chosen.connect(window.look.set_zoom)
            page.style_chosen.connect(window.citing.choose)
            page.defaults.clicked.connect(self._restore_defaults)
            page.language_chosen.connect(self._choose_language)
        elif isinstance(page, ShortcutsPage):
            page.chosen.connect(self._rekey)
        elif isinstance(page, PrivacyPage):
            page.stored.clicked.connect(window.actions_by_name["stored"].trigger)
        self.made.emit(page)

    def _restore_defaults(self) -> None:
        """Have the window look, cite and hear keys as it came; what was before can come back."""
        before = self._window.settings_now()
        self._put_on(Settings())
        undo = Action(tr("Undo"), partial(self._put_on, before))
        self._window.toasts.say(tr("Settings are as they came"), undo)

    def _put_on(self, chosen: Settings) -> None:
        window = self._window
        window.settings = replace(
            window.settings, text_size=chosen.text_size, line_width=chosen.line_width,
            face=chosen.face, original_colours=chosen.original_colours,
        )  # fmt: skip
        window.look.show()
        window.look.set_theme(chosen.theme)
        window.look.set_zoom(chosen.zoom)
        window.citing.choose(chosen.citation_style)
        window.ask_tab.set_way(chosen.answers)
        self._rekey(chosen.shortcuts)
        self.pages.place.page.look()

    def _choose_language(self, name: str) -> None:
        self._window.settings = replace(self._window.settings, language=name)

    def _rekey(self, choices: tuple[str, ...]) -> None:
        self._window.settings = replace(self._window.settings, shortcuts=choices)
        keys.put(self._window.actions_by_name, choices)

    def show(self, page: "Page | None" = None) -> None:
        """Go to Settings: to a page, the focus on what it sets; else to the page of last time."""
        window, place = self._window, self.pages.place
        if not self.shown:
            self._before = QApplication.focusWidget()
            self.shown = window.docks.aside = True
            window.pages.setCurrentWidget(place)
            window.page_beside.arrange()
            window.settle()
            window.refresh_actions()
        if page is not None:
            place.choose(type(page))
            page.focus_first()
        elif place.empty:
            # The list first: the page takes as long again, and has a turn of the loop of its own.
            self._first.start()
        else:
            self._go_on()

    def _go_on(self) -> None:
        """Show the page of last time, the focus on the list of pages."""
        place = self.pages.place
        if self.shown:
            place.choose(type(place.page))
            place.focus_first()

    def leave(self) -> None:
        """Show the tabs again."""
        window = self._window
        if self.shown:
            self.shown = window.docks.aside = False
            window.pages.setCurrentIndex(window.tabs.currentIndex())
            window.page_beside.arrange()
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


def _load() -> None:
    from workbench.ui.associations import canvas  # noqa: F401
    from workbench.ui.brain import tab  # noqa: F401
    from workbench.ui.settings import pages  # noqa: F401
