"""The page of how the window looks: its theme, its contrast, the size of its text."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from workbench.settings import Settings
from workbench.ui import theme
from workbench.ui.components import words
from workbench.ui.components.boxes import card
from workbench.ui.settings.page import Line, Page, lines

_THEMES = (
    ("system", "Same as system"),
    ("light", "Light"),
    ("dark", "Dark"),
    ("contrast", "High contrast"),
)
#: Sizes of the text in percent.
_SIZES = (80, 90, 100, 110, 120, 130, 140, 150, 160, 170, 180, 190, 200)


class AppearancePage(Page):
    """Shows what is chosen; what is to be other goes out by signals."""

    theme_chosen = Signal(str)
    size_chosen = Signal(float)

    def __init__(self, settings: Callable[[], Settings]) -> None:
        super().__init__("Appearance", "eye", "Appearance", "Applies to all windows.")
        self._settings = settings
        self.themes, self.sizes = QComboBox(), QComboBox()
        self.themes.setAccessibleName("Theme")
        self.sizes.setAccessibleName("Size of the text")
        for name, text in _THEMES:
            self.themes.addItem(text, name)
        for share in _SIZES:
            self.sizes.addItem(words.percent(share / 100), share)
        self.themes.activated.connect(lambda at: self.theme_chosen.emit(self.themes.itemData(at)))
        self.sizes.activated.connect(lambda at: self.size_chosen.emit(_SIZES[at] / 100))
        shown = lines(
            Line(
                "eye", "Theme", "High contrast draws every edge in full ink.", "", "", self.themes
            ),
            Line(
                "sliders", "Size of the text",
                "Applies everywhere. In the Reader, Ctrl+Plus enlarges only the page.",
                "", "", self.sizes,
            ),
        )  # fmt: skip
        self.body.addWidget(card(shown, name="Appearance"))
        theme.watch(self, self.look)

    def look(self) -> None:
        """Show what is chosen, also where the menu chose it."""
        chosen = self._settings()
        self.themes.setCurrentIndex(self.themes.findData(chosen.theme))
        self.sizes.setCurrentIndex(self.sizes.findData(round(chosen.zoom * 100)))
