"""The table model of facts and notes: pages load while scrolling, sorting and filtering are local.

While it stands newest first and unfiltered, only what was scrolled to is fetched. For another order
or a filter everything up to `rows.MAX_ROWS` must be there; the page sees to that.
"""

from collections.abc import Callable
from functools import partial
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QObject

from workbench.ui.components import SMALL, CellStyle, Column, TableModel, cells, words
from workbench.ui.language import tr
from workbench.ui.library.sifting import fold
from workbench.ui.memories import kinds
from workbench.ui.memories import rows as reading
from workbench.ui.memories.rows import HIGHLIGHT, Memory

#: Characters of a fact that a row shows, and that it is sorted by: one may have ten million.
_MAX_SHOWN, _SORTED = 600, 200


def _text_style(row: Memory) -> CellStyle:
    if row.kind == HIGHLIGHT:
        draw = partial(cells.disc, colour=row.at.colour)
        ink = "text2" if row.words else "text"
        return CellStyle(ink, serif=True, draw=draw, sign_size=12, sign_room=32, inset=4)
    # Its word may have no room, so the sign says it, too. What is replaced is set back.
    sign = kinds.glyph(row.kind) if row.current else "undo"
    return CellStyle("text" if row.current else "text2", sign=sign, inset=2)


def _date_tip(row: Memory) -> str:
    return tr(
        "Since {since}, added {told}",
        since=words.day(row.valid_from, year=True),
        told=words.day(row.told, year=True),
    )


def _state_tip(row: Memory) -> str | None:
    return reading.state(row) or None if row.current else tr("Replaced by a newer note")


def _small(
    key: str,
    title: str,
    text: Callable[[Memory], str],
    width: int,
    order: Callable[[Memory], Any] | None = None,
    tip: Callable[[Memory], str | None] | None = None,
    subtitle: Callable[[Memory], str] | None = None,
) -> Column:
    return Column(
        *(key, title, text, order or (lambda row: fold(text(row))), width),
        style=lambda _row: SMALL, subtitle=subtitle,
        tip=tip or (lambda row: text(row) or None),
    )  # fmt: skip


def _line(row: Memory) -> str:
    text = f"“{row.at.quote}”" if row.kind == HIGHLIGHT else row.text
    return " ".join(words.short(text, _MAX_SHOWN).split())


def _subtitle(row: Memory) -> str:
    """The note of a highlight, under its quotation."""
    return " ".join(words.short(row.words, _MAX_SHOWN).split()) if row.kind == HIGHLIGHT else ""


def _source(row: Memory) -> str:
    return row.at.title or ", ".join(row.by)


def _tags(row: Memory) -> str:
    return ", ".join(row.tags)


def _source_tip(row: Memory) -> str | None:
    return f"{_source(row)}, {row.at.place}".strip(", ") or None


COLUMNS = (
    Column(
        "text", tr("Note"), _line, lambda row: row.hay[:_SORTED].lstrip("“"),
        style=_text_style, subtitle=_subtitle,
        tip=lambda row: words.short(row.text, _MAX_SHOWN), extra=56,
    ),
    _small("kind", tr("Kind"), kinds.of, 92),
    _small(
        "source", tr("Source"), _source, 168, lambda row: (fold(_source(row)), row.at.start),
        _source_tip, subtitle=lambda row: row.at.place,
    ),
    _small("tags", tr("Tags"), _tags, 128),
    _small("scope", tr("Collection"), lambda row: row.collection or "", 116),
    _small("date", tr("Date"), reading.valid_day, 92, lambda row: row.valid_from, _date_tip),
    _small("state", tr("State"), reading.state, 106, tip=_state_tip),
)  # fmt: skip
KEYS = tuple(column.key for column in COLUMNS)
#: The order in which things were told, the newest first: what stands where nothing is chosen.
BY_AGE = -1


class MemoryTable(TableModel[Memory]):
    """Facts and notes as rows. `rows` are those shown, in the order shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, _sentence, parent, key=attrgetter("id"))
        self._filtered = False

    @property
    def is_newest_first(self) -> bool:
        """Whether rows stand newest first and unfiltered, so that a page at a time will do."""
        return not self._filtered and self.sorted_by == BY_AGE

    def filter(
        self, text: str, group: str = "", colour: str = "", tag: str = "", source: str = ""
    ) -> None:
        """Show only rows that contain every word of `text`, and what else is named of these."""
        requested, tag = fold(text).split(), fold(tag)
        self._filtered = any((requested, group, colour, tag, source))
        self.sift(
            lambda rows: [
                row
                for row in rows
                if group in ("", kinds.group(row.kind))
                and colour in ("", row.at.colour)
                and source in ("", row.at.title)
                and (not tag or tag in map(fold, row.tags))
                and all(word in row.hay for word in requested)
            ]
        )


def _sentence(row: Memory) -> str:
    kind = "" if row.kind == reading.FACT else f"{kinds.of(row)}: "
    return f"{kind}{reading.sentence(row)}"
