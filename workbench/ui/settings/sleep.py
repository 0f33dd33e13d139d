"""The page of sleep and learning: when the library sleeps, and whether asking strengthens."""

from workbench.ui.components import button, card, column
from workbench.ui.language import tr
from workbench.ui.settings.page import Page, Title, button_flow
from workbench.ui.sleep.settings import RestSettings


class SleepSettingsPage(Page):
    """Holds the switches of rest, with ways to what they do."""

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
        self.fading = button(tr("Show what fades"), kind="quiet")
        self.body.addWidget(button_flow(self.preview, self.fading))

    def focus_first(self) -> None:
        """Put the focus on the first switch."""
        if self.rest.isEnabled():
            self.rest.automatic.setFocus()
        else:
            super().focus_first()
