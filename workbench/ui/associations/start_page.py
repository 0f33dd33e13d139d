"""The start page of Explore, before a concept is chosen."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from workbench.memory.graph.records import Concept
from workbench.ui.components import words
from workbench.ui.components.controls import button, chip
from workbench.ui.components.notices import EmptyState
from workbench.ui.concepts import kinds
from workbench.ui.language import tr


def choose_one(likely: Sequence[Concept], choose: Callable[[int], object]) -> QWidget:
    """Offer the concepts that one may begin with; `choose` gets the number of one."""
    chips: list[QWidget] = []
    for each in likely:
        name = words.short(" ".join(each.name.split()), 40)
        made = chip(name.replace("&", "&&"), kinds.glyph(each.type), checkable=False)
        made.setAccessibleName(f"{name}: {words.count(each.mentions, 'mention')}")
        made.clicked.connect(partial(_pressed, choose, each.id))
        chips.append(made)
    why = tr("Type a name above, choose one at the left, or start with one of these.")
    return EmptyState("associations", tr("Choose a name"), why, *chips)


def nothing_yet(add: Callable[[], object]) -> QWidget:
    """There is no concept in the library: offer to add something."""
    press = button(tr("Add files…"), "add", "primary")
    press.clicked.connect(lambda: add())
    why = tr("Add a source and Workbench will pick out the people, places and ideas in it.")
    return EmptyState("associations", tr("No names yet"), why, press)


def _pressed(choose: Callable[[int], object], concept: int, _on: bool = False) -> None:
    choose(concept)
