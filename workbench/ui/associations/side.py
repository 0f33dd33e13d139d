"""Beside the picture of Explore: the links in sentences, and the passages of the chosen one."""

from functools import partial

from PySide6.QtWidgets import QWidget

from workbench.memory.graph.records import Edge
from workbench.ui import theme
from workbench.ui.associations.detail import EdgeDetail
from workbench.ui.associations.table import LinksView, evidence_words, relation
from workbench.ui.associations.walk import VisiblePart
from workbench.ui.components import (
    SMALL,
    CellStyle,
    Column,
    Elided,
    column,
    divided,
    fill,
    holder,
    label,
    row,
    words,
)
from workbench.ui.concepts import signs
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.window.library_actions import Shelf


class LinksSide(QWidget):
    """The list twin of the picture (`links`), above all about one link (`detail`)."""

    def __init__(self, shelf: Shelf, jobs: Jobs) -> None:
        super().__init__()
        self._centre = 0
        self._shown: VisiblePart | None = None
        self._types: dict[int, str] = {}
        columns = (
            Column("link", tr("Link"), self._other, style=self._signed, spoken=_accessible_text),
            Column(
                "evidence", tr("Passages"), _passages, lambda e: e.evidence, 44, number=True,
                style=lambda _edge: SMALL,
            ),
        )  # fmt: skip
        self.links = LinksView(self, columns, tr("Links in sentences"))
        self.links.horizontalHeader().hide()
        self.title = Elided("", "head")
        head = row(self.title, None, label(tr("passages"), "caption"), margins=(16, 8, 16, 0))
        listing = column(
            holder(head), holder(row(self.links, margins=(8, 0, 8, 0))), gap=4, wide=-1
        )
        self.list = holder(listing, "canvas")
        self.detail = EdgeDetail(shelf, jobs)
        self.detail.hide()
        splitter = divided(self.list, self.detail, down=True, wide=1)
        splitter.setSizes([theme.px(300), theme.px(440)])
        fill(self, column(splitter), "canvas")

    def show_links(self, concept: int, visible: VisiblePart) -> None:
        """List the links of a name, of those that are shown."""
        self._centre, self._shown = concept, visible
        self._types = {node.id: node.type for node in visible.nodes}
        name = next((node.name for node in visible.nodes if node.id == concept), "")
        links = [e for e in visible.edges if concept in (e.head, e.tail)]
        # The picture has those of the names around it, too, and the bar counts them all.
        self.title.setText(
            tr(
                "{links} of {name}",
                links=words.count(len(links), "link"),
                name=words.short(name, 60),
            )
        )
        # What is stated comes before what is only named together.
        self.links.show_rows(sorted(links, key=lambda e: e.kind == "co_occurs"))

    def show_edge(self, edge: Edge | None, collection: str | None) -> None:
        """Show the passages of a link, or of none."""
        if edge is not None and self._shown and self._centre not in (edge.head, edge.tail):
            self.show_links(edge.head, self._shown)
        self.links.choose(edge.id if edge is not None else None)
        self.detail.setVisible(edge is not None)
        if edge is not None:
            self.detail.show_edge(edge, collection)

    def _other(self, edge: Edge) -> str:
        """A link without the name that all of them have: the one that differs is what is read."""
        if edge.head == self._centre:
            other, text = edge.tail_name, f"{relation(edge)} {edge.tail_name}"
        else:
            other, text = edge.head_name, f"{edge.head_name} {relation(edge)}"
        if edge.kind == "co_occurs":
            text = tr("with {name}", name=other)
        return " ".join(words.short(text, 200).split())

    def _signed(self, edge: Edge) -> CellStyle:
        type = self._types.get(edge.tail if edge.head == self._centre else edge.head, "concept")
        draw = partial(signs.draw_in, type=type)
        return CellStyle("text", draw=draw, sign_size=16, sign_room=22)


def _passages(edge: Edge) -> str:
    return words.number(edge.evidence) if edge.evidence else ""


def _accessible_text(edge: Edge) -> str:
    link = f"{edge.head_name} {relation(edge)} {edge.tail_name}"
    return f"{' '.join(words.short(link, 200).split())}: {evidence_words(edge)}"
