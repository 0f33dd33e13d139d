"""How the window looks as it was chosen: theme, zoom, and how books are set and pages coloured."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QToolBar, QToolButton, QWidget

from workbench.ui import theme
from workbench.ui.components.controls import fit_sign
from workbench.ui.reader.tab import ReaderTab
from workbench.ui.reader.typesetting import Typesetting
from workbench.ui.window.tabs import READER

if TYPE_CHECKING:
    from workbench.ui.window.main import MainWindow


def let_drops_through(within: QWidget) -> None:
    """What is dropped on a line of text is meant for the window: files, not their names."""
    for place in within.findChildren(QWidget):
        if place.metaObject().className() in ("QLineEdit", "QPlainTextEdit"):
            place.setAcceptDrops(False)


class Look:
    """Puts on what is chosen, in every part of the window, and notes it in the settings."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def set_theme(self, name: str) -> None:
        """Put on a theme (system, light, dark, contrast) and remember it."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, name)
        self._window.settings = replace(self._window.settings, theme=name)
        self._window.actions_by_name[f"theme_{name}"].setChecked(True)

    def follow(self, reader: ReaderTab) -> None:
        """Have a view set books, and colour pages, as was chosen last in either."""
        reader.typeset.connect(self._set_type)
        reader.header.type_menu.colours.triggered.connect(self._keep_colours)
        self.show()

    def _set_type(self, chosen: Typesetting) -> None:
        self._window.settings = replace(
            self._window.settings, text_size=chosen.size, line_width=chosen.width, face=chosen.face
        )
        self.show()

    def _keep_colours(self, original: bool) -> None:
        self._window.settings = replace(self._window.settings, original_colours=original)
        self.show()

    def show(self) -> None:
        """Set books and colour pages in every view as the settings say."""
        kept = self._window.settings
        chosen = Typesetting(kept.text_size, kept.line_width, kept.face)
        for reader in self._window.readers:
            reader.set_look(chosen, original=kept.original_colours)

    def zoom(self, steps: int) -> None:
        """Larger or smaller: the page in the Reader, else the whole window; 0 is actual size."""
        if self._window.at == READER and self._window.reading.source_id is not None:
            self._window.reading.zoom(steps)
            return
        self.set_zoom(self._window.settings.zoom + 0.1 * steps if steps else 1.0)

    def set_zoom(self, factor: float) -> None:
        """Scale all text of the window, 0.8 to 2, and remember it."""
        factor = round(min(2.0, max(0.8, factor)), 1)
        self._window.settings = replace(self._window.settings, zoom=factor)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.zoom(app, factor)
        self._window.settle()

    def fit(self) -> None:
        """Have signs the size of the text: Qt keeps theirs in pixels."""
        window = self._window
        self._fit_presses(window)
        for press in window.status.findChildren(QToolButton):
            press.style().polish(press)
            press.setMinimumHeight(press.sizeHint().height())
        for bar in window.findChildren(QToolBar):
            bar.setIconSize(QSize(theme.px(20), theme.px(20)))
            for press in bar.findChildren(QToolButton):
                # A button of a tool bar keeps its old size until it is polished again.
                press.style().polish(press)
                press.updateGeometry()
        window.tabs.fit()
        window.collections.fit()
        window.docks.fit()

    def _fit_presses(self, within: QWidget) -> None:
        for press in within.findChildren(QToolButton):
            inside_bar = isinstance(press.parentWidget(), QToolBar)
            if press.property("kind") is not None and not inside_bar:
                fit_sign(press)

    def take_up(self, late: QWidget) -> None:
        """Do for what is made late what was done for all at the start."""
        self._fit_presses(late)
        let_drops_through(late)
