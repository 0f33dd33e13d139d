"""Concepts named beside a thing: each a chip that leads to all about it."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QToolButton, QWidget

from workbench.memory.graph.records import Concept
from workbench.ui import theme
from workbench.ui.components import words
from workbench.ui.components.boxes import Flow, holder
from workbench.ui.components.controls import chip
from workbench.ui.concepts import kinds


def concept_chips(concepts: Sequence[Concept], choose: Callable[[int], object]) -> QWidget:
    """A flow of chips; `choose` gets the number of the concept that is pressed."""
    return holder(Flow([_chip(each, choose) for each in concepts]))


def _chip(concept: Concept, choose: Callable[[int], object]) -> QToolButton:
    name = words.short(" ".join(concept.name.split()), 40)
    made = chip(name.replace("&", "&&"), kinds.glyph(concept.type), checkable=False)
    made.setMaximumWidth(theme.px(220))
    told = f"{name}: {kinds.word(concept.type)}, {words.count(concept.mentions, 'mention')}"
    made.setToolTip(told)
    made.setAccessibleName(told)
    made.clicked.connect(lambda _on=False: choose(concept.id))
    return made
