"""Settings in the window: their page, and the effects of changes."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QApplication, QToolBar, QToolButton, QWidget
from shiboken6 import isValid

from workbench.errors import WorkbenchError
from workbench.settings import Settings
from workbench.ui import theme
from workbench.ui.components import Action, delayed
from workbench.ui.language import tr
from workbench.ui.reader.tab import ReaderTab
from workbench.ui.reader.typesetting import Typesetting
from workbench.ui.settings.work import Work
from workbench.ui.window import keys
from workbench.ui.window.context import Context, Part
from workbench.ui.window.navigation import fit_presses, take_up
from workbench.ui.window.tabs import READER

if TYPE_CHECKING:
    from workbench.ui.settings.page import Page
    from workbench.ui.settings.pages import SettingsPages


class Appearance(Part):
    """Applies the appearance to all parts of the window, and saves it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        context.actions.bind(
            **{f"theme_{name}": partial(self.set_theme, name) for name in theme.NAMES},
            zoom_in=partial(self.zoom, 1), zoom_out=partial(self.zoom, -1),
            zoom_reset=partial(self.zoom, 0),
        )  # fmt: skip

    def set_theme(self, name: str) -> None:
        """Apply and save a theme (system, light, dark, contrast, or a plugin's)."""
        app = QApplication.instance()
        try:
            if isinstance(app, QApplication):
                theme.apply(app, name)
        except WorkbenchError as error:
            self._announce(str(error))
            return
        self._settings.change(theme=name)
        # A plugin's is not in the menu.
        if name in theme.NAMES:
            self._actions[f"theme_{name}"].setChecked(True)

    def follow(self, reader: ReaderTab) -> None:
        """Share typesetting and page colours with another Reader."""
        reader.typeset.connect(self._set_typesetting)
        reader.header.type_menu.colours.triggered.connect(self._store_colours)
        self.show()

    def _set_typesetting(self, typesetting: Typesetting) -> None:
        self._settings.change(
            text_size=typesetting.size, line_width=typesetting.width, face=typesetting.face
        )
        self.show()

    def _store_colours(self, original: bool) -> None:
        self._settings.change(original_colours=original)
        self.show()

    def show(self) -> None:
        """Apply typesetting and page colours to all Readers."""
        retained = self._settings.now
        selected = Typesetting(retained.text_size, retained.line_width, retained.face)
        for reader in self._navigate.readers:
            reader.set_look(selected, original=retained.original_colours)

    def zoom(self, steps: int) -> None:
        """Zoom the page in the Reader, else the whole window; 0 resets."""
        if self._navigate.at == READER and self._navigate.reading.source_id is not None:
            self._navigate.reading.zoom(steps)
            return
        self.set_zoom(self._settings.now.zoom + 0.1 * steps if steps else 1.0)

    def set_zoom(self, factor: float) -> None:
        """Apply and save the zoom of the window, 0.8 to 2."""
        factor = round(min(2.0, max(0.8, factor)), 1)
        self._settings.change(zoom=factor)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.zoom(app, factor)
        self._navigate.settle()

    def fit(self) -> None:
        """Scale icons with the text size, as Qt's are in pixels."""
        fit_presses(self._window)
        for press in self._views.status.findChildren(QToolButton):
            press.style().polish(press)
            press.setMinimumHeight(press.sizeHint().height())
        for bar in self._window.findChildren(QToolBar):
            bar.setIconSize(QSize(theme.px(20), theme.px(20)))
            for press in bar.findChildren(QToolButton):
                # A tool bar button keeps its old size until it is polished again.
                press.style().polish(press)
                press.updateGeometry()
        self._views.tabs.fit()
        self._views.collections.fit()
        self._views.docks.fit()


_WORKS = ("embedding", "speech", "pictures", "language", "brain")
#: Milliseconds after the lists are shown, before Settings, Lab and graph are imported.
_LOAD = 2000


class Preferences(Part):
    """Shows Settings in place of the tabs, at full width.

    Pages are created on first use, as all of them would take a third of start-up. The long jobs
    that they start outlive them, so those are created here.
    """

    #: A `Page` was created, but not shown yet.
    made = Signal(object)

    def __init__(self, context: Context, appearance: Appearance) -> None:
        super().__init__(context)
        self.look = appearance
        self._before: QWidget | None = None
        self._pages: SettingsPages | None = None
        jobs, tasks = context.jobs, context.views.activity.tasks
        #: Long jobs by kind of model, and of the simulation.
        self.works = {kind: Work(jobs, tasks, kind, self) for kind in _WORKS}
        for kind in ("embedding", "pictures"):
            context.library.switched.connect(self.works[kind].forget)
        context.actions.bind(settings=self.show, stored=self.show_privacy)
        self._first = delayed(self, self._go_on)
        # A worker imports the modules of Settings, Lab and graph, unless they are used earlier.
        self._soon = delayed(self, lambda: jobs.run(_load), _LOAD)
        context.library.listed.connect(self._soon.start)
        context.library.closing.connect(self._soon.stop)

    @property
    def pages(self) -> "SettingsPages":
        """The pages, imported on first use."""
        if self._pages is None:
            from workbench.ui.settings.pages import SettingsPages

            self._pages = SettingsPages(self._context, self)
            self._pages.page_created.connect(self._adopt_page)
            self._pages.closed.connect(self._back)
            self._navigate.take_in(self._pages)
        return self._pages

    def _adopt_page(self, page: "Page") -> None:
        take_up(page)
        self.made.emit(page)

    def restore_defaults(self) -> None:
        """Restore the default appearance, citation style and shortcuts, with Undo."""
        self._settings.change(answers=self._views.ask.way)
        previous = self._settings.now
        self._apply(Settings())
        undo = Action(tr("Undo"), partial(self._apply, previous))
        self._announce(tr("Settings are as they came"), undo)

    def _apply(self, settings: Settings) -> None:
        self._settings.change(text_size=settings.text_size, line_width=settings.line_width,
            face=settings.face, original_colours=settings.original_colours,
        )  # fmt: skip
        self.look.show()
        self.look.set_theme(settings.theme)
        self.look.set_zoom(settings.zoom)
        self._settings.change(citation_style=settings.citation_style)
        self._views.ask.set_mode(settings.answers)
        self.rekey(settings.shortcuts)
        self.pages.page.refresh()

    def rekey(self, choices: tuple[str, ...]) -> None:
        """Apply and save shortcuts."""
        self._settings.change(shortcuts=choices)
        keys.assign(self._actions, choices)

    @property
    def is_visible(self) -> bool:
        """Whether Settings are open."""
        return self._views.docks.aside

    def show_page(self, kind: "type[Page]") -> None:
        """Open a page of Settings."""
        self.show(self.pages.of(kind))

    def show_privacy(self) -> None:
        """Open the page of what is sent and stored."""
        from workbench.ui.settings.library import PrivacyPage

        self.show_page(PrivacyPage)

    def show_models(self, kind: str) -> None:
        """Open the list of a kind of model."""
        from workbench.ui.settings.models import ModelsPage

        page = self.pages.of(ModelsPage)
        self.show(page)
        page.open(kind)

    def show(self, page: "Page | None" = None) -> None:
        """Open Settings at a page, with its first control focused; by default at the last page."""
        place = self.pages
        if not self.is_visible:
            self._before = QApplication.focusWidget()
            self._navigate.show_settings(place)
        if page is not None:
            place.choose(type(page))
            page.focus_first()
        elif place.empty:
            # Show the list first, as the page takes as long again.
            self._first.start()
        else:
            self._go_on()

    def _go_on(self) -> None:
        """Show the last page and focus the list of pages."""
        place = self.pages
        if self.is_visible:
            place.choose(type(place.page))
            place.setFocus()

    def _back(self) -> None:
        """Close Settings and restore the focus."""
        self._navigate.leave_settings()
        previous = self._before
        if (
            previous is not None
            and isValid(previous)
            and previous.isVisible()
            and previous.isEnabled()
        ):
            previous.setFocus()
        else:
            self._navigate.show_tab(self._navigate.tab)


def _load() -> None:
    from workbench.ui.associations import canvas  # noqa: F401
    from workbench.ui.brain import tab  # noqa: F401
    from workbench.ui.settings import pages  # noqa: F401
