"""Widgets for the passages of a link: quote, position, and the path that leads there."""

from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from workbench.memory.graph.records import Edge, Mention, Path, PathStep, Saying
from workbench.recall.wording import chapter_number
from workbench.ui.ask.quote import QuoteText
from workbench.ui.ask.wording import chapter_words
from workbench.ui.associations import lines
from workbench.ui.associations.loading import Spot
from workbench.ui.associations.table import relation
from workbench.ui.components import (
    Elided,
    Sign,
    column,
    holder,
    label,
    paragraph,
    quiet_button,
    row,
    words,
)
from workbench.ui.language import known, tr
from workbench.ui.shelf.wanted import Wanted

#: Characters of a passage to show.
_MAX_LENGTH = 600
_NAME = 80


def passage_row(
    passage: Mention | Saying, place: Spot | None, wanted: Wanted, of: Edge | None = None
) -> QWidget:
    """A passage with its caveats and its position.

    Its relation is highlighted; if it states none, the names of the link `of`.
    """
    text, marks, doubts = passage.text[:_MAX_LENGTH], [], ""
    if isinstance(passage, Saying):
        end, doubts = min(passage.end, len(text)), doubt(passage)
        marks = [(passage.start, end)] if passage.start < end else _name_spans(text, of)
    parts: list[QWidget] = [QuoteText(text, marks, "body")]
    if doubts:
        parts.append(paragraph(doubts, "warn"))
    parts.append(
        holder(
            row(Elided(place_words(passage, place), "caption"), open_button(passage, place, wanted))
        )
    )
    return holder(column(*parts, gap=1))


def _name_spans(text: str, of: Edge | None) -> list[tuple[int, int]]:
    """The first occurrences of the two names of a link in a passage."""
    names = (of.head_name, of.tail_name) if of is not None else ()
    results = [(text.casefold().find(name.casefold()), len(name)) for name in names]
    return sorted((at, at + long) for at, long in results if at >= 0)


def doubt(passage: Saying) -> str:
    """The caveat of a negated or modal passage, "" for a plain statement."""
    if passage.negated:
        return tr("Says that it is not so")
    return tr("Says that it may be so") if passage.modal else ""


def place_words(passage: Mention | Saying, place: Spot | None) -> str:
    """The origin of a passage: "p. 12, The Trace", or the date of a fact."""
    if passage.source is None:
        date = tr("Added {at}", at=words.day(passage.at, year=True))
        return f"{date} · {passage.collection}" if passage.collection else date
    title = " ".join((passage.title or "").split())
    if place is not None and place.page:
        return f"{known('p.')} {place.page}, {title}"
    chapter = chapter_words(place.chapter, title) if place else ""
    return f"{chapter}, {title}" if chapter else title


def open_button(passage: Mention | Saying, place: Spot | None, wanted: Wanted) -> QPushButton:
    """The button that opens a passage."""
    text = words.short(" ".join(passage.text.split()), 80)
    if passage.source is None:
        created = quiet_button(tr("Show"), call=partial(wanted.statement.emit, passage.engram))
    else:
        created = quiet_button(_open_words(place))
        if place is not None:
            read = partial(wanted.sentence.emit, place.source, place.start, place.end)
            created.clicked.connect(read)
        created.setEnabled(place is not None)
    created.setAccessibleName(f"{created.text()}: {text}")
    return created


def _open_words(place: Spot | None) -> str:
    if place is not None and place.page:
        return tr("Open page {page}", page=place.page)
    numbered = chapter_number(place.chapter) if place is not None else None
    return tr("Open chapter {numbered}", numbered=numbered) if numbered else tr("Open")


def tag_line(edge: Edge, *more: QWidget) -> QWidget:
    """The tag of a link as line style and label, in its colour."""
    tag = label(lines.WORDS[edge.tag], "small", tip=lines.MEANING[edge.tag])
    tag.setProperty("tag", edge.tag)
    return holder(row(Sign(lines.line_icon(edge.tag), size=24, high=14), tag, *more, None, gap=8))


def stops(path: Path, places: dict[int, Spot], wanted: Wanted) -> list[QWidget]:
    """The concepts of a path, and between them each link with its passage."""
    first, *names = path.trail
    created: list[QWidget] = [_stop(first)]
    for step, name in zip(path.steps, names, strict=True):
        created += [_step(step, places, wanted), _stop(name)]
    return created


def _stop(name: str) -> QWidget:
    return holder(row(label("●", "caption"), paragraph(_name(name), "head"), None, gap=8))


def _step(step: PathStep, places: dict[int, Spot], wanted: Wanted) -> QWidget:
    edge, passage = step.edge, step.saying
    link = f"{_name(edge.head_name)} {relation(edge)} {_name(edge.tail_name)}."
    parts: list[QWidget] = [paragraph(link, "")]
    if passage is None:
        parts.append(paragraph(lines.MEANING[edge.tag]))
    else:
        parts.append(passage_row(passage, places.get(passage.engram), wanted, edge))
    return holder(column(*parts, margins=(20, 0, 0, 4), gap=2))


def _name(text: str) -> str:
    return " ".join(words.short(text, _NAME).split())
