"""The table of links: same links, filters and selection as the graph; sortable, exported as CSV."""

import csv
import io
from collections.abc import Sequence
from functools import partial
from operator import attrgetter

from PySide6.QtCore import QObject, QSize, Signal

from workbench.memory.graph.records import RECALLED_TOGETHER, Edge
from workbench.ui import theme
from workbench.ui.associations import lines
from workbench.ui.components import SMALL, STRONG, CellStyle, Column, TableModel, TableView, words
from workbench.ui.language import inside, tr
from workbench.ui.library.sifting import fold


def _line(text: str) -> str:
    return " ".join(words.short(text, 200).split())


def evidence_words(edge: Edge) -> str:
    """The numbers of passages and sources of a link."""
    if not edge.evidence:
        return tr("no passage")
    text = words.count(edge.evidence, "passage")
    if edge.sources > 1:
        text = f"{text}, {words.count(edge.sources, 'source')}"
    return tr("{told}, contradicted", told=text) if edge.contradicted else text


def _tagged(edge: Edge) -> CellStyle:
    draw = partial(lines.draw_line, tag=edge.tag)
    return CellStyle(edge.tag, "small", draw=draw, sign_size=22, sign_room=30)


def _weighed(edge: Edge) -> CellStyle:
    return CellStyle(font="small", bar=edge.strength, bar_ink=edge.tag, bar_width=54)


COLUMNS = (
    Column(
        "head", tr("From"), lambda e: _line(e.head_name), lambda e: fold(e.head_name),
        style=lambda _edge: STRONG,
    ),
    Column(
        "relation", tr("Relation"), lambda e: relation(e), lambda e: fold(relation(e)), 130,
        style=lambda _edge: SMALL,
    ),
    Column(
        "tail", tr("To"), lambda e: _line(e.tail_name), lambda e: fold(e.tail_name),
        style=lambda _edge: STRONG,
    ),
    Column(
        "tag", tr("How known"), lambda e: lines.WORDS[e.tag], lambda e: e.tag, 118, style=_tagged
    ),
    Column(
        "strength", tr("Strength"), lambda _edge: "", lambda e: e.strength, 84,
        style=_weighed,
    ),
    Column(
        "evidence", tr("Evidence"), evidence_words, lambda e: (e.evidence, e.sources), 176,
        style=lambda _edge: SMALL,
    ),
)  # fmt: skip
#: Columns hidden first when space is short; the accessible sentence still includes them.
_YIELD = ("evidence", "tag", "strength")


def relation(edge: Edge) -> str:
    """The relation of a link as words between its names."""
    if edge.relation == RECALLED_TOGETHER:
        return tr("is recalled together with")
    return tr("is named with") if edge.kind == "co_occurs" else _line(edge.relation)


def sentence(edge: Edge) -> str:
    """A link as one sentence, for screen readers."""
    link = f"{_line(edge.head_name)} {relation(edge)} {_line(edge.tail_name)}"
    return f"{link}: {inside(lines.WORDS[edge.tag])}, {evidence_words(edge)}"


def as_csv(edges: Sequence[Edge]) -> str:
    """Export links as CSV with a header, in the given order."""
    out = io.StringIO()
    sheet = csv.writer(out)
    names = ("From", "Relation", "To", "Tag", "Kind", "Strength", "Passages", "Sources")
    sheet.writerow((*names, "Contradicted"))
    for edge in edges:
        sheet.writerow(
            (
                *map(_plain, (edge.head_name, edge.relation, edge.tail_name)),
                *(edge.tag, edge.kind, f"{edge.strength:.4f}", edge.evidence, edge.sources),
                "yes" if edge.contradicted else "no",
            )
        )
    return out.getvalue()


def _plain(text: str) -> str:
    """Escape text that a spreadsheet would read as a formula."""
    line = " ".join(text.split())
    return f"'{line}" if line[:1] in ("=", "+", "-", "@") else line


class LinksView(TableView[Edge]):
    """The table of links; Enter or a double click opens a row."""

    #: The selected link, or None.
    chosen_changed = Signal(object)

    def __init__(
        self, parent: QObject, columns: Sequence[Column] = COLUMNS, name: str = ""
    ) -> None:
        rows: TableModel[Edge] = TableModel(columns, sentence, parent, key=attrgetter("id"))
        entire = columns is COLUMNS
        give_way = _YIELD if entire else ()
        super().__init__(
            rows, name or tr("Links"), hide_order=give_way, min_width=220, high=28, sortable=entire
        )
        self.horizontalHeader().sortIndicatorChanged.connect(self.sort_rows)
        self.selectionModel().selectionChanged.connect(
            lambda: self.chosen_changed.emit(self.chosen())
        )

    def choose(self, key: object) -> bool:
        """Select a link's row without emitting; return False for None or an unknown id."""
        self.reselect(key)
        result = self.currentIndex()
        if result.isValid():
            self.scrollTo(result)
        return result.isValid()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(28))
