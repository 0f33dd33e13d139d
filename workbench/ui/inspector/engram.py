"""The details of a statement or sentence in the Inspector: text, origin, strength."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from workbench.ui.ask.quote import QuoteText
from workbench.ui.components import (
    DetailPane,
    Sign,
    clear,
    column,
    headed,
    label,
    paragraph,
    row,
    show_details,
    words,
)
from workbench.ui.inspector.nearby import SeeAlso, Selection
from workbench.ui.language import tr
from workbench.ui.shelf.shelf import Shelf
from workbench.ui.strength.place import StrengthPlace, Strong

_MAX_CHARACTERS = 4000  # characters


@dataclass(frozen=True, slots=True)
class Engram:
    """A selected engram; `title` is that of its source, "" for a memory.

    `selected` are the engrams selected together with it.
    """

    id: int
    title: str = ""
    selected: tuple[int, ...] = ()


class EngramDetail(DetailPane):
    """Shows one `Engram`."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__(tr("Statement"))
        self._shelf = shelf
        self.engram: Engram | None = None
        self.place: StrengthPlace | None = None
        self.also: SeeAlso | None = None
        self._words = column(gap=4)

    def show_engram(self, engram: Engram) -> None:
        """Show another engram, or reload the current one."""
        if engram == self.engram and self.place is not None:
            self.place.reload()
            return
        self.engram = engram
        self._rebuild()

    def reload(self) -> None:
        """Reload the strength."""
        if self.place is not None:
            self.place.reload()

    def _rebuild(self) -> None:
        engram = self.engram
        if engram is None:
            return
        head = row(Sign("quote" if engram.title else "note", "accent", 20), gap=10)
        head.addWidget(label(tr("Sentence") if engram.title else tr("Memory"), "section"))
        head.addStretch(1)
        self._words = column(gap=4)
        self.place = StrengthPlace(self._shelf, engram.id, on_read=self._show_strength)
        parts: list[QWidget | int] = headed(tr("Strength"), self.place)
        previous, self.also = self.also, None
        if engram.title:
            selected = Selection((engram.id, *engram.selected))
            self.also = SeeAlso(self._shelf, selected, previous)
            parts += headed(tr("See also"), self.also)
        show_details(self._area, head, self._words, *parts)

    def _show_strength(self, strong: Strong) -> None:
        engram = self.engram
        if engram is None or strong.engram != engram.id:
            return
        clear(self._words)
        text = " ".join(words.short(strong.strength.text, _MAX_CHARACTERS).split())
        read = bool(engram.title)
        self._words.addWidget(QuoteText(text, size="body") if read else paragraph(text, ""))
        self._words.addWidget(paragraph(engram.title or tr("You said")))
