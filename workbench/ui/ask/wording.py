"""Text for locations, numbers and references: on cards, in the Reader, on the clipboard.

No widgets, so that all parts of the window share the wording.
"""

import re
import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from workbench.recall import wording
from workbench.recall.records import Answer, Coverage, Evidence, Place
from workbench.recall.wording import chapter_number, reference, time_words
from workbench.ui.components import count, number, paragraph, short
from workbench.ui.language import known, tr, tr_n

#: Maximum length of a question above its answer.
_HEADING = 400
#: Passages below an abstention; the others are even less relevant.
_CLOSEST = 2
#: Words of a location from non-UI packages.
_OF_PLACES = re.compile(r"\b(?:p|ch)\.(?= )|(?<=% )of the (?:book|text)$")
_ICONS = {
    "epub": "book",
    "text": "book",
    "markdown": "paper",
    "html": "web",
    "web": "web",
    "pdf": "paper",
    "record": "note",
    "note": "note",
    "video": "video",
    "youtube": "video",
    "audio": "audio",
    "recording": "audio",
    "captions": "video",
    "image": "image",
}
_KINDS = {
    "epub": tr("Book"),
    "pdf": "PDF",
    "text": tr("Text"),
    "record": tr("Record"),
    "note": tr("Note"),
    "image": tr("Picture"),
    "recording": tr("Recording"),
    "captions": tr("Transcript"),
}


def place_words(place: Place, source: wording.Titled) -> str:
    """The location of a quote beside its source's title: "ch. 9, p. 141 (PDF 153)"."""
    return _localised(wording.place_words(place, source))


def page_words(place: Place, kind: str) -> str:
    """A page: "p. 141 (PDF 153)"."""
    return _localised(wording.page_words(place, kind))


def chapter_words(path: str | None, title: str = "") -> str:
    """A short chapter name beside the `title` of its source: "ch. 8 · Replay"."""
    return _localised(wording.chapter_words(path, title))


def other_places(evidence: Evidence) -> str:
    """The number of other places with the same statement."""
    return tr_n(
        evidence.places,
        "{places} other place says the same",
        "{places} other places say the same",
        places=evidence.places,
    )


def _localised(text: str) -> str:
    """Translate the words of a location."""
    return _OF_PLACES.sub(lambda found: known(found[0]), text)


def displayed_evidence(answer: Answer) -> Sequence[Evidence]:
    """The evidence to show: after an abstention only the closest passages."""
    return answer.evidence[:_CLOSEST] if answer.abstained else answer.evidence


def coverage_words(coverage: Coverage, quotes: int) -> tuple[str, str]:
    """The extent of a search: 5 quotes from 2 of 3 480 passages; 1 source."""
    searched = tr(
        "{some} of {passages}",
        some=number(coverage.passages),
        passages=count(coverage.of, "passage"),
    )
    return tr("{quotes} from {looked}", quotes=count(quotes, "quote"), looked=searched), count(
        coverage.sources, "source"
    )


def holds_words(text: str) -> bool:
    """Whether a text has a letter or digit of any script."""
    return any(letter.isalnum() for letter in text)


def kind_icon(kind: str) -> str:
    """The name of the icon for a kind of source."""
    return _ICONS.get(kind, "paper")


def kind_word(kind: str) -> str:
    """The name of a kind of source, for tool tips and screen readers."""
    return _KINDS.get(kind, known(kind.capitalize()) or tr("Source"))


def open_words(place: Place, kind: str = "") -> str:
    """The label of a card's Open button, which names the place in a source of this kind."""
    if place.page is not None:
        return tr("Open page {page_label}", page_label=place.page_label or place.page)
    if place.seconds is not None:
        return tr("Open at {time_words}", time_words=time_words(place.seconds))
    if kind == "mail":
        return tr("Open mail")
    if place.chapter:
        numbered = chapter_number(place.chapter)
        return tr("Open chapter {numbered}", numbered=numbered) if numbered else tr("Open chapter")
    return tr("Open source")


def reads_right_to_left(text: str) -> bool:
    """Whether the first character with a direction is right-to-left (Arabic, Hebrew)."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction == "L":
            return False
        if direction in {"R", "AL"}:
            return True
    return False


def quoted(evidence: Evidence, author: str = "") -> str:
    """A quote with its reference, for the clipboard."""
    return (
        f"{wording.quoted(evidence.quote)} ({reference(evidence.source, evidence.locator, author)})"
    )


def accessible_name(evidence: Evidence) -> str:
    """The accessible name of a card."""
    location = place_words(evidence.locator, evidence.source)
    words = [tr("Evidence {n}", n=evidence.n), evidence.source.title]
    if location:
        words.append(location)
    return ", ".join(words)


def heading_of(question: str) -> str:
    """The question as a heading, shortened if very long."""
    return short(question, _HEADING)


def title_of(line: str, shown: str, role: str) -> QLabel:
    """A line of a thread as a title, `shown` as this text, aligned as the line reads."""
    title = paragraph(shown, role, selectable=True)
    if reads_right_to_left(line):
        title.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    return title
