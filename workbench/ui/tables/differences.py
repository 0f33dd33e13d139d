"""The list of differences between sources: two sentences per row, to open, settle or dismiss."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt

from workbench.recall.records import Evidence, SourceDifference
from workbench.ui.components import (
    CellStyle,
    Column,
    EmptyState,
    TableModel,
    label,
    rule,
    words,
)
from workbench.ui.language import tr
from workbench.ui.library.list_page import Listing, ListPage
from workbench.ui.memories.switch import DIFFERENCES, OF_ASK, KindSwitch, SwitchBar
from workbench.ui.window.context import Context

#: Maximum differences that are listed.
_MOST = 200
_LISTING = Listing(tr("Differences"), "differences:read", sortable=False, high=56)


def _value(evidence: Evidence) -> str:
    return " … ".join(evidence.quote[start:end] for start, end in evidence.highlights) or "–"


def _columns(name: str, side: Callable[[SourceDifference], Evidence]) -> tuple[Column, Column]:
    """The columns of one side: value, and sentence with its source."""
    strong, serif = CellStyle("text", "section"), CellStyle("text", serif=True)
    return (
        Column(
            f"{name}:value", tr("Value"), lambda d: _value(side(d)), width=160,
            style=lambda _d: strong,
        ),
        Column(
            name, tr("Sentence"), lambda d: side(d).quote, style=lambda _d: serif,
            subtitle=lambda d: side(d).source.title,
        ),
    )  # fmt: skip


class DifferencesPage(ListPage[SourceDifference]):
    """Lists the open differences of the current collection."""

    def __init__(self, context: Context) -> None:
        first, second = _columns("first", lambda d: d.first), _columns("second", lambda d: d.second)
        model: TableModel[SourceDifference] = TableModel(
            (*first, *second),
            lambda d: (
                f"{d.first.source.title}: {d.first.quote} {d.second.source.title}: {d.second.quote}"
            ),
            key=lambda d: (d.first.engram, d.second.engram),
        )
        self.switch = KindSwitch(DIFFERENCES, OF_ASK)
        self.count = label("", "small")
        head = SwitchBar(self.switch, self.count, None)
        super().__init__(context.library, model, _LISTING, {}, head, rule())
        self.setFocusProxy(self.table)
        self._navigate = context.navigate
        key = Qt.Key
        self.add_actions(
            (tr("Open the first"), lambda d: self._open_at(d.first), (key.Key_Return,)),
            (tr("Open the second"), lambda d: self._open_at(d.second), (key.Key_Space,)),
            (tr("Settled"), partial(self._settle, "settled"), (key.Key_S,)),
            (tr("Not a difference"), partial(self._settle, "dismissed"), (key.Key_D,)),
        )
        context.library.sources_changed.connect(self.reload)
        self.set_scope(context.views.library.scope)
        context.views.collections.scope_changed.connect(self.set_scope)

    def _open_at(self, evidence: Evidence) -> None:
        place = evidence.locator
        self._navigate.read_at(evidence.source.id, place.start, place.end)

    def _settle(self, state: str, difference: SourceDifference) -> None:
        pair = difference.first.engram, difference.second.engram
        self._shelf.act(
            tr("Settle a difference"),
            lambda library: library.differences.settle(*pair, state=state),
            show=lambda _is_done: self.reload(),
        )

    def _read(self) -> None:
        collection = self._scope.collection
        if self._load(
            lambda library, cancel: library.differences.list(
                collection, limit=_MOST + 1, cancel=cancel
            ),
            self._show,
        ):
            self.count.setText(tr("Comparing…"))

    def _show(self, rows: list[SourceDifference]) -> None:
        self.model.show_rows(rows[:_MOST])
        count = words.count(len(self.model.rows), "difference")
        if len(rows) > _MOST:
            count = tr("The first {shown}", shown=count)
        hint = tr("{count} · Enter: open · S: settled · D: not a difference", count=count)
        self.count.setText(hint if rows else "")
        self.stack.setCurrentIndex(0)
        if not rows:
            text = tr(
                "Two sources that give another date or number for the same thing are listed here. "
                "Add another source on it, or ask about it."
            )
            self.stack.show_other(EmptyState("table", tr("No differences found"), text))
