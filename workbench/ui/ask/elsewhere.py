"""Other places of a quote with the same words: how many, each to be opened."""

from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from workbench.recall.records import Evidence
from workbench.recall.wording import elsewhere_words
from workbench.ui import theme
from workbench.ui.ask.wording import other_places
from workbench.ui.components.boxes import row
from workbench.ui.components.controls import button
from workbench.ui.language import tr
from workbench.ui.wanted import Wanted

#: Letters of a place in the menu.
_LONGEST = 60


class OtherPlaces(QWidget):
    """“7 other places say the same”: a menu of the places, as many as were looked up."""

    def __init__(self, evidence: Evidence, wanted: Wanted) -> None:
        super().__init__()
        self._evidence, self._wanted = evidence, wanted
        self.button = button(f"{other_places(evidence)}…", kind="quiet", call=self._choose)
        self.button.setMinimumHeight(theme.px(22))
        self.button.setToolTip(tr("Opens one of these places"))
        self.button.setAccessibleName(
            tr("{other_places} as evidence {n}", other_places=other_places(evidence), n=evidence.n)
        )
        self.setLayout(row(self.button, None))

    def menu(self) -> QMenu:
        """The menu of places."""
        made = QMenu(self)
        for place in self._evidence.elsewhere:
            said = elsewhere_words(place)
            said = said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1].rstrip()}…"
            # An ampersand would mark a letter to press.
            read = partial(self._wanted.sentence.emit, place.source, place.start, place.end)
            made.addAction(said.replace("&", "&&"), read)
        left = self._evidence.places - len(self._evidence.elsewhere)
        if left > 0:
            more = tr("and {left:,} more", left=left).replace(",", "\u202f")
            made.addAction(more).setEnabled(False)
        return made

    def _choose(self) -> None:
        menu = self.menu()
        menu.exec(self.button.mapToGlobal(self.button.rect().bottomLeft()))
        menu.deleteLater()
