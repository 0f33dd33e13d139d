"""Mentions over time as a small line, with the same numbers as a table for those who want them."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel

from workbench.ui.components import words
from workbench.ui.components.picture_or_table import PictureOrTable, table_of
from workbench.ui.components.words import label
from workbench.ui.concepts.loading import Part
from workbench.ui.language import tr


class MentionsOverTime(PictureOrTable):
    """The line, and a button that shows its numbers instead."""

    def __init__(self, parts: Sequence[Part]) -> None:
        from workbench.ui.plots.mentions import MentionsPlot

        line = MentionsPlot([part.mentions for part in parts], parts[0].name, parts[-1].name)
        line.say(said(parts))
        table = table_of(
            (label(part.name, "small"), _number(part)) for part in parts if part.mentions
        )
        super().__init__(line, table, said(parts), tr("As a line"))


def said(parts: Sequence[Part]) -> str:
    """The chart in a sentence."""
    most = max(parts, key=lambda part: part.mentions)
    whole = words.count(sum(part.mentions for part in parts), "mention")
    return tr(
        "{whole} from {name} to {name2}, most in {name3}: {mentions}",
        whole=whole,
        name=parts[0].name,
        name2=parts[-1].name,
        name3=most.name,
        mentions=most.mentions,
    )


def _number(part: Part) -> QLabel:
    return label(words.number(part.mentions), "small", name=f"{part.name}: {part.mentions}")
