"""Concept tables: names in Explore, and the neighbours of a concept."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from workbench.memory.graph.records import Concept, Neighbour
from workbench.ui import theme
from workbench.ui.components import SMALL, CellStyle, Column, chip, flow, words
from workbench.ui.concepts import kinds, signs
from workbench.ui.language import inside, tr
from workbench.ui.library.sifting import fold


def concept_chips(concepts: Sequence[Concept], choose: Callable[[int], object]) -> QWidget:
    """A flow of chips; `choose` gets the number of the clicked concept."""
    return flow(*[_chip(concept, choose) for concept in concepts], gap=6)


def type_chips(
    type_buttons: dict[str, QToolButton], parent: QWidget, pressed: Callable[[], object]
) -> dict[str, QToolButton]:
    """Exclusive chips of types, preceded by one for all."""
    chips = {"": chip(tr("All")), **type_buttons}
    chips[""].setChecked(True)
    group = QButtonGroup(parent)
    for press in chips.values():
        group.addButton(press)
    group.buttonClicked.connect(lambda _press: pressed())
    return chips


def selected_type(chips: Mapping[str, QToolButton]) -> str | None:
    """The type of the checked chip, None for all."""
    return next(type for type, press in chips.items() if press.isChecked()) or None


def _chip(concept: Concept, choose: Callable[[int], object]) -> QToolButton:
    name = words.short(" ".join(concept.name.split()), 40)
    created = chip(name.replace("&", "&&"), kinds.glyph(concept.type), checkable=False)
    created.setMaximumWidth(theme.px(160))
    description = f"{name}: {kinds.word(concept.type)}, {words.count(concept.mentions, 'mention')}"
    created.setToolTip(description)
    created.setAccessibleName(description)
    created.clicked.connect(partial(choose, concept.id))
    return created


Row = Concept | Neighbour


def _name(row: Row) -> str:
    return " ".join(words.short(row.name, 200).split())


def _latest(row: Concept) -> str:
    return words.day(row.last) if row.last is not None else ""


def _relation(row: Neighbour) -> str:
    return kinds.relation(row.kind, outgoing=row.outgoing)


def _name_style(row: Row) -> CellStyle:
    draw = partial(signs.draw_in, type=row.type)
    return CellStyle("text", strong=True, draw=draw, sign_size=16, sign_room=22)


def _column(
    key: str,
    title: str,
    text: Callable[[Any], str],
    order: Callable[[Any], Any],
    width: int,
    *,
    number: bool = False,
) -> Column:
    return Column(key, title, text, order, width, number, style=lambda _row: SMALL)


#: Columns of the names in Explore.
CONCEPT_COLUMNS = (
    Column("name", tr("Concept"), _name, lambda c: fold(c.name), style=_name_style),
    # Its header is hidden, so the column is as wide as its numbers.
    Column(
        "mentions", "", lambda c: words.number(c.mentions), lambda c: c.mentions, 48, number=True,
        style=lambda _row: SMALL, spoken=lambda c: words.count(c.mentions, "mention"),
    ),
)  # fmt: skip
#: Columns of a concept's neighbours.
JOINED = (
    Column("name", tr("Concept"), _name, lambda n: fold(n.name), style=_name_style),
    _column("how", tr("Relation"), _relation, _relation, 116),
    Column(
        "weight", tr("Weight"), lambda n: words.percent(n.weight), lambda n: n.weight, 58,
        style=lambda n: CellStyle(bar=n.weight, bar_width=0),
    ),
    _column(
        "evidence", tr("Times"), lambda n: words.number(n.evidence), lambda n: n.evidence, 52,
        number=True,
    ),
)  # fmt: skip


def sentence(row: Row) -> str:
    """Describe a row in a sentence, for screen readers."""
    if isinstance(row, Concept):
        heading = f"{_name(row)}, {inside(kinds.word(row.type))}"
        text = f"{heading}, {words.count(row.mentions, 'mention')}"
        return (
            tr("{said}, last on {last}", said=text, last=_latest(row))
            if row.last is not None
            else text
        )
    times = words.count(row.evidence, "memory says", "memories say")
    return tr(
        "{name}, {how}, weight {weight}, {times} so",
        name=_name(row),
        how=_relation(row),
        weight=words.percent(row.weight),
        times=times,
    )
