"""The General page: appearance and citation style, and links to shortcuts and sleep."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QFileDialog

from workbench.recall import citation_styles
from workbench.ui import language, theme
from workbench.ui.components import button, card, choice, column, quiet_button, row, words
from workbench.ui.language import tr
from workbench.ui.settings.page import Line, Page, Title, button_flow, lines, press
from workbench.ui.sleep.settings import RestSettings

if TYPE_CHECKING:
    from workbench.ui.window.navigation import Choices
    from workbench.ui.window.preferring import Preferences


class SleepSettingsPage(Page):
    """The settings of sleep, with buttons to preview it and to show fading memories."""

    title = Title(
        tr("Sleep and learning"),
        "sleep",
        tr(
            "Sleep strengthens what you used, merges duplicates and archives what has "
            "faded. It never deletes anything, and one Undo takes it all back."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.rest = RestSettings()
        self.body.addWidget(card(column(self.rest, margins=(16, 12, 16, 14)), name=tr("Sleep")))
        self.preview = button(tr("Preview sleep"), "eye")
        self.fading = quiet_button(tr("Show what fades"))
        self.body.addWidget(button_flow(self.preview, self.fading))

    def focus_first(self) -> None:
        """Focus the first check box."""
        if self.rest.isEnabled():
            self.rest.automatic.setFocus()
        else:
            super().focus_first()


_THEMES = (
    ("system", tr("Same as system")),
    ("light", tr("Light")),
    ("dark", tr("Dark")),
    ("contrast", tr("High contrast")),
)
#: Text sizes in percent.
_SIZES = (80, 90, 100, 110, 120, 130, 140, 150, 160, 170, 180, 190, 200)


class AppearancePage(Page):
    """Shows the current settings; `works` changes them, `choose` opens a nested page."""

    title = Title(tr("General"), "sliders", tr("Applies to all windows."))

    def __init__(
        self,
        settings: "Choices",
        works: "Preferences",
        nested: Sequence[type[Page]],
        choose: Callable[[type[Page]], object],
    ) -> None:
        super().__init__()
        self._settings, self._works, self._choose = settings, works, choose
        tongues = [(text, name) for name, text in language.LANGUAGES.items()]
        self.languages = choice(tr("Language"), [(tr("Same as system"), ""), *tongues])
        self.languages.activated.connect(
            lambda at: settings.change(language=self.languages.itemData(at))
        )
        styles = [(style.title, style.name) for style in citation_styles.styles()]
        ends = (tr("Author, title and place"), ""), (tr("Another style…"), None)
        self.styles = choice(tr("Citation style"), [ends[0], *styles, ends[1]])
        # Long style names must leave room for the line's text.
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.styles.setSizeAdjustPolicy(policy)
        self.styles.setMinimumContentsLength(20)
        self.styles.activated.connect(self._choose_style)
        self.themes = choice(tr("Theme"), [(text, name) for name, text in _THEMES])
        sizes = [(words.percent(share / 100), share) for share in _SIZES]
        self.sizes = choice(tr("Size of the text"), sizes)
        self.themes.activated.connect(lambda at: works.look.set_theme(self.themes.itemData(at)))
        self.sizes.activated.connect(lambda at: works.look.set_zoom(_SIZES[at] / 100))
        visible = lines(
            Line(
                "eye", tr("Theme"), tr("Follows the system until you choose another."), "", "",
                self.themes,
            ),
            Line(
                "web", tr("Language"), tr("Takes effect when you start Workbench again."), "", "",
                self.languages,
            ),
            Line(
                "sliders", tr("Size of the text"),
                tr("Applies everywhere. In the Reader, Ctrl+Plus enlarges only the page."),
                "", "", self.sizes,
            ),
            Line(
                "quote", tr("Citation style"),
                tr("How Copy with citation names a source. Any .csl file works."), "", "",
                self.styles,
            ),
        )  # fmt: skip
        self.body.addWidget(card(visible, name=tr("General")))
        self.body.addWidget(card(lines(*map(self._line, nested)), name=tr("More settings")))
        self.defaults = quiet_button(
            tr("Restore Defaults"),
            tip=tr("Theme, text, citation style and shortcuts as they came"),
            call=works.restore_defaults,
        )
        self.body.addLayout(row(self.defaults, None))
        theme.watch(self, self.refresh)

    def _line(self, page: type[Page]) -> Line:
        name, description = page.title.name, page.title.description
        change = press(tr("Change…"), name, partial(self._choose, page), quiet=True)
        return Line(page.title.glyph, name, description, "", "", change)

    def refresh(self) -> None:
        """Show the current settings, which the menu may have changed."""
        selected = self._settings.now
        self.themes.setCurrentIndex(self.themes.findData(selected.theme))
        self.sizes.setCurrentIndex(self.sizes.findData(round(selected.zoom * 100)))
        self.languages.setCurrentIndex(max(0, self.languages.findData(selected.language)))
        style = selected.citation_style
        if self.styles.findData(style) < 0:
            self.styles.insertItem(self.styles.count() - 1, Path(style).name, style)
        self.styles.setCurrentIndex(self.styles.findData(style))

    def _choose_style(self, at: int) -> None:
        style = self.styles.itemData(at)
        if style is None:
            style, _ = QFileDialog.getOpenFileName(
                self, tr("Citation style"), "", tr("Styles (*.csl)")
            )
        if style or at == 0:
            self._settings.change(citation_style=style)
        self.refresh()
