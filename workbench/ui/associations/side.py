"""The side panel of Explore: the links as sentences, and the passages of the selected one."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workbench.memory.graph.records import RECALLED_TOGETHER, Edge
from workbench.ui import theme
from workbench.ui.associations import loading, sayings
from workbench.ui.associations.ego import VisiblePart
from workbench.ui.associations.loading import Evidence
from workbench.ui.associations.table import LinksView, evidence_words, relation, sentence
from workbench.ui.components import (
    SMALL,
    CellStyle,
    Column,
    DetailPane,
    Elided,
    ShareBar,
    button,
    column,
    divided,
    error_message,
    fill,
    flow,
    holder,
    label,
    paragraph,
    quiet_button,
    row,
    rule,
    show_details,
    words,
)
from workbench.ui.concepts import signs
from workbench.ui.language import tr
from workbench.ui.shelf.shelf import Shelf

_READING = "associations:told"
_LISTED_PASSAGES = 12  # passages


class EdgeDetail(DetailPane):
    """Shows one link; call `show_edge` first."""

    #: The number of the concept to show.
    concept_requested = Signal(int)
    #: The accepted link; the rejected one; a verdict was taken back, or given again.
    accepted = Signal(object)
    rejected = Signal(object)
    reopened = Signal()

    def __init__(self, shelf: Shelf) -> None:
        super().__init__(tr("Link"))
        self._shelf = shelf
        self._collection: str | None = None
        self.edge: Edge | None = None
        self.told: Evidence | None = None
        shelf.switched.connect(self.forget)

    def show_edge(self, edge: Edge, collection: str | None) -> None:
        """Show a link with its evidence in a collection, or in everything for None."""
        if (edge, collection) == (self.edge, self._collection) and self.told is not None:
            return
        same = self.edge is not None and self.edge.id == edge.id
        self.edge, self._collection = edge, collection
        if not same:
            self.told = None
            self._rebuild()
        self.reload()

    def forget(self) -> None:
        """Clear the link after the library was switched."""
        self.edge = self.told = None
        self._shelf.jobs.cancel(_READING)

    def reload(self) -> None:
        """Reload the evidence."""
        if self.edge is not None:
            self._shelf.ask(
                *(loading.evidence, self.edge, self._collection),
                done=self._loaded, key=_READING,
                failed=lambda error: show_details(self._area, error_message(error)),
            )  # fmt: skip

    def focus_first(self) -> None:
        """Focus the first control."""
        self._area.setFocus()
        self.focusNextChild()

    def _loaded(self, evidence: Evidence) -> None:
        if self.edge is not None and evidence.edge.id == self.edge.id:
            self.told = evidence
            self._rebuild()

    def _rebuild(self) -> None:
        if self.edge is None:
            return
        show_details(self._area, *self._body(self.edge, self.told), top=12)

    def _body(self, edge: Edge, evidence: Evidence | None) -> list[QWidget | int]:
        if evidence is not None:
            # Rows of evidence may exceed the count, as they include paraphrases.
            edge = replace(edge, evidence=max(edge.evidence, len(evidence.sayings)))
        ends = [quiet_button(words.short(n, 60)) for n in (edge.head_name, edge.tail_name)]
        for press, id in zip(ends, (edge.head, edge.tail), strict=True):
            press.setProperty("weight", "strong")
            press.setAccessibleName(tr("All about {text}", text=press.text()))
            press.clicked.connect(partial(self.concept_requested.emit, id))
        verb = label(words.short(relation(edge), 120), "muted")
        head = flow(ends[0], verb, ends[1], gap=6)
        head.setAccessibleName(sentence(edge))
        parts: list[QWidget | int] = [
            head,
            sayings.tag_line(edge, _strength(edge)),
            paragraph(_explanation(edge)),
            *self._actions(edge),
        ]
        parts += [6, rule(), 6]
        if evidence is None:
            parts.append(label(tr("Looking for the passages…"), "small"))
        elif evidence.sayings:
            parts += self._passages(edge, evidence)
        else:
            parts += self._origin(evidence)
        if edge.first is not None and edge.last is not None:
            parts += [
                6,
                rule(),
                6,
                label(tr("History"), "head"),
                paragraph(_history(edge)),
            ]
        return parts

    def _actions(self, edge: Edge) -> list[QWidget]:
        reject = button(
            tr("Reject"),
            "close",
            tip=tr("Hide this link for good (Undo brings it back)"),
            call=partial(self.reject, edge),
        )
        if edge.tag == "confirmed":
            back = button(tr("Take back"), "undo", call=partial(self._take_back, edge))
            return [flow(back, reject)]
        yes = button(
            tr("Accept"),
            "check",
            tip=tr("Say that this link is right"),
            call=partial(self.accept, edge),
        )
        return [flow(yes, reject)]

    def accept(self, edge: Edge) -> None:
        """Accept a link, with Undo."""
        shown = partial(self.accepted.emit, replace(edge, tag="confirmed"))
        self._judge(edge, True, tr("Accept"), tr("Accepted"), shown)

    def reject(self, edge: Edge) -> None:
        """Reject a link, with Undo."""
        self._judge(edge, False, tr("Reject"), tr("Rejected"), partial(self.rejected.emit, edge))

    def _judge(
        self, edge: Edge, verdict: bool, word: str, said: str, done: Callable[[], object]
    ) -> None:
        self._shelf.act(
            f"{word} {words.quoted(_link(edge))}",
            lambda library: library.graph.judge(edge.id, verdict),
            said=f"{said}: {_link(edge)}",
            done=lambda _result, _act: done(),
        )

    def _take_back(self, edge: Edge) -> None:
        self._shelf.act(
            tr("Take back “{link}”", link=_link(edge)),
            lambda library: library.graph.judge(edge.id, None),
            show=lambda _is_done: self.reopened.emit(),
        )

    def _passages(self, edge: Edge, evidence: Evidence) -> list[QWidget | int]:
        head = holder(
            row(label(tr("Passages"), "head"), None, label(evidence_words(edge), "caption"))
        )
        created: list[QWidget | int] = [head]
        for item in evidence.sayings[:_LISTED_PASSAGES]:
            place = evidence.places.get(item.engram)
            created += [sayings.passage_row(item, place, self._shelf.wanted, edge), 4]
        listed = min(_LISTED_PASSAGES, len(evidence.sayings))
        return [*created, *words.and_more(edge.evidence - listed)]

    def _origin(self, evidence: Evidence) -> list[QWidget | int]:
        if evidence.way is None:
            none = tr("No passage states this, and no other links connect the two.")
            return [label(tr("How it was found"), "head"), paragraph(none)]
        stops = sayings.stops(evidence.way, evidence.places, self._shelf.wanted)
        return [label(tr("How it was found"), "head"), *stops]


def _link(edge: Edge) -> str:
    return words.short(f"{edge.head_name} {relation(edge)} {edge.tail_name}", 80)


def _strength(edge: Edge) -> ShareBar:
    """The strength of a link as a bar in the colour of its tag."""
    created = ShareBar(edge.strength, 54, edge.tag)
    created.setToolTip(tr("How strong it is: {share}", share=words.percent(edge.strength)))
    created.setAccessibleName(created.toolTip())
    return created


def _explanation(edge: Edge) -> str:
    """Explain the tag and kind of a link."""
    if edge.contradicted:
        return tr("Passages disagree here; both are kept.")
    if edge.tag == "explicit":
        return tr("Stated in {evidence_words}.", evidence_words=evidence_words(edge))
    if edge.tag == "confirmed":
        return tr("Accepted by you; {evidence_words} of it.", evidence_words=evidence_words(edge))
    if edge.tag == "predicted":
        return tr("No passage states this. It often follows in the text.")
    if edge.relation == RECALLED_TOGETHER:
        return tr("Statements about the two are recalled together. No passage states this.")
    if edge.evidence:
        return tr(
            "Named together in {evidence_words}; nothing says how they are related.",
            evidence_words=evidence_words(edge),
        )
    return tr("No passage states this. Accept it or reject it.")


def _history(edge: Edge) -> str:
    first, last = (words.day(at, year=True) for at in (edge.first or 0.0, edge.last or 0.0))
    return (
        tr("Added {first}.", first=first)
        if first == last
        else tr("First mentioned {first}, last {last}.", first=first, last=last)
    )


class LinksSide(QWidget):
    """The list of links (`links`) and the detail of the selected one (`detail`)."""

    def __init__(self, shelf: Shelf) -> None:
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
        self.detail = EdgeDetail(shelf)
        self.detail.hide()
        splitter = divided(self.list, self.detail, down=True, wide=1)
        splitter.setSizes([theme.px(300), theme.px(440)])
        fill(self, column(splitter), "canvas")

    def show_links(self, concept: int, visible: VisiblePart) -> None:
        """List the visible links of a concept."""
        self._centre, self._shown = concept, visible
        self._types = {node.id: node.type for node in visible.nodes}
        name = next((node.name for node in visible.nodes if node.id == concept), "")
        links = [e for e in visible.edges if concept in (e.head, e.tail)]
        # The graph and its count also include the links between neighbours.
        self.title.setText(
            tr(
                "{links} of {name}",
                links=words.count(len(links), "link"),
                name=words.short(name, 60),
            )
        )
        # Stated links before co-mentions.
        self.links.show_rows(sorted(links, key=lambda e: e.kind == "co_occurs"))

    def show_edge(self, edge: Edge | None, collection: str | None) -> None:
        """Show the passages of a link; None hides them."""
        if edge is not None and self._shown and self._centre not in (edge.head, edge.tail):
            self.show_links(edge.head, self._shown)
        self.links.choose(edge.id if edge is not None else None)
        self.detail.setVisible(edge is not None)
        if edge is not None:
            self.detail.show_edge(edge, collection)

    def _other(self, edge: Edge) -> str:
        """Describe a link without the name that all rows share."""
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
