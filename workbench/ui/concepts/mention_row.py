"""One memory or sentence that says a thing: its words, where they are from, the way there."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from workbench.memory.graph.records import Mention, SaidAt
from workbench.ui.ask.quote import QuoteText
from workbench.ui.components import words
from workbench.ui.components.boxes import column, holder, row
from workbench.ui.components.controls import button
from workbench.ui.components.words import Elided, label
from workbench.ui.language import tr

_SHOWN = 600  # characters


def said_row(
    mention: Mention,
    place: SaidAt | None,
    *,
    read: Callable[[int, int, int], object],
    show: Callable[[int], object],
) -> QWidget:
    """`read(source, start, end)` opens what was read, `show(id)` what was told."""
    text = " ".join(words.short(mention.text, _SHOWN).split())
    if mention.source is None:
        go = button(tr("Show"), kind="quiet", call=lambda: show(mention.engram))
        go.setAccessibleName(tr("Show: {text}", text=words.short(text, 80)))
        told = tr("Added {at}", at=words.day(mention.at, year=True))
        where = f"{told} · {mention.collection}" if mention.collection else told
        line = row(Elided(where, "caption"), go, gap=8)
        return holder(column(label(text, wrap=True), line, gap=0))
    go = button(
        tr("Open page {page}", page=place.page) if place is not None and place.page else tr("Open")
    )
    go.setProperty("kind", "quiet")
    go.setAccessibleName(f"{go.text()}: {words.short(text, 80)}")
    if place is not None:
        go.clicked.connect(lambda: read(place.source, place.start, place.end))
    go.setEnabled(place is not None)
    line = row(Elided(mention.title or "", "caption"), go, gap=8)
    return holder(column(QuoteText(text, size="body"), line, gap=0))
