"""What narrows the list of notes beside words and kinds: a colour, a tag, a source."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from workbench.ui import theme
from workbench.ui.components import Flow, button, chip, drop_menu, short, ticked
from workbench.ui.language import known, tr
from workbench.ui.memories.rows import Memory
from workbench.ui.reader.annotating import Pen

#: Tags or sources in a menu, those of most notes.
_MAX_ENTRIES = 30


class NoteFilters(QWidget):
    """Pens, a menu of tags and one of sources; of each at most one is chosen."""

    changed = Signal()
    export_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Colour, tag and source"))
        self.colour = self.tag = self.source = ""
        self._rows: Sequence[Memory] = ()
        self.pens = [Pen(colour, at) for at, colour in enumerate(theme.PENS, 1)]
        for pen in self.pens:
            pen.setToolTip(tr("Only {colour}", colour=known(pen.colour)))
            pen.setAccessibleName(pen.toolTip())
            pen.clicked.connect(partial(self._press, pen))
        self.tags = self._menu("tag", "tag")
        self.sources = self._menu("source", "book")
        export = button(tr("Export…"), kind="quiet", call=self.export_requested)
        self.setLayout(Flow([*self.pens, self.tags, self.sources, export], (16, 8, 16, 0)))
        self._name()

    def offer(self, rows: Sequence[Memory]) -> None:
        """Offer what these rows have, and nothing where none of them has any of it."""
        self._rows = rows
        self.setVisible(any(row.at.colour or row.tags for row in rows) or self.filters)

    @property
    def filters(self) -> bool:
        """Whether anything is left out."""
        return any((self.colour, self.tag, self.source))

    @property
    def only_source(self) -> int | None:
        """The source that is chosen, None for all."""
        return next((row.at.source for row in self._rows if row.at.title == self.source), None)

    def clear(self) -> None:
        """Leave nothing out."""
        self.colour = self.tag = self.source = ""
        self._name()

    def _press(self, pen: Pen) -> None:
        self._choose("colour", pen.colour if pen.isChecked() else "")

    def _menu(self, field: str, glyph: str) -> QToolButton:
        press = chip("", glyph)
        menu = QMenu(press)
        menu.aboutToShow.connect(partial(self._fill, menu, field))
        drop_menu(press, menu)
        return press

    def _fill(self, menu: QMenu, field: str) -> None:
        menu.clear()
        names = (name for row in self._rows for name in _names(row, field))
        current = getattr(self, field)
        ticked(menu, tr("All"), partial(self._choose, field, ""), on=not current)
        for name, _count in Counter(names).most_common(_MAX_ENTRIES):
            ticked(menu, short(name, 60), partial(self._choose, field, name), on=name == current)

    def _choose(self, field: str, name: str, _on: bool = True) -> None:
        setattr(self, field, name)
        self._name()
        self.changed.emit()

    def _name(self) -> None:
        for pen in self.pens:
            pen.setChecked(pen.colour == self.colour)
        for press, name, all_text in (
            (self.tags, self.tag, tr("All tags")),
            (self.sources, self.source, tr("All sources")),
        ):
            press.setText(f" {short(name, 24) or all_text}")
            press.setChecked(bool(name))
            press.setAccessibleName(name or all_text)


def _names(row: Memory, field: str) -> Iterable[str]:
    return row.tags if field == "tag" else filter(None, (row.at.title,))
