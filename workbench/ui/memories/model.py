"""The table model of facts and notes: pages load while scrolling, sorting and filtering are local.

While it stands newest first and unfiltered, only what was scrolled to is fetched. For another order
or a filter everything up to `rows.MOST` must be there; the page sees to that.
"""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QObject

from workbench.ui.components import words
from workbench.ui.components.tables import PLAIN, SMALL, Column, Look, TableModel
from workbench.ui.language import tr
from workbench.ui.library.sifting import fold
from workbench.ui.memories import kinds
from workbench.ui.memories import rows as reading
from workbench.ui.memories.rows import Memory

#: Characters of a fact that a row shows, and that it is sorted by: one may have ten million.
_SHOWN, _SORTED = 600, 200


def _text_look(row: Memory) -> Look:
    # Its word may have no room, so the sign says it, too. What is replaced is set back.
    sign = kinds.glyph(row.kind) if row.current else "undo"
    return Look("text" if row.current else "text2", strong=row.current, sign=sign, inset=4)


def _strength_look(row: Memory) -> Look:
    return SMALL if row.is_note else Look(font="small", bar=reading.share(row.strength))


def _state_look(row: Memory) -> Look:
    if not reading.state(row):
        return SMALL
    sign = "pause" if row.current else "undo"
    return Look(font="small", sign=sign, sign_ink="text3", sign_size=14, sign_room=21)


def _since_tip(row: Memory) -> str:
    return tr(
        "Since {since}, added {told}",
        since=words.day(row.since, year=True),
        told=words.day(row.told, year=True),
    )


def _strength_tip(row: Memory) -> str | None:
    if row.is_note:
        return None
    return tr("Strength {strength:.1f}: it grows with use and fades without", strength=row.strength)


def _state_tip(row: Memory) -> str | None:
    return reading.state(row) or None if row.current else tr("Replaced by a newer note")


def _column(
    key: str,
    title: str,
    text: Callable[[Memory], str],
    order: Callable[[Memory], Any],
    width: int = 0,
    look: Callable[[Memory], Look] = lambda _row: PLAIN,
    tip: Callable[[Memory], str | None] | None = None,
    extra: int = 18,
) -> Column:
    return Column(
        key, title, text, order, width, look=look, tip=tip or (lambda m: text(m) or None),
        extra=extra,
    )  # fmt: skip


COLUMNS = (
    _column(
        "text", tr("Statement"), lambda m: _line(m), lambda m: fold(m.text[:_SORTED]),
        look=_text_look, extra=56,
    ),
    _column("kind", tr("Kind"), lambda m: kinds.word(m.kind), lambda m: kinds.word(m.kind), 96),
    _column("scope", tr("Collection"), lambda m: m.collection or "", lambda m: _scope(m), 128),
    _column("by", tr("Said by"), lambda m: reading.teller(m.by), lambda m: _teller(m), 110),
    _column("since", tr("Since"), reading.since, lambda m: m.since, 100, tip=_since_tip),
    _column(
        "strength", tr("Strength"), reading.strength, lambda m: m.strength, 112, _strength_look,
        _strength_tip, 84,
    ),
    _column("state", tr("State"), reading.state, reading.state, 106, _state_look, _state_tip),
)  # fmt: skip
KEYS = tuple(column.key for column in COLUMNS)
#: The order in which things were told, the newest first: what stands where nothing is chosen.
AS_TOLD = -1


class MemoryTable(TableModel[Memory]):
    """Facts and notes as rows. `rows` are those shown, in the order shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, _sentence, parent, key=attrgetter("id"))
        self._filtered = False

    @property
    def in_order_of_coming(self) -> bool:
        """Whether rows stand newest first and unfiltered, so that a page at a time will do."""
        return not self._filtered and self.sorted_by == AS_TOLD

    def filter(self, text: str, group: str = "") -> None:
        """Show only rows that contain every word of `text`, and with `group` only those kinds."""
        wanted = fold(text).split()
        self._filtered = bool(wanted or group)
        self.sift(
            lambda rows: [
                row
                for row in rows
                if group in ("", kinds.group(row.kind)) and all(word in row.hay for word in wanted)
            ]
        )


def _sentence(row: Memory) -> str:
    kind = "" if row.kind == reading.FACT else f"{kinds.word(row.kind)}: "
    return f"{kind}{reading.sentence(row)}"


def _line(row: Memory) -> str:
    return " ".join(words.short(row.text, _SHOWN).split())


def _scope(row: Memory) -> str:
    return fold(row.collection or "")


def _teller(row: Memory) -> str:
    return fold(reading.teller(row.by))
