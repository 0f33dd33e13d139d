"""Concepts named beside a thing: each a chip that leads to all about it."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from workbench.memory.graph.records import Concept
from workbench.ui import theme
from workbench.ui.components import Flow, chip, holder, words
from workbench.ui.concepts import kinds
from workbench.ui.language import tr


def concept_chips(concepts: Sequence[Concept], choose: Callable[[int], object]) -> QWidget:
    """A flow of chips; `choose` gets the number of the concept that is pressed."""
    return holder(Flow([_chip(concept, choose) for concept in concepts]))


def type_chips(
    type_buttons: dict[str, QToolButton], parent: QWidget, pressed: Callable[[], object]
) -> dict[str, QToolButton]:
    """Chips of types, before them one for all, of which one is pressed at a time."""
    chips = {"": chip(tr("All"), checked=True), **type_buttons}
    group = QButtonGroup(parent)
    for press in chips.values():
        group.addButton(press)
    group.buttonClicked.connect(lambda _press: pressed())
    return chips


def selected_type(chips: Mapping[str, QToolButton]) -> str | None:
    """The type whose chip is pressed, None for all."""
    return next(type for type, press in chips.items() if press.isChecked()) or None


def _chip(concept: Concept, choose: Callable[[int], object]) -> QToolButton:
    name = words.short(" ".join(concept.name.split()), 40)
    created = chip(name.replace("&", "&&"), kinds.glyph(concept.type), checkable=False)
    created.setMaximumWidth(theme.px(220))
    description = f"{name}: {kinds.word(concept.type)}, {words.count(concept.mentions, 'mention')}"
    created.setToolTip(description)
    created.setAccessibleName(description)
    created.clicked.connect(lambda _on=False: choose(concept.id))
    return created
