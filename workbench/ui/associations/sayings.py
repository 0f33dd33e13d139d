"""Passages of a link on screen: the quote with its relation marked, its place, the way there."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from workbench.memory.graph.records import Edge, Path, PathStep, Saying
from workbench.recall.wording import chapter_number
from workbench.ui import theme
from workbench.ui.ask.quote import QuoteText
from workbench.ui.ask.wording import chapter_words
from workbench.ui.associations import lines
from workbench.ui.associations.loading import Spot
from workbench.ui.components import words
from workbench.ui.components.boxes import Flow, column, holder, row
from workbench.ui.components.controls import button
from workbench.ui.components.words import Elided, label
from workbench.ui.language import tr

#: Characters of a passage that are shown.
_SHOWN = 600
_NAME = 80


@dataclass(frozen=True, slots=True)
class Ways:
    """Where a saying leads: `read(source, start, end)` opens what was read, `show(id)` facts."""

    read: Callable[[int, int, int], object]
    show: Callable[[int], object]


def saying_row(saying: Saying, place: Spot | None, ways: Ways, of: Edge | None = None) -> QWidget:
    """One passage: its words, what it is worth, where it stands.

    Its relation is marked; where it says none, the names that it has in common with a link `of`.
    """
    text = saying.text[:_SHOWN]
    end = min(saying.end, len(text))
    marks = [(saying.start, end)] if saying.start < end else _named(text, of)
    quote = QuoteText(text, marks, "body")
    parts: list[QWidget] = [quote]
    doubts = doubt(saying)
    if doubts:
        parts.append(label(doubts, "warn", wrap=True))
    parts.append(
        holder(row(Elided(place_words(saying, place), "caption"), go(saying, place, ways)))
    )
    return holder(column(*parts, gap=1))


def _named(text: str, of: Edge | None) -> list[tuple[int, int]]:
    """Where the two names of a link stand first in a passage."""
    names = (of.head_name, of.tail_name) if of is not None else ()
    results = [(text.casefold().find(name.casefold()), len(name)) for name in names]
    return sorted((at, at + long) for at, long in results if at >= 0)


def doubt(saying: Saying) -> str:
    """What a passage holds back, "" where it states the link plainly."""
    if saying.negated:
        return tr("Says that it is not so")
    return tr("Says that it may be so") if saying.modal else ""


def place_words(saying: Saying, place: Spot | None) -> str:
    """Where a passage is from: "p. 12, The Trace", or when it was told."""
    if saying.source is None:
        told = tr("Added {at}", at=words.day(saying.at, year=True))
        return f"{told} · {saying.collection}" if saying.collection else told
    title = " ".join((saying.title or "").split())
    if place is not None and place.page:
        return f"p. {place.page}, {title}"
    return f"{chapter_words(place.chapter)}, {title}" if place and place.chapter else title


def go(saying: Saying, place: Spot | None, ways: Ways) -> QPushButton:
    """The button that opens a passage at its words; named by the place."""
    about = words.short(" ".join(saying.text.split()), 80)
    if saying.source is None:
        created = button(tr("Show"), kind="quiet", call=lambda: ways.show(saying.engram))
    else:
        created = button(_open_words(place), kind="quiet")
        if place is not None:
            created.clicked.connect(lambda: ways.read(place.source, place.start, place.end))
        created.setEnabled(place is not None)
    created.setAccessibleName(f"{created.text()}: {about}")
    return created


def _open_words(place: Spot | None) -> str:
    if place is not None and place.page:
        return tr("Open page {page}", page=place.page)
    numbered = chapter_number(place.chapter) if place is not None else None
    return tr("Open chapter {numbered}", numbered=numbered) if numbered else tr("Open")


def tag_line(edge: Edge, *more: QWidget) -> QWidget:
    """The tag of a link as line and word, in its ink."""
    told = label(lines.word(edge.tag), "small", tip=lines.MEANING[edge.tag])
    told.setProperty("tag", edge.tag)
    return holder(row(lines.Line(edge.tag), told, *more, None, gap=8))


def link_words(edge: Edge) -> QWidget:
    """A link in its three parts, the concepts stronger; it wraps."""
    head, tail = (label(_name(item), "strong") for item in (edge.head_name, edge.tail_name))
    said = label(_name(edge.relation), "muted")
    for item in (head, said, tail):
        item.setToolTip(item.text())
    created = holder(Flow([head, said, tail], gap=6))
    created.setAccessibleName(f"{head.text()} {said.text()} {tail.text()}")
    return created


def steps(path: Path, places: dict[int, Spot], ways: Ways, *, quotes: bool) -> list[QWidget]:
    """A path hop by hop, each with its tag and the passage that says it."""
    return [
        _step(number, step, places, ways, quotes=quotes)
        for number, step in enumerate(path.steps, 1)
    ]


def _step(
    number: int, step: PathStep, places: dict[int, Spot], ways: Ways, *, quotes: bool
) -> QWidget:
    saying = step.saying
    count = label(f"{number}", "caption")
    count.setMinimumWidth(theme.px(14))
    parts: list[QWidget] = [link_words(step.edge)]
    if saying is None:
        parts.append(tag_line(step.edge, Elided(lines.MEANING[step.edge.tag], "caption")))
    else:
        place = places.get(saying.engram)
        if quotes:
            text = saying.text[:_SHOWN]
            end = min(saying.end, len(text))
            parts.append(
                QuoteText(text, [(saying.start, end)] if saying.start < end else [], "body")
            )
        where = Elided(place_words(saying, place), "caption")
        foot = tag_line(step.edge, where, go(saying, place, ways))
        parts.append(foot)
    box = row(gap=8)
    box.addWidget(count, 0, Qt.AlignmentFlag.AlignTop)
    box.addLayout(column(*parts, gap=2), 1)
    return holder(box)


def _name(text: str) -> str:
    return " ".join(words.short(text, _NAME).split())
