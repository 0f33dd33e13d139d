"""The page of how the window looks, its theme and size, and how it cites."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog

from workbench.recall import citation_styles
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
    style_chosen = Signal(str)

    def __init__(self, settings: Callable[[], Settings]) -> None:
        super().__init__("Appearance", "eye", "Appearance", "Applies to all windows.")
        self._settings = settings
        self.themes, self.sizes, self.styles = QComboBox(), QComboBox(), QComboBox()
        self.themes.setAccessibleName("Theme")
        self.sizes.setAccessibleName("Size of the text")
        self.styles.setAccessibleName("Citation style")
        self.styles.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContentsOnFirstShow)
        self.styles.setMinimumContentsLength(16)
        self.styles.addItem("Author, title and place", "")
        for style in citation_styles.styles():
            self.styles.addItem(style.title, style.name)
        self.styles.addItem("Another style…", None)
        self.styles.activated.connect(self._choose_style)
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
            Line(
                "quote", "Citation style",
                "How Copy with citation names a source. Any .csl file works.", "", "", self.styles,
            ),
        )  # fmt: skip
        self.body.addWidget(card(shown, name="Appearance"))
        theme.watch(self, self.look)

    def look(self) -> None:
        """Show what is chosen, also where the menu chose it."""
        chosen = self._settings()
        self.themes.setCurrentIndex(self.themes.findData(chosen.theme))
        self.sizes.setCurrentIndex(self.sizes.findData(round(chosen.zoom * 100)))
        style = chosen.citation_style
        if self.styles.findData(style) < 0:
            self.styles.insertItem(self.styles.count() - 1, Path(style).name, style)
        self.styles.setCurrentIndex(self.styles.findData(style))

    def _choose_style(self, at: int) -> None:
        style = self.styles.itemData(at)
        if style is None:
            style, _ = QFileDialog.getOpenFileName(self, "Citation style", "", "Styles (*.csl)")
        if style or at == 0:
            self.style_chosen.emit(style)
        self.look()
