"""The table of fading memories: columns, and the actions taken, whose rows stay in place."""

import time
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject

from workbench.memory.fading.records import Fading
from workbench.ui.components import PLAIN, SMALL, CellStyle, Column, TableModel, words
from workbench.ui.language import inside, tr
from workbench.ui.memories import kinds
from workbench.ui.today.fading import describe_due


class FadingModel(TableModel[Fading]):
    """Rows by strength, weakest first; the action taken is shown in its row."""

    def __init__(self, parent: QObject | None = None) -> None:
        #: The action taken, by engram id.
        self.done: dict[int, str] = {}
        columns = (
            Column("text", tr("Memory"), _line, style=self._text_style),
            Column(
                "strength", tr("Strength"), lambda f: words.percent(f.strength), width=128,
                style=lambda f: CellStyle(font="small", bar=f.strength, bar_width=56),
            ),
            _small("used", tr("Unused for"), lambda f: words.span(time.time() - f.used), 110),
            _small("fades", tr("Fades"), lambda f: self.done.get(f.engram) or describe_due(f), 110),
            _small("where", tr("From"), place, 150),
        )  # fmt: skip
        super().__init__(columns, self.sentence, parent)

    def show_rows(self, rows: Sequence[Fading], *, more: bool = False) -> None:
        """Replace the rows and clear the actions."""
        self.done.clear()
        super().show_rows(rows, more=more)

    def mark(self, engrams: Iterable[int], action: str) -> None:
        """Show an action in the rows of engrams; "" if it was undone."""
        self.done.update(dict.fromkeys(engrams, action))
        self.repaint_rows()

    def _text_style(self, row: Fading) -> CellStyle:
        return PLAIN if self.done.get(row.engram) else CellStyle("text")

    def sentence(self, row: Fading) -> str:
        """Describe a row in a sentence, for screen readers."""
        parts = [words.short(" ".join(row.text.split()), 300), inside(kinds.word(row.kind))]
        parts.append(tr("strength {strength}", strength=words.percent(row.strength)))
        parts.append(inside(self.done.get(row.engram, "")) or describe_due(row))
        return ", ".join(parts)


def place(row: Fading) -> str:
    """The origin of a memory: a source, a collection, or the user."""
    return row.title or row.collection or tr("You said")


def _line(row: Fading) -> str:
    return " ".join(words.short(row.text, 400).split())


def _small(key: str, title: str, text: Callable[[Fading], str], width: int) -> Column:
    return Column(key, title, text, width=width, style=lambda _row: SMALL)
