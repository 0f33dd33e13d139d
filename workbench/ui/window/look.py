"""How the window looks as it was chosen: theme, zoom, and how books are set and pages coloured."""

from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QToolBar, QToolButton

from workbench.ui import theme
from workbench.ui.reader.tab import ReaderTab
from workbench.ui.reader.typesetting import Typesetting
from workbench.ui.window.context import Context, Part
from workbench.ui.window.navigation import fit_presses
from workbench.ui.window.tabs import READER


class Look(Part):
    """Puts on what is chosen, in every part of the window, and notes it in the settings."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        context.actions.bind(
            **{f"theme_{name}": partial(self.set_theme, name) for name in theme.NAMES},
            zoom_in=partial(self.zoom, 1), zoom_out=partial(self.zoom, -1),
            zoom_reset=partial(self.zoom, 0),
        )  # fmt: skip

    def set_theme(self, name: str) -> None:
        """Put on a theme (system, light, dark, contrast) and remember it."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, name)
        self._settings.change(theme=name)
        self._actions[f"theme_{name}"].setChecked(True)

    def follow(self, reader: ReaderTab) -> None:
        """Have a view set books, and colour pages, as was chosen last in either."""
        reader.typeset.connect(self._set_type)
        reader.header.type_menu.colours.triggered.connect(self._keep_colours)
        self.show()

    def _set_type(self, chosen: Typesetting) -> None:
        self._settings.change(text_size=chosen.size, line_width=chosen.width, face=chosen.face)
        self.show()

    def _keep_colours(self, original: bool) -> None:
        self._settings.change(original_colours=original)
        self.show()

    def show(self) -> None:
        """Set books and colour pages in every view as the settings say."""
        kept = self._settings.now
        chosen = Typesetting(kept.text_size, kept.line_width, kept.face)
        for reader in self._navigate.readers:
            reader.set_look(chosen, original=kept.original_colours)

    def zoom(self, steps: int) -> None:
        """Larger or smaller: the page in the Reader, else the whole window; 0 is actual size."""
        if self._navigate.at == READER and self._navigate.reading.source_id is not None:
            self._navigate.reading.zoom(steps)
            return
        self.set_zoom(self._settings.now.zoom + 0.1 * steps if steps else 1.0)

    def set_zoom(self, factor: float) -> None:
        """Scale all text of the window, 0.8 to 2, and remember it."""
        factor = round(min(2.0, max(0.8, factor)), 1)
        self._settings.change(zoom=factor)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.zoom(app, factor)
        self._navigate.settle()

    def fit(self) -> None:
        """Have signs the size of the text: Qt keeps theirs in pixels."""
        fit_presses(self._window)
        for press in self._views.status.findChildren(QToolButton):
            press.style().polish(press)
            press.setMinimumHeight(press.sizeHint().height())
        for bar in self._window.findChildren(QToolBar):
            bar.setIconSize(QSize(theme.px(20), theme.px(20)))
            for press in bar.findChildren(QToolButton):
                # A button of a tool bar keeps its old size until it is polished again.
                press.style().polish(press)
                press.updateGeometry()
        self._views.tabs.fit()
        self._views.collections.fit()
        self._views.docks.fit()
